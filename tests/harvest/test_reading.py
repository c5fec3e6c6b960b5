"""Lines read into records: by this process while they are few, by others beside it when they are many."""

import gzip
import io
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from catalog.harvest.lines import Unreadable, opened
from catalog.harvest.parsing import Refused
from catalog.harvest.reading import CHUNK, Reading
from catalog.harvest.workers import Worker, WorkerLost
from tests.support.given import Given
from tests.support.importing import asset, record

MANY = 30
SMALL = 5


@pytest.fixture
def beside(monkeypatch) -> list[Worker]:
    """Has others read from the sixth line on, whatever the machine; these others."""
    started: list[Worker] = []

    class Told(Worker):
        def __init__(self) -> None:
            super().__init__()
            started.append(self)

        def is_up(self) -> bool:
            while not super().is_up():
                time.sleep(0.01)
            return True

    monkeypatch.setattr("catalog.harvest.reading.CHUNK", SMALL)
    monkeypatch.setattr("catalog.harvest.reading._number_of_workers", lambda: 2)
    monkeypatch.setattr("catalog.harvest.reading.Worker", Told)
    return started


def lines(number):
    return [
        json.dumps(
            record(f"set_{n}", metadata={"license": "Ask the mayor"}, versions=["1"], assets=[asset()] * 3)
        ).encode()
        if n % 7
        else b"[]"
        for n in range(number)
    ]


def told(line):
    """What a line says, as plain values."""
    if isinstance(line.read, Refused):
        return line.number, line.size, str(line.read), line.read.name
    return line.number, line.size, line.read.name, line.read.warnings, line.read.put.draft, line.read.put.settled


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_others_read_is_what_this_process_reads_and_comes_in_order(beside):
    with Reading(lines(MANY)) as reading:
        by_others = [told(line) for line in reading]
    assert len(beside) == 2
    with Reading(lines(MANY)[:SMALL]) as reading:
        alone = [told(line) for line in reading]
    assert len(beside) == 2
    assert [number for number, *_ in by_others] == list(range(1, MANY + 1))
    assert by_others[:SMALL] == alone
    parts = [lines(MANY)[at : at + SMALL] for at in range(0, MANY, SMALL)]
    assert [told(line)[1:] for part in parts for line in Reading(part)] == [one[1:] for one in by_others]


def test_others_settle_what_they_read_unless_they_are_told_not_to(beside):
    with Reading(lines(MANY)) as reading:
        records = [line for line in reading if not isinstance(line.read, Refused)]
    assert [line.number > 2 * SMALL for line in records] == [line.read.put.is_settled for line in records]
    with Reading(lines(MANY)) as reading:
        reading.is_ahead = False
        assert not any(line.read.put.is_settled for line in reading if not isinstance(line.read, Refused))


def test_a_small_file_is_read_without_others(monkeypatch):
    monkeypatch.setattr("catalog.harvest.reading.Worker", None)
    with Reading([b"[]"] * CHUNK) as reading:
        assert sum(1 for _ in reading) == CHUNK


def test_blank_lines_are_counted_and_passed_over(beside):
    with Reading([b"\n", *[b"[]", b" \r\n"] * MANY]) as reading:
        assert [line.number for line in reading] == list(range(2, 2 * MANY + 2, 2))


def test_what_stands_before_the_damage_of_a_file_is_read_first(beside, tmp_path):
    text = b"\n".join(lines(MANY))
    (tmp_path / "records.gz").write_bytes(gzip.compress(text)[:-4])
    read = []
    with (
        opened(tmp_path / "records.gz", io.BufferedReader(io.BytesIO())) as (some, _, _),
        Reading(some) as reading,
        pytest.raises(Unreadable),
    ):
        read += reading
    assert len(beside) == 2
    assert len(read) >= MANY - 1


def test_one_that_is_killed_ends_the_reading_and_says_so(beside):
    with Reading(lines(100)) as reading:
        next(line for line in reading if line.number == 3 * SMALL)
        os.kill(beside[0].pid, signal.SIGKILL)
        with pytest.raises(WorkerLost) as lost:
            list(reading)
    assert lost.value.message == (
        "A process that reads the records was ended by SIGKILL before its time. What was imported until then is kept; "
        "the next run of the same import completes it."
    )
    assert not any(is_there(one.pid) for one in beside)


def test_one_that_cannot_begin_ends_the_reading_and_says_so(beside, monkeypatch):
    monkeypatch.setattr("catalog.harvest.workers._PROGRAM", "raise SystemExit(1)")
    with Reading(lines(100)) as reading, pytest.raises(WorkerLost, match="records ended before its time"):
        list(reading)
    assert not any(is_there(one.pid) for one in beside)


def test_nobody_is_left_when_the_reading_is_left_early(beside):
    with Reading(lines(100)) as reading:
        next(line for line in reading if line.number == 3 * SMALL)
    assert len(beside) == 2
    assert not any(is_there(one.pid) for one in beside)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_import_that_is_ended_leaves_nobody_who_reads_for_it(store, number):
    Given(store.app).user("alice", is_admin=True)
    process = store.start("import", "-", stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    many = b"".join(line + b"\n" for line in lines(3 * CHUNK))
    process.stdin.write(many)
    process.stdin.flush()
    readers = started_by(process.pid)
    process.send_signal(number)
    process.communicate()
    until = time.monotonic() + 20
    while any(map(is_there, readers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_there, readers))


def started_by(pid):
    """The processes that this one has started, when there are any."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if found := Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            return [int(one) for one in found]
        time.sleep(0.05)
    raise AssertionError("nobody was started")
