"""The transaction that writes, and the journal of what was written in it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from catalog.access import Viewer
from catalog.changes.bulk import insert_rows
from catalog.changes.touching import touch
from catalog.clock import now
from catalog.db import OPEN_WRITING, db, writing_connection
from catalog.model import Change


@contextmanager
def writing() -> Iterator[datetime]:
    """One transaction that writes, committed at its end or wholly undone; yields the moment of all that it writes.

    Opened inside another, it joins that one. Writers come one after another, by SQLite's write lock or an advisory lock
    of PostgreSQL, so that the order of `change.seq` and of the moments is the order of commits.
    """
    session = db.session
    if OPEN_WRITING in session.info:
        yield session.info[OPEN_WRITING]["at"]
        return
    session.rollback()  # ends the reading transaction; objects are read afresh
    writing_connection()
    last = session.scalar(select(Change.at).order_by(Change.seq.desc()).limit(1))
    at = now()
    session.info[OPEN_WRITING] = state = {"at": max(at, last) if last else at, "rows": [], "touched": set()}
    try:
        yield state["at"]
        session.flush()
        insert_rows(Change.__table__, state["rows"])
        touch(state["rows"], state["at"], state["touched"])
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info[OPEN_WRITING]


def record(actor: Viewer, verb: str, dataset_id: int | None = None, what: dict[str, Any] | None = None) -> None:
    """Enter one change in the journal of the open writing transaction; `what` is {key: [old, new]}."""
    state = db.session.info[OPEN_WRITING]
    state["rows"].append(
        {"dataset_id": dataset_id, "actor_id": actor.user_id, "verb": verb, "at": state["at"], "what": what or None}
    )


def note_touched(audiences: Iterable[str]) -> None:
    """Note that the open writing transaction touches `audiences` by something that the journal does not tell."""
    db.session.info[OPEN_WRITING]["touched"].update(audiences)


def last_seq() -> int:
    """The number of the last committed change; 0 in a new store. While it stays, no reader sees anything change."""
    return db.session.scalar(select(func.max(Change.seq))) or 0


def last_edit(dataset_id: int) -> Change | None:
    """The last change of what is said of a dataset and of what is in it; None where the journal knows of none."""
    edits = select(Change).where(Change.dataset_id == dataset_id, Change.is_edit)
    return db.session.scalar(edits.order_by(Change.seq.desc()).limit(1))
