"""Pages out of an index in an order: by a number that each row has, and certain where several have the same one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from tantivy import Order as Direction
from tantivy import Query

from catalog.listing.paging import Order, Window
from catalog.search.clauses import all_of, numbered
from catalog.search.schema import is_whole
from catalog.search.searcher import Searcher

Settle = Callable[[Sequence[int], Order, Window], list[int]]
"""Gives the ids inside a window out of some that it puts in order."""


@dataclass(frozen=True)
class Ordering:
    """What matches `query`, to be put in order.

    An index orders by one number, and rows of equal ones by chance; of a text that is the number of its beginning.
    Equal numbers come by their ids, and texts that begin alike as `settle` says.
    """

    searcher: Searcher
    query: Query
    settle: Settle

    def ids(self, order: Order, window: Window) -> list[int]:
        """The ids inside `window`, in which there are rows; with the neighbours on both sides one sees whether the rows
        of a number all lie inside.
        """
        hits = self._hits(self.query, order.field, window.with_neighbours(), order)
        values, ids = self.searcher.numbers(order.field, hits), self.searcher.numbers("id", hits)
        first = min(1, window.offset)
        ordered: list[int] = []
        for value, places in groupby(range(first, first + window.limit), key=lambda place: values[place]):
            those = list(places)
            is_begun_before = those[0] > 0 and values[those[0] - 1] == value
            if is_begun_before or values[those[-1] + 1 : those[-1] + 2] == [value]:
                skipped = window.offset - self._count_before(order, value) if is_begun_before else 0
                ordered += self._alike(order, value, Window(skipped, len(those)))
            else:
                ordered += self._settled(order, value, [ids[place] for place in those])
        return ordered

    def ids_of_few(self, order: Order, window: Window, total: int) -> list[int]:
        """The ids inside `window`, where there are no more than `total` rows that are read all at once."""
        hits = self.searcher.search(self.query, total, count=False).hits
        pairs = zip(self.searcher.numbers(order.field, hits), self.searcher.numbers("id", hits), strict=True)
        ordered: list[int] = []
        place = first = 0
        for value, same in groupby(sorted(pairs, reverse=order.is_descending), key=itemgetter(0)):
            ids = [id_ for _, id_ in same]
            if place + len(ids) > window.offset:
                first = first if ordered else place
                ordered += self._settled(order, value, ids)
            place += len(ids)
            if place >= window.offset + window.limit:
                break
        return ordered[window.offset - first :][: window.limit]

    def ids_alike(self, order: Order, window: Window) -> list[int]:
        """The ids inside `window`, where all rows have the same number, which is not the beginning of a text."""
        return self.searcher.numbers("id", self._hits(self.query, "id", window, order))

    def _settled(self, order: Order, value: int, ids: Sequence[int]) -> list[int]:
        """All rows of a number."""
        if len(ids) == 1 or _is_settled_by_id(order, value):
            return sorted(ids, reverse=order.is_descending)
        return self.settle(ids, order, Window(0, len(ids)))

    def _alike(self, order: Order, value: int, window: Window) -> list[int]:
        """Some of the rows of a number."""
        same = all_of(self.query, numbered(order.field, value, value))
        if _is_settled_by_id(order, value):
            return self.searcher.numbers("id", self._hits(same, "id", window, order))
        number = self.searcher.search(same, 1).count
        return self.settle(self.searcher.numbers("id", self._hits(same, "id", Window(0, number), order)), order, window)

    def _count_before(self, order: Order, value: int) -> int:
        bounds = (value, None) if order.is_descending else (None, value)
        return self.searcher.search(all_of(self.query, numbered(order.field, *bounds, is_open=True)), 1).count

    def _hits(self, query: Query, field: str, window: Window, order: Order) -> list[tuple[Any, Any]]:
        direction = Direction.Desc if order.is_descending else Direction.Asc
        asked = {"count": False, "offset": window.offset, "order_by_field": field, "order": direction}
        return self.searcher.search(query, window.limit, **asked).hits


def _is_settled_by_id(order: Order, value: int) -> bool:
    return not order.is_of_text or is_whole(value)
