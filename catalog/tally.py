"""Reads that count: gathered in memory and written in batches, never inside the request that is counted."""

import atexit
import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Event, Lock, Thread

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Table, Update, bindparam, select, update

from catalog.audiences import audiences_reached, counted_audience, holding, raise_generations
from catalog.clock import now
from catalog.db import db, writing_connection
from catalog.model import Dataset, Session, Token, Version

_SECONDS = 20.0
# What is counted, and the column that says when it was last read.
_COLUMNS = {
    "token": (Token.__table__, "last_used_at"),
    "session": (Session.__table__, "last_used_at"),
    "dataset": (Dataset.__table__, "accessed_at"),
}
_Seen = dict[tuple[str, int], datetime]


def _more(table: Table, is_meant: ColumnElement[bool]) -> Update:
    return update(table).where(is_meant).values(download_count=table.c.download_count + bindparam("more"))


_VERSION, _DATASET = Version.__table__, Dataset.__table__
_IS_IT = _VERSION.c.id == bindparam("key")
# A version counts its downloads, and its dataset those of all its versions.
_COUNTING = (
    _more(_VERSION, _IS_IT),
    _more(_DATASET, _DATASET.c.id == select(_VERSION.c.dataset_id).where(_IS_IT).scalar_subquery()),
)


class Tally:
    """What was read since the last flush: when tokens and sessions were used, datasets opened, versions downloaded."""

    def __init__(self, flushing: Callable[[], None] | None = None) -> None:
        """`flushing` begins to flush it; called in each process that notes something, also one that was forked."""
        self._flushing = flushing
        self._process: int | None = None
        self._lock = Lock()
        self._seen: _Seen = {}
        self._downloads: Counter[int] = Counter()

    def note(self, kind: str, key: int, at: datetime) -> None:
        """Remember that the token, session or dataset `key` was read at `at`."""
        with self._lock:
            self._seen[kind, key] = at
            self._begin()

    def count_download(self, version_id: int) -> None:
        """Remember that a version was downloaded once more."""
        with self._lock:
            self._downloads[version_id] += 1
            self._begin()

    def _begin(self) -> None:
        if self._flushing and self._process != os.getpid():
            self._process = os.getpid()
            self._flushing()

    def flush(self) -> None:
        """Write what was gathered, in one transaction; needs an application context of its own.

        What cannot be written is kept for the next time.
        """
        with self._lock:
            seen, self._seen = self._seen, {}
            downloads, self._downloads = self._downloads, Counter()
        if not (seen or downloads):
            return
        try:
            _write(seen, downloads)
        except Exception:
            with self._lock:
                self._seen = seen | self._seen
                self._downloads += downloads
            raise


def _write(seen: _Seen, downloads: Counter[int]) -> None:
    connection = writing_connection()
    for kind, (table, column) in _COLUMNS.items():
        if rows := [{"key": key, "at": at} for (noted, key), at in sorted(seen.items()) if noted == kind]:
            connection.execute(
                update(table).where(table.c.id == bindparam("key")).values({column: bindparam("at")}), rows
            )
    opened = [key for kind, key in seen if kind == "dataset"]
    touched = audiences_reached(opened, by_visibility=False)  # when it was opened is shown to those alone
    if downloads:
        rows = [{"key": key, "more": more} for key, more in sorted(downloads.items())]
        for statement in _COUNTING:
            connection.execute(statement, rows)
        touched |= audiences_reached(holding(list(downloads)))
    raise_generations(map(counted_audience, touched), now())
    db.session.commit()


def set_up(app: Flask) -> None:
    """Give `app` a tally."""
    app.extensions["catalog_tally"] = Tally()


def start(app: Flask) -> None:
    """Have the tally of `app` flushed every so often, in each process that counts, and once more when that ends."""
    app.extensions["catalog_tally"] = Tally(partial(_flush_now_and_then, app))


def _flush_now_and_then(app: Flask) -> None:
    stopped = Event()

    def flush() -> None:
        with app.app_context():
            app.extensions["catalog_tally"].flush()

    def run() -> None:
        while not stopped.wait(_SECONDS):
            try:
                flush()
            except Exception:
                app.logger.exception("what was read could not be counted")

    Thread(target=run, name="catalog-tally", daemon=True).start()
    atexit.register(lambda: (stopped.set(), flush()))


def note_token_use(token_id: int, at: datetime) -> None:
    """A token was used."""
    current_app.extensions["catalog_tally"].note("token", token_id, at)


def note_session_use(session_id: int, at: datetime) -> None:
    """A browser's session was used."""
    current_app.extensions["catalog_tally"].note("session", session_id, at)


def note_access(dataset_id: int) -> None:
    """A dataset's detail was read."""
    current_app.extensions["catalog_tally"].note("dataset", dataset_id, now())


def note_download(version_id: int) -> None:
    """A version was downloaded."""
    current_app.extensions["catalog_tally"].count_download(version_id)
