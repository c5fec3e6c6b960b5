"""Rows written many at a time: on SQLite by one statement for all of them, on PostgreSQL copied."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import Connection, Table, Uuid
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from catalog.db import db, writing_connection
from catalog.model import Asset, Change, Dataset, Field, SourceRecord, Tag, Version

_FILLED = (Dataset, Version, Asset, Field, Tag, SourceRecord, Change)


def insert_rows(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, each with the same columns, UUIDs as hex; columns that are not among them stay null.

    Nothing is looked up, rendered or flushed for a single row, which is what makes thousands of them cheap.
    """
    if not rows:
        return
    connection = db.session.connection()
    columns = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        if values.count(None) < len(values):
            columns[name] = _written(table.c[name].type, values, connection)
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns)
    else:
        marks = ", ".join("?" for _ in columns)
        statement = f"INSERT INTO {_named(connection, table, columns)} VALUES ({marks})"
        connection.exec_driver_sql(statement, list(zip(*columns.values(), strict=True)))


def take_stock() -> None:
    """Let the database see how its tables have grown, from samples of them: by that it chooses how to look for rows.

    SQLite takes none by itself. It is shown what imports fill: of tables that are small now and grow one by one, such
    as those of users, it would believe for ever that all of their rows are soon read through.
    """
    connection = writing_connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        for table in _FILLED:
            connection.exec_driver_sql(f"ANALYZE {table.__tablename__}")
    else:
        connection.exec_driver_sql("ANALYZE")
    db.session.commit()


def _written(kind: TypeEngine, values: list[Any], connection: Connection) -> list[Any]:
    """`values` as the driver takes them; one that is the same in many rows on end is written once."""
    if isinstance(kind, Uuid):
        return values
    write = kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if write is None:
        return values
    written: list[Any] = []
    before = result = None
    for value in values:
        if value is not before:
            before, result = value, write(value)
        written.append(result)
    return written


def _copy(connection: Connection, table: Table, columns: Mapping[str, list[Any]]) -> None:
    statement = f"COPY {_named(connection, table, columns)} FROM STDIN"
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            for row in zip(*columns.values(), strict=True):
                copy.write_row(row)
    except psycopg.Error as failed:
        raise DBAPIError.instance(statement, None, failed, psycopg.Error, hide_parameters=True) from failed
    finally:
        cursor.close()


def _named(connection: Connection, table: Table, columns: Mapping[str, list[Any]]) -> str:
    preparer = connection.dialect.identifier_preparer
    return f"{preparer.format_table(table)} ({', '.join(preparer.quote(name) for name in columns)})"
