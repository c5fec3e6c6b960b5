"""Rows as a dialect writes them, kept in the memory of this process until the journal tells that they differ.

Many readers are shown the same rows: each is read and written once, and sent to whoever may see it. Who may see what is
never kept: the ids of a list, and which of them the viewer may see, are asked of the database each time.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

import orjson
from flask import current_app
from sqlalchemy import ColumnElement, bindparam, select

from catalog.db import db
from catalog.keeping import Memory, trimmed
from catalog.listing.generations import Moved, last_change
from catalog.model import Change
from catalog.model.journal import OF_ACCOUNTS

T = TypeVar("T")
# After more changes than this nothing is kept; looking through them would take longer than writing the rows anew.
_MOST_CHANGES = 1_000
# No dataset has this id: what concerns no row is told of it.
_NOTHING = 0
# Bytes that an entry takes beside what is written in it.
_AROUND = 600
# How often it is tried to follow the journal while other threads do so too.
_TRIES = 3


class Place(NamedTuple):
    """Where what is written of a row is kept: by its dataset, which the journal names, and by its own key there."""

    dataset_id: int
    row: Hashable
    name: Hashable
    stamp: Hashable = ()
    """What else it was written of: numbers that are counted and told in no journal."""

    @property
    def key(self) -> Hashable:
        """What it is kept by among what is written of its dataset."""
        return self.row, self.name


@dataclass(frozen=True)
class Writing(Generic[T]):
    """How rows are written."""

    name: Hashable
    """All that tells it from other ways, such as the address that stands in what is written."""
    write: Callable[[T], Any]
    parts: Sequence[Any] = ()
    """What has to be read of each row."""
    stamp: Sequence[ColumnElement] = ()
    """Columns of the row that are written and change without a change in the journal."""


class Written:
    """What one process keeps, as it was at one change of the journal."""

    def __init__(self, most: int) -> None:
        self._memory: Memory[int, Mapping[Hashable, tuple[Hashable, bytes]]] = Memory(most, _size)
        self._lock = Lock()
        self._mark: Moved = None

    def follow(self) -> Moved:
        """Forget what differs in the store as the present transaction sees it; the change that the rest is right for.

        None where nothing that is kept can be used: the transaction sees an earlier state, or the journal is empty.
        """
        for _ in range(_TRIES):
            mark = self._mark
            changes = _changes_from(mark)
            last = changes[-1][0] if changes and len(changes) <= _MOST_CHANGES else last_change()
            with self._lock:
                if self._mark != mark:
                    continue
                if mark is not None and not changes:
                    return None
                self._forget(mark, changes)
                self._mark = last
                return last
        return None

    def find(self, mark: Moved, place: Place) -> bytes | None:
        """What is kept at `place`, if that is still what it was at `mark`."""
        with self._lock:  # nobody follows on between the two
            kept = self._memory.find(place.dataset_id) if mark is not None and self._mark == mark else None
        stamp, written = kept.get(place.key, (None, None)) if kept else (None, None)
        return written if stamp == place.stamp else None

    def keep(self, mark: Moved, place: Place, written: bytes) -> None:
        """Keep what was written of a row as it was at `mark`, unless something else was followed meanwhile."""
        with self._lock:
            if mark is not None and self._mark == mark:
                others = self._memory.find(place.dataset_id) or {}
                self._memory.keep(place.dataset_id, {**others, place.key: (place.stamp, trimmed(written))})

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._memory.clear()
            self._mark = None

    def _forget(self, mark: Moved, changes: Sequence[tuple[Moved, int | None]]) -> None:
        """Forget what `changes` tell of, the first of which is that of `mark`, or all where one tells of no dataset."""
        touched = [dataset_id for _, dataset_id in changes[1:]]
        if mark is None or changes[0][0] != mark or len(changes) > _MOST_CHANGES or None in touched:
            self._memory.clear()
        for dataset_id in touched:
            self._memory.forget(dataset_id)


def write_at(
    write: Callable[[T], Any], places: Sequence[Place], load: Callable[[Sequence[Place]], Iterable[T]]
) -> list[orjson.Fragment]:
    """The rows at `places` as JSON, as `written_at` gives them."""
    return list(map(orjson.Fragment, written_at(lambda row: orjson.dumps(write(row)), places, load)))


def written_at(
    write: Callable[[T], bytes], places: Sequence[Place], load: Callable[[Sequence[Place]], Iterable[T]]
) -> list[bytes]:
    """The rows at `places`, in that order; those of which nothing is kept come from `load`, in the order asked for."""
    kept: Written = current_app.extensions["catalog_written"]
    mark = kept.follow()
    known = {place: kept.find(mark, place) for place in places}
    if missing := [place for place, written in known.items() if written is None]:
        for place, row in zip(missing, load(missing), strict=True):
            known[place] = write(row)
            kept.keep(mark, place, known[place])
    return [known[place] for place in places]


def _changes_from(mark: Moved) -> list[tuple[Moved, int | None]]:
    """The change of `mark` and those after it, each with the dataset that it tells of, as far as they are seen here.

    None for what is no dataset's and may be written in many, such as the title of an owner.
    """
    if mark is None:
        return []
    found = db.session.connection().execute(_CHANGES, {"seq": mark[0]})
    return [((seq, at), _NOTHING if verb in OF_ACCOUNTS else id_) for seq, at, id_, verb in found]


# Made once: every list asks this.
_CHANGES = (
    select(Change.seq, Change.at, Change.dataset_id, Change.verb)
    .where(Change.seq >= bindparam("seq"))
    .order_by(Change.seq)
    .limit(_MOST_CHANGES + 1)
)


def _size(entry: Mapping[Hashable, tuple[Hashable, bytes]]) -> int:
    return sum(_AROUND + len(written) for _, written in entry.values())
