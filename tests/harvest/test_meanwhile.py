"""While an import runs: others write, other imports run, and it may be killed."""

import json
import random
import signal
import sqlite3
import threading
import time
from contextlib import closing
from itertools import count
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from catalog.access import OPERATOR
from catalog.changes import accounts
from catalog.changes.puts import Placing
from catalog.changes.putting import put_many
from catalog.db import db
from catalog.harvest.records import read_record
from catalog.model import Asset, Change, Dataset, Field, SourceRecord, Tag, Version
from tests.support.given import Given
from tests.support.groups import ON_SQLITE
from tests.support.importing import Importing, asset, record
from tests.support.profiles import is_long

FIELDS = [{"name": "height"}, {"name": "width"}]
KILLS = 4 if is_long() else 1
# What there is of each of these records in the store.
INSIDE = {Version: 1, Asset: 3, Field: 6, Tag: 2, SourceRecord: 1, Change: 1}


def records(number):
    return [
        record(
            f"set_{n}",
            metadata={"title": f"Set {n}", "tags": ["one", "two"]},
            versions=["2024"],
            assets=[asset("CSV", f"https://example.org/{n}/{m}.csv", fields=FIELDS) for m in range(3)],
        )
        for n in range(number)
    ]


@pytest.fixture
def alice(store):
    return Given(store.app).user("alice", is_admin=True)


@pytest.fixture
def file(tmp_path):
    def write(number):
        path = tmp_path / "records.jsonl"
        path.write_text("".join(f"{json.dumps(one)}\n" for one in records(number)))
        return str(path)

    return write


def enrol_until(is_over, app):
    """Enrol people, one after the other; how long the longest of them took."""
    longest, n = 0.0, 0
    while not is_over():
        begun = time.monotonic()
        with app.app_context():
            accounts.enrol(OPERATOR, f"person-{n}")
        longest = max(longest, time.monotonic() - begun)
        n += 1
        time.sleep(0.01)
    return longest


def verbs_in_order(app):
    """The verbs of the journal, repeated ones once."""
    with app.app_context():
        verbs = db.session.scalars(select(Change.verb).order_by(Change.seq)).all()
    return [verb for n, verb in enumerate(verbs) if n == 0 or verbs[n - 1] != verb]


def test_another_process_writes_meanwhile(store, alice, file):
    process = store.start("import", file(1_200))
    longest = enrol_until(lambda: process.poll() is not None, store.app)
    assert process.returncode == 0
    assert verbs_in_order(store.app).count("register") >= 2
    assert longest < 8


def test_whoever_waits_gets_in_between_two_transactions_of_one_batch(store, alice, monkeypatch):
    monkeypatch.setattr("catalog.changes.putting._TOGETHER", 100)
    monkeypatch.setattr("catalog.changes.putting._SECONDS", 0.001)
    run = threading.Thread(target=Importing(store.app, alice), args=records(600))
    run.start()
    enrol_until(lambda: not run.is_alive(), store.app)
    run.join()
    assert verbs_in_order(store.app).count("register") >= 3


@ON_SQLITE
def test_at_the_end_nothing_is_left_to_be_written_back(store, alice):
    file = store.folder / "catalog.db"
    with closing(sqlite3.connect(file)) as reader:  # whoever closes the last connection writes everything back
        reader.execute("SELECT count(*) FROM dataset").fetchall()
        before = file.stat().st_size
        Importing(store.app, alice)(*records(100))
        assert file.stat().st_size > before


def test_a_transaction_ends_before_it_has_lasted_long(app, given, monkeypatch):
    moments = count(step=0.4)
    monkeypatch.setattr("catalog.changes.putting._TOGETHER", 100)
    monkeypatch.setattr("catalog.changes.putting.time", SimpleNamespace(monotonic=lambda: next(moments)))
    puts = [read_record(json.dumps(one).encode()).put for one in records(500)]
    placing = Placing(owner_id=given.user("alice").id)
    with app.app_context():
        assert [len(put_many(OPERATOR, puts, placing)) for _ in range(2)] == [200, 200]


def test_two_imports_of_one_file_make_everything_once(store, alice, file):
    path = file(600)
    processes = [store.start("import", path, stdout=-1) for _ in range(2)]
    lines = [process.communicate()[0].decode().splitlines()[-1] for process in processes]
    counts = [[int(part.split()[1]) for part in line.split(", ")] for line in lines]
    assert [sum(kind) for kind in zip(*counts, strict=True)] == [600, 0, 600, 0]
    assert halves(store.app) == {}
    with store.app.app_context():
        assert db.session.scalar(select(func.count(Dataset.id))) == 600


@pytest.mark.long
def test_an_import_that_was_killed_leaves_nothing_half_and_is_completed_by_the_next(store, alice, file):
    path = file(800)
    draw = random.Random()
    for _ in range(KILLS):
        process = store.start("import", path, stdout=-1, stderr=-1)
        time.sleep(draw.uniform(1, 3))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert halves(store.app) == {}
    done = store.run("import", path)
    assert (done.returncode, done.stderr) == (0, b"")
    created, updated, unchanged, refused = (int(part.split()[1]) for part in done.stdout.decode().split(", "))
    assert (created + unchanged, updated, refused) == (800, 0, 0)
    assert halves(store.app) == {}
    assert store.run("import", path).stdout == b"created 0, updated 0, unchanged 800, refused 0\n"


def halves(app):
    """How much there is inside of datasets of which there is not all: {kind: (present, expected)}."""
    with app.app_context():
        datasets = db.session.scalar(select(func.count(Dataset.id)))
        present = {kind: db.session.scalar(select(func.count()).select_from(kind)) for kind in INSIDE}
        present[Change] = db.session.scalar(select(func.count()).where(Change.verb == "register"))
        orphans = db.session.scalar(
            select(func.count(Dataset.id)).where(~select(Asset.id).where(Asset.dataset_id == Dataset.id).exists())
        )
        db.session.rollback()
    odd = {
        kind.__name__: (number, datasets * INSIDE[kind])
        for kind, number in present.items()
        if number != datasets * INSIDE[kind]
    }
    return odd | ({"datasets without assets": orphans} if orphans else {})
