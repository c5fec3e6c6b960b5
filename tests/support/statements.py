"""Counts what a request costs: the SQL statements that reach the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Engine, event

# What opens and ends transactions says nothing about the data.
_OF_TRANSACTIONS = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")

Watch = Callable[[], AbstractContextManager[list[str]]]


@contextmanager
def watched() -> Iterator[list[str]]:
    """A stretch of a test, and the statements that were run in it so far, in order."""
    seen: list[str] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if not statement.startswith(_OF_TRANSACTIONS):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def statements() -> Watch:
    """Watches a stretch: `with statements() as seen: …`, then `len(seen)`."""
    return watched
