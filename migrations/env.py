"""Runs the migrations on the database that the application is bound to."""

from alembic import context

from catalog import model  # noqa: F401 - the tables must be known
from catalog.db import WRITES, Base, Moment, db


def render_item(kind, item, autogen_context):
    """How a migration writes our own column type."""
    if kind == "type" and isinstance(item, Moment):
        autogen_context.imports.add("from catalog.db import Moment")
        return "Moment()"
    return False


with db.engine.connect().execution_options(**{WRITES: True}) as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
