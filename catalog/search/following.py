"""What the journal tells an index: how far it goes, and which datasets have changed since a mark."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import tantivy
from sqlalchemy import ColumnElement, bindparam, or_, select
from tantivy import Document, Index, Query

from catalog.db import db
from catalog.model import Change, Dataset
from catalog.search.schema import MARK, schema
from catalog.search.searcher import Searcher

_ALL = 2**63 - 1
_MOST_STATES = 8
# Verbs that change what is said of a party, by which its datasets are found.
_OF_PARTIES = {"revise organization": "organization_id", "revise account": "user_id"}


@dataclass(frozen=True)
class Mark:
    """A change up to which an index holds everything, and when that was made; 0 before the first."""

    seq: int
    at: datetime | None

    @classmethod
    def of(cls, document: Document) -> "Mark":
        """The mark that a document bears."""
        seq, _, at = bytes(document.get_first("mark")).decode().partition(" ")
        return cls(int(seq), datetime.fromisoformat(at) if at else None)

    def document(self) -> Document:
        """The document that bears this mark."""
        document = Document()
        document.add_integer("dataset", MARK)
        document.add_bytes("mark", f"{self.seq} {self.at.isoformat() if self.at else ''}".encode())
        return document


class States:
    """The states of an index by which transactions were answered of late, each by the last change that they saw."""

    def __init__(self) -> None:
        self._held: dict[Mark, tantivy.Searcher] = {}

    def seen_at(self, last: Mark, mark: Mark, index: Index) -> Searcher:
        """What answers a transaction that sees every change up to `last` from `index`, which goes up to `mark`.

        Where others have gone further meanwhile, it is the state of that time, if this process has met it: numbers of
        the index and rows of the database are of one moment then. Else it says that it is ahead.
        """
        if mark.seq > last.seq:
            before = self._held.get(last)
            return Searcher(before) if before else Searcher(index.searcher(), is_ahead=True)
        self._held[last] = self._held.pop(last, None) or index.searcher()
        if len(self._held) > _MOST_STATES:
            del self._held[next(iter(self._held))]
        return Searcher(self._held[last])

    def clear(self) -> None:
        """Forget them, also the files that they hold."""
        self._held.clear()


def mark_of(searcher: Searcher) -> Mark | None:
    """How far the index goes; None for one without a mark."""
    return searcher.once(MARK, lambda: _mark_of(searcher))


def _mark_of(searcher: Searcher) -> Mark | None:
    hits = searcher.search(Query.term_query(schema(), "dataset", MARK), 1).hits
    return Mark.of(searcher.doc(hits[0][1])) if hits else None


def last_mark() -> Mark:
    """The last change of the journal that the present transaction sees."""
    row = db.session.connection().execute(_NEWEST).one_or_none()
    return Mark(*row) if row else Mark(0, None)


def is_of_this_journal(mark: Mark, last: Mark) -> bool:
    """Whether `mark` stands in the journal; one that was put back to an earlier state has other changes now.

    A mark beyond `last` may be of a change that was made after the present transaction began.
    """
    if mark.seq == 0 or mark == last:
        return True
    if mark.seq <= last.seq:
        return db.session.connection().scalar(_MOMENT, {"seq": mark.seq}) == mark.at
    with db.engine.connect() as afresh:
        return afresh.scalar(_MOMENT, {"seq": mark.seq}) == mark.at


def changed_ids(mark: Mark, last: Mark, limit: int | None) -> list[int]:
    """The ids of datasets that changed after `mark`, up to `last`, or whose owner or organization did."""
    connection, since = db.session.connection(), {"after": mark.seq, "until": last.seq}
    ids = set(connection.scalars(_CHANGED, {**since, "most": _ALL if limit is None else limit}))
    for verb, what in connection.execute(_REVISED, since):
        name = _OF_PARTIES[verb]
        held = select(Dataset.id).where(_holder(name) == what[name]).limit(limit)
        ids |= set(db.session.scalars(held))
    return sorted(ids)


def piece_after(mark: Mark, number: int) -> Mark:
    """The change that comes `number` changes after `mark`, or the last one."""
    following = select(Change.seq, Change.at).where(Change.seq > mark.seq).order_by(Change.seq).limit(number).subquery()
    return Mark(*db.session.execute(select(following).order_by(following.c.seq.desc()).limit(1)).one())


def all_ids(size: int) -> Iterator[list[int]]:
    """The ids of all datasets but those in the trash, `size` at a time."""
    last = 0
    standing = select(Dataset.id).where(Dataset.deleted_at.is_(None)).order_by(Dataset.id).limit(size)
    while ids := list(db.session.scalars(standing.where(Dataset.id > last))):
        yield ids
        last = ids[-1]


# Made once: every search asks these.
_NEWEST = select(Change.seq, Change.at).order_by(Change.seq.desc()).limit(1)
_MOMENT = select(Change.at).where(Change.seq == bindparam("seq"))
_SINCE = (Change.seq > bindparam("after"), Change.seq <= bindparam("until"))
_CHANGED = select(Change.dataset_id).where(*_SINCE, Change.dataset_id.is_not(None)).distinct().limit(bindparam("most"))
_REVISED = select(Change.verb, Change.what).where(*_SINCE, or_(*(Change.verb == verb for verb in _OF_PARTIES)))


def _holder(name: str) -> ColumnElement[int]:
    return {"organization_id": Dataset.organization_id, "user_id": Dataset.owner_id}[name]
