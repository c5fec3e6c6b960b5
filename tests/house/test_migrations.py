"""The migrations make the tables that the models describe, on both databases."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import ClauseElement, Connection, inspect, text

from catalog import migrating
from catalog.db import WRITES, Base, db

ANEW = "write a migration for what changed in catalog/model"


def test_nothing_differs_that_a_migration_could_be_written_for(store):
    with store.app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == [], ANEW


def test_migrated_tables_are_what_the_models_alone_would_make(store):
    """In all that the comparison above does not see: collations, checks, what counts up by itself."""
    with store.app.app_context(), db.engine.connect().execution_options(**{WRITES: True}) as connection:
        migrated = tables(connection)
        Base.metadata.drop_all(connection)
        Base.metadata.create_all(connection)
        assert tables(connection) == migrated, ANEW


def test_a_new_store_is_at_the_newest_migration(store):
    with store.app.app_context():
        assert migrating.present_revision() == migrating.newest_revision()


def tables(connection: Connection) -> dict[str, Any]:
    """Everything that the database says of each table of ours."""
    inspector = inspect(connection)
    counting = text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
    counted = set(connection.scalars(counting)) if connection.dialect.name == "sqlite" else set()
    return {
        name: {
            "columns": sorted(map(_said, inspector.get_columns(name))),
            "key": _said(inspector.get_pk_constraint(name)),
            "references": sorted(map(_said, inspector.get_foreign_keys(name))),
            "indexes": sorted(map(_said, inspector.get_indexes(name))),
            "unique": sorted(map(_said, inspector.get_unique_constraints(name))),
            "checks": sorted(map(_said, inspector.get_check_constraints(name))),
            "counts up by itself": name in counted,
        }
        for name in sorted(Base.metadata.tables)
    }


def _said(one: Any) -> str:
    return str({key: _plain(value, is_type=key == "type") for key, value in sorted(one.items())})


def _plain(value: Any, *, is_type: bool) -> Any:
    """A type as it is written; conditions of indexes as SQL."""
    if isinstance(value, dict):
        return {key: _plain(inner, is_type=False) for key, inner in sorted(value.items())}
    return repr(value) if is_type else str(value) if isinstance(value, ClauseElement) else value
