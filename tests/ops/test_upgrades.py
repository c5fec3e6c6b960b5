"""A store of an older release: everything in it is there after the upgrade."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from catalog import migrating
from catalog.db import WRITES, db
from tests.support.house import ROOT
from tests.support.stores import Store, new_store

MOMENT = datetime(2026, 5, 9, 12, tzinfo=UTC)
REVISIONS = sorted(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("0*.py"))
OF_ALEMBIC = "alembic_version"
# A share has one receiver.
UNSAID = {("share", "organization_id")}


def value_for(column: sa.Column) -> Any:
    """Something that fits into `column`; what names another row names the first one."""
    if (column.table.name, column.name) in UNSAID:
        return None
    match column.type:
        case sa.Boolean():
            return True
        case sa.Uuid():
            return UUID(int=1)
        case sa.DateTime():
            return MOMENT if column.type.timezone else MOMENT.replace(tzinfo=None)
        case sa.Date():
            return MOMENT.date()
        case sa.Integer() | sa.Numeric():
            return 1
        case sa.LargeBinary():
            return b"1" * 32
        case sa.JSON():
            return {"a": 1}
    return "1" * min(getattr(column.type, "length", None) or 32, 32)


def tables_of(connection: sa.Connection) -> list[sa.Table]:
    """The tables as they stand, those that others name first."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != OF_ALEMBIC]


def rows_of(connection: sa.Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by its name."""
    return {
        table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
        for table in tables_of(connection)
    }


def filled() -> dict[str, list[dict[str, Any]]]:
    """What is in every table: the rows that come with it, else one that was made now."""
    with db.engine.connect().execution_options(**{WRITES: True}) as connection:
        for table in tables_of(connection):
            if connection.execute(sa.select(table)).first() is None:
                connection.execute(table.insert().values({one.name: value_for(one) for one in table.columns}))
        before = rows_of(connection)
        connection.commit()
    return before


@pytest.fixture
def empty(database_url, tmp_path) -> Store:
    """A database without tables."""
    return new_store(database_url, tmp_path)


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_every_row_of_an_older_store_is_kept(empty: Store, revision: str):
    with empty.app.app_context():
        migrating.upgrade(revision)
        before = filled()
        assert all(before.values()), before
        migrating.upgrade()
        with db.engine.connect() as connection:
            after = rows_of(connection)
            assert migrating.revision_of(connection) == REVISIONS[-1]
        for name, rows in before.items():
            for kept, row in zip(after[name], rows, strict=True):
                assert {key: value for key, value in kept.items() if key in row}.items() <= row.items(), name
        db.engine.dispose()


def test_datasets_of_an_older_store_count_the_downloads_of_their_versions(empty: Store):
    with empty.app.app_context():
        migrating.upgrade("0004")
        [version] = filled()["version"]
        migrating.upgrade()
        with db.engine.connect() as connection:
            kept = connection.scalar(sa.text("SELECT download_count FROM dataset"))
        assert kept == version["download_count"] == 1
        db.engine.dispose()
