"""Processes beside this one that read records: each holds nothing but a pipe, and ends when its other end is gone."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from catalog.errors import Broken
from catalog.harvest.parsing import Refused
from catalog.harvest.records import Record, read_record
from catalog.memory import rarely_collected

_PROGRAM = "import sys; from catalog.harvest.workers import work; work(int(sys.argv[1]))"
# What is read is handed over after so long, so that whoever waits for it sees progress.
_SECONDS = 1.0
_PATIENCE = 5.0

Read = Record | Refused


class WorkerLost(Broken):
    """A process that reads records has ended before its time."""


class Worker:
    """A process that reads records for this one."""

    def __init__(self) -> None:
        self._is_up = False
        self._connection, theirs = Pipe()
        with theirs:
            # A session of its own: what interrupts this process at a terminal is for this process to answer.
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def is_up(self) -> bool:
        """Whether it can be asked by now; WorkerLost when it never will be."""
        if not self._is_up and self._connection.poll():
            self._receive()
            self._is_up = True
        return self._is_up

    def ask(self, lines: Sequence[bytes], *, with_rows: bool) -> None:
        """Let it read `lines`, and where `with_rows`, settle what they say as rows; WorkerLost where it is gone."""
        try:
            self._connection.send_bytes(pickle.dumps((lines, with_rows), pickle.HIGHEST_PROTOCOL))
        except OSError:
            raise self._lost() from None

    def answers(self) -> Sequence[Read]:
        """What the next of the lines that were asked for say, at least one; WorkerLost where it is gone."""
        return pickle.loads(self._receive())

    def end(self) -> None:
        """End it, whatever it does; when this is over it is gone."""
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def _receive(self) -> bytes:
        try:
            return self._connection.recv_bytes()
        except (EOFError, OSError):
            raise self._lost() from None

    def _lost(self) -> WorkerLost:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE)
        status = self._process.returncode or 0
        how = f"was ended by {signal.Signals(-status).name}" if status < 0 else "ended"
        return WorkerLost(
            f"A process that reads the records {how} before its time. What was imported until then is kept; "
            "the next run of the same import completes it."
        )


def read(line: bytes, *, with_rows: bool = False) -> Read:
    """The record of a line, where `with_rows` settled as rows, or why it is refused."""
    try:
        record = read_record(line)
    except Refused as refused:
        return refused
    if with_rows:
        record.put.settled  # noqa: B018 - computed here, kept for the transaction
    return record


def work(handle: int) -> None:
    """Answer whoever holds the other end of the pipe at `handle`, until nobody does."""
    with rarely_collected(), Connection(handle) as connection, suppress(EOFError, OSError):
        connection.send_bytes(b"up")
        while True:
            lines, with_rows = pickle.loads(connection.recv_bytes())
            for answers in _read_in_parts(lines, with_rows):
                connection.send_bytes(pickle.dumps(answers, pickle.HIGHEST_PROTOCOL))


def _read_in_parts(lines: Sequence[bytes], with_rows: bool) -> Iterator[list[Read]]:
    answers: list[Read] = []
    begun = time.monotonic()
    for line in lines:
        answers.append(read(line, with_rows=with_rows))
        if time.monotonic() - begun > _SECONDS:
            yield answers
            answers, begun = [], time.monotonic()
    if answers:
        yield answers
