"""Rows written many at a time are as good as those written one by one."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from catalog.access import OPERATOR
from catalog.changes.bulk import insert_rows
from catalog.changes.journal import writing
from catalog.changes.puts import Placing
from catalog.changes.putting import prepare, put_many
from catalog.clock import now
from catalog.db import db, writing_much
from catalog.harvest.records import read_record
from catalog.model import Change, Tag
from catalog.model.columns import new_identifiers, new_public_id
from tests.support.groups import ON_SQLITE


def test_what_is_written_together_is_read_as_it_was_given(app):
    rows = [
        {"dataset_id": None, "actor_id": n, "verb": 'a "verb"\t\\N\n', "at": now(), "what": what}
        for n, what in enumerate([None, {"slug": [None, "é\\"]}, {}], 1)
    ]
    with app.app_context():
        with writing():
            insert_rows(Change.__table__, rows)
        columns = (Change.dataset_id, Change.actor_id, Change.verb, Change.at, Change.what)
        stored = db.session.execute(select(*columns).order_by(Change.seq)).mappings().all()
        assert [dict(row) for row in stored] == rows


def test_what_the_database_refuses_is_said_as_for_a_single_row(app, given):
    trees = given.dataset("trees", owner=given.user("alice"))
    rows = [{"dataset_id": trees.id, "position": 0, "name": name} for name in ("one", "two")]
    with app.app_context(), pytest.raises(IntegrityError), writing():
        insert_rows(Tag.__table__, rows)


def test_identifiers_are_random_uuids_that_begin_alike():
    made = new_identifiers(1_000)
    assert len({one[8:] for one in made}) == 1_000
    assert len({one[:8] for one in made}) == 1
    assert {(UUID(one).version, UUID(one).variant, len(one)) for one in made} == {
        (4, "specified in RFC 4122", 32),
    }
    assert new_identifiers(1)[0][:8] != made[0][:8]


def test_public_ids_are_17_letters_and_digits():
    made = {new_public_id() for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(re.fullmatch("[A-Za-z0-9]{17}", one) for one in made)
    assert len(set("".join(made))) == 62


# PostgreSQL reads a small table whole whatever indexes it has.
@ON_SQLITE
def test_no_statement_of_an_import_reads_a_whole_table(app, given, statements):
    placing = Placing(owner_id=given.user("alice").id, is_by_record=True)
    puts = [
        read_record(f'{{"dataset": "set_{n}", "organization": "City", "provenance": {{{known}}}}}'.encode()).put
        for n, known in enumerate(['"source": "city", "native_id": "7"', '"source": "city"', ""])
    ]
    with app.app_context():
        for _ in range(2):
            with statements() as seen:
                prepare(puts)
                put_many(OPERATOR, puts, placing)
        asked = [one for one in seen if one.startswith("SELECT")]
        assert len(asked) > 4
        for one in asked:
            plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", tuple([None] * one.count("?")))
            steps = " ".join(row[3] for row in plan)
            assert not re.search("SCAN (source_record|dataset|alias|organization)(?! USING)", steps), one


@ON_SQLITE
def test_after_much_was_written_a_connection_is_set_as_before(app):
    with app.app_context():
        before = pragmas()
        with writing_much():
            assert pragmas() != before
        assert pragmas() == before


def pragmas():
    return [db.session.scalar(text(f"PRAGMA {name}")) for name in ("cache_size", "wal_autocheckpoint")]
