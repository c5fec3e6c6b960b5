"""Pages of much that is narrowed, in an order of the database's: it is walked through, and the index says what counts.

To hand hundreds of thousands of ids that match to the database, for it to put 25 of them on a page, would take seconds.
"""

from collections.abc import Iterator

from sqlalchemy import Select

from catalog.access import Viewer, visible_datasets
from catalog.db import db
from catalog.listing.criteria import DatasetCriteria
from catalog.listing.indexed import Indexed
from catalog.listing.narrowing import narrow_datasets
from catalog.listing.paging import Order, Window

_FIRST, _MOST = 250, 16_000


def ids_walked_to(
    viewer: Viewer, wanted: DatasetCriteria, index: Indexed, order: Order, window: Window, total: int
) -> list[int]:
    """The ids inside `window` of the `total` datasets that `wanted` describes, in order, from the nearer end."""
    limit = min(window.limit, total - window.offset)
    if limit <= 0:
        return []
    from_end = total - window.offset - limit
    if from_end < window.offset:
        return _walked(viewer, wanted, index, order.reversed, from_end, limit)[::-1]
    return _walked(viewer, wanted, index, order, window.offset, limit)


def _walked(
    viewer: Viewer, wanted: DatasetCriteria, index: Indexed, order: Order, offset: int, limit: int
) -> list[int]:
    found: list[int] = []
    everything = DatasetCriteria(with_unnamed=wanted.with_unnamed)
    for ids in _stretches(narrow_datasets(visible_datasets(viewer), viewer, everything), order):
        met = index.among(wanted, ids)
        here = [id_ for id_ in ids if id_ in met]
        found += here[offset : offset + limit - len(found)]
        offset = max(0, offset - len(here))
        if len(found) >= limit:
            break
    return found


def _stretches(everything: Select, order: Order) -> Iterator[list[int]]:
    """The ids of everything in order, a few first, then more and more at a time."""
    ordered = everything.with_only_columns(order.column, order.key).order_by(*order.clauses)
    size, place = _FIRST, None
    while rows := db.session.execute((ordered.where(order.after(place)) if place else ordered).limit(size)).all():
        yield [row[1] for row in rows]
        if len(rows) < size:
            return
        place, size = tuple(rows[-1]), min(size * 2, _MOST)
