"""The database handle: base class, column types, and what each connection to SQLite or PostgreSQL is told."""

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

import orjson
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from psycopg import IsolationLevel
from sqlalchemy import JSON, Connection, DateTime, Engine, MetaData, String, Text, TypeDecorator, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, registry

from catalog.settings import Settings

# Text that sorts and compares by code point in both databases; SQLite's own order is that already.
CodePoint = String().with_variant(String(collation="C"), "postgresql")
CodePointText = Text().with_variant(Text(collation="C"), "postgresql")
# The cache of a connection that writes much in kibibytes, and of how many pages its log is written back.
_FOR_WRITING = {"cache_size": -100_000, "wal_autocheckpoint": 25_000}
# The execution option of a connection whose transaction writes.
WRITES = "catalog_writes"
# What a session's `info` holds while it is in a transaction of `catalog.changes.journal.writing`.
OPEN_WRITING = "catalog_writing"
# Any number that nobody else locks by in a database of PostgreSQL.
_LOCK = 0x0CA7A106


class Moment(TypeDecorator):
    """A moment in UTC: aware in Python, naive in SQLite's text, timestamptz in PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect) -> datetime | None:
        """`value` in UTC; a naive one is refused with ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect) -> datetime | None:
        """`value`, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table of the catalog."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "%(table_name)s_by_%(column_0_N_name)s",
                "uq": "%(table_name)s_has_one_%(column_0_N_name)s",
                "ck": "%(table_name)s_keeps_%(constraint_name)s",
                "fk": "%(table_name)s_names_%(column_0_name)s",
                "pk": "%(table_name)s_key",
            }
        ),
        type_annotation_map={
            datetime: Moment,
            dict[str, Any]: JSON(none_as_null=True),
            list[str]: JSON(none_as_null=True),
        },
    )
    metadata = registry.metadata


db = SQLAlchemy(model_class=Base, disable_autonaming=True, add_models_to_shell=False)


def connect(app: Flask, settings: Settings) -> None:
    """Bind the database handle to `app`, with every connection set up for the catalog."""
    url = settings.database
    is_sqlite = url.get_backend_name() == "sqlite"
    if is_sqlite and url.database:
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "json_serializer": lambda value: orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode(),
        "json_deserializer": orjson.loads,
        "pool_size": settings.threads,
        "max_overflow": 8,
        "pool_use_lifo": True,  # the same few are used as long as they do: each keeps pages of the database in memory
        # What fails is logged with its statement, never with what was to be written: hashes, addresses, words searched.
        "hide_parameters": True,
    } | (
        {}
        if is_sqlite
        else {
            "pool_pre_ping": True,
            "connect_args": {
                "options": f"-c statement_timeout={int(settings.statement_timeout * 1000)} -c timezone=UTC -c jit=off"
            },
        }
    )
    db.init_app(app)
    with app.app_context():
        if is_sqlite:
            _prepare_sqlite(db.engine, settings.statement_timeout)
        else:
            _prepare_postgresql(db.engine)
    app.extensions["catalog_turn_of_batches"] = lock = RLock()
    app.extensions["catalog_turn"] = lock if is_sqlite else None


@contextmanager
def writing_much() -> Iterator[None]:
    """A stretch in which the session's connection writes a lot.

    On SQLite its cache holds what a transaction changes, and its log is not written back after each of them but now and
    then and at the end, for which nobody who comes later has to wait. Inside a transaction that writes, all that cannot
    be set.
    """
    if OPEN_WRITING in db.session.info or db.session.connection().dialect.name != "sqlite":
        yield
        return
    before = [(name, db.session.scalar(text(f"PRAGMA {name}"))) for name in _FOR_WRITING]
    _set_pragmas(_FOR_WRITING.items())
    try:
        yield
    finally:
        _set_pragmas(before)
        with suppress(OperationalError):  # inside a transaction there is nothing to write back yet
            db.session.execute(text("PRAGMA wal_checkpoint"))
        db.session.rollback()


def _set_pragmas(pragmas: Iterable[tuple[str, int]]) -> None:
    for name, value in pragmas:
        db.session.execute(text(f"PRAGMA {name} = {value}"))
    db.session.rollback()


def turn(app: Flask) -> AbstractContextManager:
    """One thread's turn to step through rows.

    Python's sqlite3 drops the interpreter lock at every row, and threads that read at once fight over it: one after
    another they are faster. On PostgreSQL nothing is held.
    """
    return app.extensions["catalog_turn"] or nullcontext()


def turn_of_batches(app: Flask) -> AbstractContextManager:
    """One thread's turn to read the next batch of a whole list, on whichever database.

    Many of them at once, each busy with making objects of rows, would leave nobody else the interpreter.
    """
    return app.extensions["catalog_turn_of_batches"]


def writing_connection() -> Connection:
    """The session's connection, in a transaction that writes, once every other writer has come to its end."""
    connection = db.session.connection(execution_options={WRITES: True})
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    return connection


def _prepare_sqlite(engine: Engine, timeout: float) -> None:
    @event.listens_for(engine, "connect")
    def set_up(connection, record) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says so, below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "busy_timeout=10000",
        ):
            connection.execute(f"PRAGMA {pragma}")
        deadline = record.info["deadline"] = [float("inf")]
        connection.set_progress_handler(lambda: time.monotonic() > deadline[0], 20_000)

    @event.listens_for(engine, "begin")
    def begin(connection) -> None:
        # A transaction that will write says so at once: one that begins by reading could not be raised to a writing
        # one after another process has written.
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:  # waits for nobody and cannot fail: said by the shorter way
            connection.connection.dbapi_connection.execute("BEGIN")

    @event.listens_for(engine, "before_cursor_execute")
    def start_the_clock(connection, cursor, statement, parameters, context, executemany) -> None:
        connection.connection.info["deadline"][0] = time.monotonic() + timeout


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection) -> None:
        # What reads sees one state of the store throughout, as on SQLite, so that a total and its rows agree; what
        # writes has to see what those wrote for whom it waited.
        writes = bool(connection.get_execution_options().get(WRITES))
        driver = connection.connection.dbapi_connection
        driver.isolation_level = IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
        driver.read_only = not writes
