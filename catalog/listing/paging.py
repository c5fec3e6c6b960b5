"""Windows and pages: which rows are wanted, what comes back, and how a long list goes on where it stopped."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, UnaryExpression, func, select, tuple_

from catalog.db import db

T = TypeVar("T")
# What both databases can take as an offset.
_MOST = 2**63 - 1


@dataclass(frozen=True)
class Window:
    """Which rows: at most `limit`, after the first `offset`."""

    offset: int
    limit: int

    @classmethod
    def of_page(cls, number: int, size: int) -> "Window":
        """The window of page `number`, counted from 1, of `size` rows."""
        return cls((number - 1) * size, size)

    @property
    def page_number(self) -> int:
        """The page that this window is, counted from 1."""
        return self.offset // self.limit + 1

    def cut_to(self, total: int) -> "Window":
        """What of it lies within `total` rows."""
        return Window(self.offset, max(0, min(self.limit, total - self.offset)))

    def from_end(self, total: int) -> "Window":
        """The same rows counted from the end of `total`, within which it lies."""
        return Window(total - self.offset - self.limit, self.limit)

    def with_neighbours(self) -> "Window":
        """This and the row on either side, where there is one."""
        before = min(1, self.offset)
        return Window(self.offset - before, self.limit + before + 1)


@dataclass(frozen=True)
class Page(Generic[T]):
    """The rows inside a window, and how many there are in all."""

    items: Sequence[T]
    total: int
    window: Window

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    @property
    def page_count(self) -> int:
        """How many pages there are; 0 when nothing is found."""
        return -(-self.total // self.window.limit)

    @property
    def has_next(self) -> bool:
        """Whether rows follow this page."""
        return self.window.offset + self.window.limit < self.total

    @property
    def has_previous(self) -> bool:
        """Whether rows come before this page."""
        return self.window.offset > 0 and self.total > 0


@dataclass(frozen=True)
class Order:
    """An order of rows by one column that is never null; the id settles ties, so pages never overlap."""

    column: Any
    key: Any
    """The id column of the rows."""
    is_descending: bool = False
    is_by_relevance: bool = False
    """Whether an index says the order, where it can; else the column does."""
    field: str | None = None
    """The field of an index that holds what the column holds; None where none does."""
    is_of_text: bool = False
    """Whether that is the beginning of a text alone."""

    @property
    def reversed(self) -> "Order":
        """The same order from the other end."""
        return replace(self, is_descending=not self.is_descending)

    @property
    def clauses(self) -> tuple[UnaryExpression, ...]:
        """What to order by."""
        return tuple(part.desc() if self.is_descending else part.asc() for part in (self.column, self.key))

    def place_of(self, row: Any) -> tuple[Any, int]:
        """Where `row` stands: its value and its id. Assets may be ordered by a column of their dataset."""
        holder = row if isinstance(row, self.column.class_) else row.dataset
        return getattr(holder, self.column.key), row.id

    def after(self, place: tuple[Any, int]) -> ColumnElement[bool]:
        """The rows that come after `place`; compared as a pair, which an index on the column can seek."""
        here = tuple_(self.column, self.key)
        return here < place if self.is_descending else here > place


def count(found: Select) -> int:
    """How many rows `found` has."""
    return db.session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0


def within(found: Select, window: Window) -> Select:
    """`found`, cut to `window`; one beyond what a database can count is empty."""
    if window.offset > _MOST:
        return found.limit(0)
    return found.offset(window.offset).limit(min(window.limit, _MOST - window.offset))


def from_nearer_end(
    read: Callable[[Order, Window], Sequence[T]], order: Order, window: Window, total: int
) -> Sequence[T]:
    """What lies inside `window` of `total` things, in order, as `read` gives it: counted from the nearer end."""
    inside = window.cut_to(total)
    if not inside.limit:
        return []
    from_end = inside.from_end(total)
    if from_end.offset < inside.offset:
        return read(order.reversed, from_end)[::-1]
    return read(order, inside)


def in_order(rows: Iterable[T], ids: Sequence[int]) -> list[T]:
    """`rows`, which have ids, in the order of `ids`; those that are not among them are left out."""
    known = {row.id: row for row in rows}
    return [known[id_] for id_ in ids if id_ in known]


def in_batches(found: Select, order: Order, size: int, window: Window | None = None) -> Iterator[list[Any]]:
    """The rows of `found` in `order`, all or those inside `window`, `size` at a time.

    Each batch begins where the last one stopped. Nothing is held between batches: whoever iterates ends the session's
    transaction when it likes. A batch is the caller's own list, to be emptied once it is written.
    """
    window = window or Window(0, _MOST)
    left = window.limit
    ordered = found.order_by(*order.clauses)
    rows = _rows(within(ordered, Window(window.offset, min(size, left))))
    while rows:
        place, was_full = order.place_of(rows[-1]), len(rows) == size
        left -= len(rows)
        yield rows
        rows = _rows(ordered.where(order.after(place)).limit(min(size, left))) if was_full and left else []


def _rows(found: Select) -> list[Any]:
    return list(db.session.scalars(found).unique())
