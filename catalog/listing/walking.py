"""Pages of much that is narrowed, in an order that the index does not know: the database is walked through in order.

The index says which of what is met counts. To hand hundreds of thousands of ids to the database, for it to put 25 of
them on a page, would take seconds.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice

from sqlalchemy import ColumnElement, Row, Select

from catalog.db import db
from catalog.listing.paging import Order, Window, from_nearer_end

_FIRST, _MOST = 250, 16_000
Among = Callable[[Sequence[int]], Collection[int]]
"""Says of the datasets with some ids which of their rows count."""


def ids_walked_to(
    everything: Select, holder: ColumnElement[int], among: Among, order: Order, window: Window, total: int
) -> list[int]:
    """The ids inside `window` of the `total` rows of `everything` that count, in order, from the nearer end."""

    def read(order: Order, window: Window) -> list[int]:
        return list(islice(walked(everything, holder, among, order), window.offset, window.offset + window.limit))

    return list(from_nearer_end(read, order, window, total))


def walked(everything: Select, holder: ColumnElement[int], among: Among, order: Order) -> Iterator[int]:
    """The ids of the rows of `everything` that count, in order; `holder` is the column that names their dataset.

    Nothing is held between one stretch and the next, as between batches.
    """
    for rows in _stretches(everything.with_only_columns(order.column, order.key, holder), order):
        counting = among(list({row[2] for row in rows}))
        yield from (row[1] for row in rows if row[1] in counting)


def _stretches(everything: Select, order: Order) -> Iterator[Sequence[Row]]:
    """Everything in order, a few rows first, then more and more at a time."""
    ordered = everything.order_by(*order.clauses)
    size, place = _FIRST, None
    while rows := db.session.execute((ordered.where(order.after(place)) if place else ordered).limit(size)).all():
        yield rows
        place, size = tuple(rows[-1][:2]), min(size * 2, _MOST)
