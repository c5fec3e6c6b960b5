"""catalog import: what it says, where it says it, and its exit status."""

import gzip
import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalog.changes import accounts
from catalog.db import db
from catalog.model import Dataset
from tests.support.acting import Acting
from tests.support.given import Given
from tests.support.importing import record

CREATED = "created 2, updated 0, unchanged 0, refused 0\n"


def lines(*records):
    return b"".join(one if isinstance(one, bytes) else json.dumps(one).encode() + b"\n" for one in records)


TWO = lines(record("oak"), record("elm"))


@pytest.fixture
def file(tmp_path):
    def write(content, name="records.jsonl"):
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return write


@pytest.fixture
def alice(store):
    return Given(store.app).user("alice", is_admin=True)


def held(store):
    """Owner, organization and visibility of every dataset, by slug."""
    with store.app.app_context():
        found = select(Dataset).options(joinedload(Dataset.owner), joinedload(Dataset.organization))
        return {
            one.slug: (one.owner.handle, one.organization and one.organization.key, one.visibility.value)
            for one in db.session.scalars(found.order_by(Dataset.slug))
        }


def test_says_what_became_of_the_records_and_nothing_else(cli, store, alice, file):
    done = cli("import", file(TWO))
    assert (done.exit_code, done.stdout, done.stderr) == (0, CREATED, "")
    assert held(store) == {"elm": ("alice", None, "internal"), "oak": ("alice", None, "internal")}


def test_a_second_run_says_that_nothing_changed(cli, alice, file):
    cli("import", file(TWO))
    done = cli("import", file(TWO))
    assert (done.exit_code, done.stdout) == (0, "created 0, updated 0, unchanged 2, refused 0\n")


def test_the_status_is_1_when_any_was_refused_and_the_good_ones_are_kept(cli, store, alice, file):
    odd = record("pine", metadata={"license": "Ask the mayor"})
    done = cli("import", file(lines(record("oak"), b"[]\n", b"\n", record("elm", versions="1"), odd)))
    assert done.exit_code == 1
    assert done.stdout == "created 2, updated 0, unchanged 0, refused 2, warnings 1\n"
    assert done.stderr.splitlines() == [
        "line 2: refused: not a JSON object",
        "line 4, elm: refused: versions is not a list",
        "line 5, pine: warning: the licence is none that has a short name; kept as written",
    ]
    assert list(held(store)) == ["oak", "pine"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_reads_files_and_standard_input_packed_or_not(cli, store, alice, file, pack):
    assert cli("import", file(pack(TWO))).stdout == CREATED
    done = store.run("import", "-", stdin=pack(TWO))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"created 0, updated 0, unchanged 2, refused 0\n", b"")


def test_a_damaged_file_is_imported_up_to_the_damage(cli, store, alice, file):
    done = cli("import", file(gzip.compress(TWO)[:-4]))
    assert (done.exit_code, done.stdout) == (1, "created 2, updated 0, unchanged 0, refused 1\n")
    assert done.stderr.startswith("line 3: refused: the file cannot be read from here on: ")
    assert list(held(store)) == ["elm", "oak"]


def test_an_empty_file_is_fine(cli, alice, file):
    done = cli("import", file(b""))
    assert (done.exit_code, done.stdout) == (0, "created 0, updated 0, unchanged 0, refused 0\n")


def test_new_datasets_go_where_they_are_told(cli, store, alice, file):
    given = Given(store.app)
    given.user("bob")
    given.organization("city")
    done = cli("import", file(TWO), "--owner", "bob", "--org", "city", "--visibility", "private")
    assert done.exit_code == 0
    assert held(store) == {"elm": ("bob", "city", "private"), "oak": ("bob", "city", "private")}


def test_records_may_say_their_organization(cli, store, alice, file):
    cli("import", file(lines(record("oak", organization="City of Bonn"), record("elm"))), "--orgs-from-records")
    assert held(store) == {"elm": ("alice", None, "internal"), "oak": ("alice", "city-of-bonn", "internal")}


def test_the_first_administrator_who_is_not_disabled_owns_by_default(cli, store, file):
    given, act = Given(store.app), Acting(store.app)
    given.user("aaron")
    gone = given.user("gone", is_admin=True)
    given.user("root", is_admin=True)
    given.user("later", is_admin=True)
    act(accounts.set_disabled, gone, True)
    cli("import", file(TWO))
    assert {owner for owner, _, _ in held(store).values()} == {"root"}


def test_without_an_owner_it_says_how_to_make_one(cli, store, file):
    Given(store.app).user("alice")
    done = cli("import", file(TWO))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: There is no administrator who could own the records. "
        "Run: catalog user add NAME --admin, or give --owner.\n"
    )


def test_a_dry_run_changes_nothing_and_says_so(cli, store, alice, file):
    done = cli("import", file(TWO), "--dry-run")
    assert (done.exit_code, done.stdout) == (0, CREATED)
    assert done.stderr == "This was a dry run: nothing is changed.\n"
    assert held(store) == {}


def test_what_was_edited_here_is_counted_until_it_is_overwritten(cli, store, alice, file):
    Given(store.app).dataset("oak", owner=alice, title="Mine")
    path = file(lines(record("oak", native_id=None, metadata={"title": "Theirs"})))
    assert cli("import", path).stdout == "created 0, updated 0, unchanged 0, refused 0, edited here 1\n"
    assert cli("import", path, "--overwrite").stdout == "created 0, updated 1, unchanged 0, refused 0\n"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--owner", "nobody"], 1, "There is no user “nobody”."),
        (["--org", "nothing"], 1, "There is no organization “nothing”."),
        (["--org", "a", "--orgs-from-records"], 2, "--org and --orgs-from-records exclude each other."),
        (["--visibility", "secret"], 2, "'secret' is not one of 'public', 'internal', 'private'."),
        (["--owner", "gone"], 1, "The account of gone is disabled; it cannot own new datasets."),
    ],
)
def test_refuses_what_cannot_be_done_before_it_begins(cli, store, alice, file, words, status, said):
    Acting(store.app)(accounts.set_disabled, Given(store.app).user("gone"), True)
    done = cli("import", file(TWO), *words)
    assert (done.exit_code, done.stdout) == (status, "")
    assert said in done.stderr
    assert held(store) == {}


def test_a_file_that_is_not_there_is_said_to_be_not_there(cli, alice, tmp_path):
    done = cli("import", str(tmp_path / "nothing.jsonl"))
    assert done.exit_code == 2
    assert "does not exist" in done.stderr
