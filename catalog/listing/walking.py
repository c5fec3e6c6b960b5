"""Pages of much that is narrowed, in an order that the index does not know: the database is walked through in order.

The index says which of what is met counts. To hand hundreds of thousands of ids to the database, for it to put 25 of
them on a page, would take seconds.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from sqlalchemy import Select

from catalog.db import db
from catalog.listing.paging import Order, Window, from_nearer_end

_FIRST, _MOST = 250, 16_000
Among = Callable[[Sequence[int]], Collection[int]]
"""Says which of some ids count."""


def ids_walked_to(everything: Select, among: Among, order: Order, window: Window, total: int) -> list[int]:
    """The ids inside `window` of the `total` rows of `everything` that count, in order, from the nearer end."""
    return list(from_nearer_end(partial(_walked, everything, among), order, window, total))


def _walked(everything: Select, among: Among, order: Order, window: Window) -> list[int]:
    found: list[int] = []
    skipped = window.offset
    for ids in _stretches(everything, order):
        if len(found) >= window.limit:
            break
        counting = among(ids)
        here = [id_ for id_ in ids if id_ in counting]
        found += here[skipped : skipped + window.limit - len(found)]
        skipped = max(0, skipped - len(here))
    return found


def _stretches(everything: Select, order: Order) -> Iterator[list[int]]:
    """The ids of everything in order, a few first, then more and more at a time."""
    ordered = everything.with_only_columns(order.column, order.key).order_by(*order.clauses)
    size, place = _FIRST, None
    while rows := db.session.execute((ordered.where(order.after(place)) if place else ordered).limit(size)).all():
        yield [row[1] for row in rows]
        place, size = tuple(rows[-1]), min(size * 2, _MOST)
