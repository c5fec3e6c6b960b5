"""The real catalogue: 13,636 records of 22 sources, with all the dirt that they came with."""

import gzip
import json
import os

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
    """The last line of an import, its exit status, and the memory that it took at most."""
    process = store.start("import", str(file), "--orgs-from-records", *more, stdout=-1, stderr=-3)
    with process.stdout:
        line = process.stdout.read().decode().splitlines()[-1]
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return line, process.returncode, usage.ru_maxrss * 1024


def counts(line):
    return {word: int(number) for word, number in (part.rsplit(" ", 1) for part in line.split(", "))}


@pytest.mark.long
def test_the_catalogue_is_imported_and_a_second_run_changes_nothing(store, tmp_path):
    Given(store.app).user("alice", is_admin=True)
    records, file = chosen(tmp_path)
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


def chosen(folder):
    """Every twenty-fifth record, all of them in the long form, and a file that holds them."""
    with gzip.open(FILE) as lines:
        some = [line for n, line in enumerate(lines) if is_long() or n % 25 == 7]
    (folder / "records.jsonl").write_bytes(b"".join(some))
    return [json.loads(line) for line in some], folder / "records.jsonl"


def test_the_catalogue_has_the_size_that_is_spoken_of():
    with gzip.open(FILE) as lines:
        records = [json.loads(line) for line in lines]
    assert (len(records), sum(len(record["assets"]) for record in records)) == (RECORDS, ASSETS)
