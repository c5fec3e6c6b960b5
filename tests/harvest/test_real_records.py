"""The real catalogue: 13,636 records of 22 sources, with all the dirt that they came with."""

import gzip
import json
import re
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from catalog.db import db
from catalog.model import Asset, Dataset, Organization
from catalog.vocabulary.text import fold, tidy
from tests.support.given import Given
from tests.support.groups import SHARED
from tests.support.profiles import is_long

pytestmark = pytest.mark.real_records

FILE = SHARED / "data" / "catalogue.jsonl.gz"
RECORDS, ASSETS = 13_636, 43_003
MEMORY = 600_000_000


def import_(store, file, *more):
    """The last line of an import, its exit status, and the memory that it took at most.

    The memory is asked of the process while it runs: what is told at its end counts the process that began it too.
    """
    process = store.start("import", str(file), "--orgs-from-records", *more, stdout=-1, stderr=-3)
    memory = 0
    with process.stdout:
        while process.poll() is None:
            memory = highest(process.pid) or memory
            time.sleep(0.05)
        line = process.stdout.read().decode().splitlines()[-1]
    return line, process.returncode, memory


def highest(process):
    """The most memory that a process has had until now, in bytes; 0 once it is gone."""
    kept = re.search(r"^VmHWM:\s+(\d+) kB$", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    return int(kept[1]) * 1024 if kept else 0


def counts(line):
    return {word: int(number) for word, number in (part.rsplit(" ", 1) for part in line.split(", "))}


@pytest.mark.long
def test_the_catalogue_is_imported_and_a_second_run_changes_nothing(store, tmp_path):
    Given(store.app).user("alice", is_admin=True)
    records, file = chosen(tmp_path, step=step_of(store))
    line, status, memory = import_(store, file, "--visibility", "public")
    first = counts(line)
    assert (status, first | {"warnings": 0}) == (
        0,
        {"created": len(records), "updated": 0, "unchanged": 0, "refused": 0, "warnings": 0},
    )
    assert memory < MEMORY
    titles = {record["organization"] for record in records} - {None}
    with store.app.app_context():
        assert db.session.scalar(select(func.count(Dataset.id))) == len(records)
        assert db.session.scalar(select(func.count(Asset.id))) == sum(len(record["assets"]) for record in records)
        assert db.session.scalar(select(func.count(Organization.id))) == len(
            {fold(tidy(title)) for title in titles if tidy(title)}
        )
    line, status, _ = import_(store, file)
    assert (status, counts(line)) == (0, first | {"created": 0, "unchanged": len(records)})


def step_of(store):
    """Every how manyth record is read: in the long form all, on PostgreSQL every fifth."""
    if not is_long():
        return 25
    return 1 if store.url.startswith("sqlite") else 5


def chosen(folder, step):
    """Every so manyth record, and a file that holds them."""
    with gzip.open(FILE) as lines:
        some = [line for n, line in enumerate(lines) if n % step == 7 % step]
    (folder / "records.jsonl").write_bytes(b"".join(some))
    return [json.loads(line) for line in some], folder / "records.jsonl"


def test_the_catalogue_has_the_size_that_is_spoken_of():
    with gzip.open(FILE) as lines:
        records = [json.loads(line) for line in lines]
    assert (len(records), sum(len(record["assets"]) for record in records)) == (RECORDS, ASSETS)
