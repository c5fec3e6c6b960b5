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
from tests.support.groups import ON_POSTGRESQL, ON_SQLITE, SHARED

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


@ON_SQLITE
def test_the_whole_catalogue_is_imported_and_a_second_run_changes_nothing(store):
    Given(store.app).user("alice", is_admin=True)
    line, status, memory = import_(store, FILE, "--visibility", "public")
    first = counts(line)
    assert (status, first | {"warnings": 0}) == (
        0,
        {"created": RECORDS, "updated": 0, "unchanged": 0, "refused": 0, "warnings": 0},
    )
    assert memory < MEMORY
    with store.app.app_context():
        assert db.session.scalar(select(func.count(Dataset.id))) == RECORDS
        assert db.session.scalar(select(func.count(Asset.id))) == ASSETS
        assert db.session.scalar(select(func.count(Organization.id))) == len(organizations())
    line, status, _ = import_(store, FILE)
    assert (status, counts(line)) == (0, first | {"created": 0, "unchanged": RECORDS})


@ON_POSTGRESQL
def test_a_tenth_of_the_catalogue_is_imported_and_a_second_run_changes_nothing(store, tmp_path):
    Given(store.app).user("alice", is_admin=True)
    with gzip.open(FILE) as lines, (tmp_path / "tenth.jsonl").open("wb") as tenth:
        number = sum(bool(tenth.write(line)) for n, line in enumerate(lines) if n % 10 == 7)
    line, status, _ = import_(store, tmp_path / "tenth.jsonl", "--visibility", "public")
    first = counts(line)
    assert (status, first["created"], first["refused"]) == (0, number, 0)
    line, status, _ = import_(store, tmp_path / "tenth.jsonl")
    assert (status, counts(line)) == (0, first | {"created": 0, "unchanged": number})


def organizations():
    with gzip.open(FILE) as lines:
        titles = {json.loads(line)["organization"] for line in lines} - {None}
    return {fold(tidy(title)) for title in titles if tidy(title)}
