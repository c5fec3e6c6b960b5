"""Reads that count: gathered in memory and written in batches, never inside the request that is counted."""

import atexit
from collections import Counter
from datetime import datetime
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

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: _Seen = {}
        self._downloads: Counter[int] = Counter()

    def note(self, kind: str, key: int, at: datetime) -> None:
        """Remember that the token, session or dataset `key` was read at `at`."""
        with self._lock:
            self._seen[kind, key] = at

    def count_download(self, version_id: int) -> None:
        """Remember that a version was downloaded once more."""
        with self._lock:
            self._downloads[version_id] += 1

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
    """Flush the tally of `app` every so often in a thread of its own, and once more when the process ends."""
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
