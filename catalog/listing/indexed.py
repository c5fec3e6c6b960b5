"""Lists, their totals and facets, out of an index: where a database would read every row for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import nlargest
from typing import NamedTuple

from flask import current_app
from sqlalchemy import select
from tantivy import Query

from catalog.access import Ownership, Viewer, audience
from catalog.db import db
from catalog.keeping import key_of
from catalog.listing.criteria import NOT_STATED, AssetCriteria
from catalog.listing.ordering import Ordering, Settle
from catalog.listing.paging import Order, Window, from_nearer_end
from catalog.listing.queries import (
    Criteria,
    came_by,
    can_say,
    is_for_all_alike,
    query_among,
    query_for,
    query_for_anybody,
)
from catalog.listing.searching import present_searcher, search_index
from catalog.listing.shared_counts import (
    Number,
    SharedCounts,
    Telling,
    Told,
    Values,
    told_of_all,
    told_of_what_reaches,
    told_together,
)
from catalog.listing.stretches import ENOUGH, Ends, Stretch, Stretches, narrowed, stretches_of
from catalog.model import Organization
from catalog.search.clauses import all_of, of_datasets, one_of, silent, without
from catalog.search.forms import ASSETS, DATASETS
from catalog.search.language import read
from catalog.search.matching import called, limited_to, titled
from catalog.search.schema import FACET, NAMED, UNNAMED
from catalog.search.searcher import Searcher

# Smaller lists are counted by the database as fast as by the index.
SMALL = 20_000
MANY = 50_000
"""Of more matches than this the best are looked for among those whose titles say so first."""
FEW = 2_000
"""So many rows are put in order by the database, out of those that the index found."""
_FEW_TOLD = 5_000
# How many values of a facet are told apart beside a list, and where one facet is looked through.
SOME_VALUES, ALL_VALUES = 1_000, 65_000


class Row(NamedTuple):
    """A value of a facet, how many rows bear it, and how many values the facet has: None for very many."""

    facet: str
    value: str
    number: int
    total: int | None


@dataclass(frozen=True)
class Indexed:
    """What `viewer` may see, as an index with every change says it."""

    searcher: Searcher
    viewer: Viewer

    def count(self, wanted: Criteria) -> int:
        """How many rows `wanted` describes."""
        if not is_for_all_alike(wanted):
            return self._count_reaching(wanted, self._query(wanted), "all")
        if self._is_of_few(wanted):
            return self._number(wanted)
        return told_together(self.viewer, wanted, self.searcher, Number())[""].get("", 0)

    def count_unnamed(self, wanted: Criteria) -> int:
        """How many of them are unnamed."""
        return self._count(all_of(self._query(wanted), one_of("value.naming", [UNNAMED])))

    def among(self, wanted: Criteria, ids: Sequence[int]) -> set[int]:
        """The ids of the rows of the datasets `ids` that `wanted` describes: theirs, in an index of assets."""
        query = all_of(self._query(wanted), of_datasets(ids))
        found = self.searcher.search(query, max(1, len(ids)))
        if found.count > len(found.hits):
            found = self.searcher.search(query, found.count)
        return set(self.searcher.numbers("id", found.hits))

    def ids(self, wanted: Criteria) -> list[int]:
        """The ids of the rows that `wanted` describes, of which there are at most FEW."""
        hits = self.searcher.search(self._query(wanted), FEW, count=False).hits
        return self.searcher.numbers("id", hits)

    def called(self, words: Sequence[str], limit: int) -> list[int]:
        """The ids of the named rows in whose names `words` stand, the best first; equal ones by id, among few."""
        query = limited_to(all_of(called(words), silent(one_of("value.naming", [NAMED]))), audience(self.viewer))
        hits = self.searcher.search(query, limit * 10, count=False).hits
        scored = sorted(zip((-score for score, _ in hits), self.searcher.numbers("id", hits), strict=True))
        return [id_ for _, id_ in scored[:limit]]

    def ranked(self, wanted: Criteria, window: Window, total: int, *, is_descending: bool = False) -> list[int]:
        """The ids inside `window` from the best match on, or from the worst, of the `total` that `wanted` describes.

        Equal matches among few come in the order of their ids, however the index was put together.
        """
        inside = window.cut_to(total)
        if total <= FEW:
            hits = self.searcher.search(self._query(wanted, is_scored=True), FEW, count=False).hits
            scored = sorted(zip((-score for score, _ in hits), self.searcher.numbers("id", hits), strict=True))
            ids = [id_ for _, id_ in scored][:: -1 if is_descending else 1]
            return ids[inside.offset : inside.offset + inside.limit]
        if is_descending:
            return self._best(wanted, inside.from_end(total), total)[::-1]
        return self._best(wanted, inside, total)

    def sorted(self, wanted: Criteria, order: Order, window: Window, total: int, settle: Settle) -> list[int]:
        """The ids inside `window` in an order that has a field, of the `total` rows that `wanted` describes.

        `settle` puts those in order of which the index does not know it: texts that begin alike.
        """
        query = self._query(wanted)

        def read(order: Order, window: Window) -> list[int]:
            if total <= ENOUGH:
                return Ordering(self.searcher, query, settle).ids_of_few(order, window, total)
            stretch = self._stretch(wanted, order, window, total)
            if stretch is None:
                return Ordering(self.searcher, query, settle).ids(order, window)
            inside = Ordering(self.searcher, all_of(query, stretch.numbers.query(order.field)), settle)
            if stretch.total <= ENOUGH:
                return inside.ids_of_few(order, stretch.window, stretch.total)
            if stretch.is_of_one:
                return inside.ids_alike(order, stretch.window)
            return inside.ids(order, stretch.window)

        return list(from_nearer_end(read, order, window, total))

    def _stretch(self, wanted: Criteria, order: Order, window: Window, total: int) -> Stretch | None:
        """Where the rows of a window lie in an order; None where that cannot be said."""
        kept: SharedCounts = current_app.extensions["catalog_shared_counts"]
        size = self.searcher.num_docs.bit_length()
        key = partial(key_of, type(wanted), size)
        ends = kept.told_once(key, self.searcher, Query.all_query(), Ends(order.field))

        def tell(stretches: Stretches) -> Told:
            if stretches.within is None:
                return self._tell(wanted, stretches)
            return stretches.of(self.searcher, self._query(wanted))

        return narrowed(tell, stretches_of(order.field, ends[""]), order, window, total)

    def by_ownership(self, wanted: Criteria) -> dict[Ownership | None, int]:
        """How many of them reach the viewer in each way; None is all of them."""
        told: dict[Ownership | None, int] = {None: self.count(wanted)}
        for way in Ownership:
            query = query_among(self.viewer, wanted, self.searcher, came_by(self.viewer, way))
            told[way] = self._count_reaching(wanted, query, way)
        return told

    def facets(self, wanted: Criteria, chosen: dict[str, Sequence[str]], limits: dict[str, int]) -> list[Row]:
        """The values of facets by name, `limits` says how many of each: those that are chosen, then the most frequent.

        All are counted over the same rows.
        """
        most = ALL_VALUES if chosen else SOME_VALUES
        rows: list[Row] = []
        for name, counted in self._tell(wanted, _values(tuple(limits), most)).items():
            total = len(counted) if len(counted) < most else None
            if total is None:  # what is chosen may be rarer than all that was told
                rare = [value for value in chosen.get(name, ()) if value not in counted]
                counted = {**counted, **self._counted_one_by_one(wanted, name, rare)}
            shown = _first(counted, chosen.get(name, ()), limits[name])
            rows += [Row(name, value, counted[value], total) for value in shown]
        return rows

    def _counted_one_by_one(self, wanted: Criteria, facet: str, values: Sequence[str]) -> dict[str, int]:
        """Those of `values` that rows bear, and how many."""
        bearing = {value: all_of(self._query(wanted), one_of(f"{FACET}.{facet}", [value])) for value in values}
        return {value: number for value, query in bearing.items() if (number := self._count(query))}

    def values(self, wanted: Criteria, facet: str) -> dict[str, int]:
        """The values of a facet and how many rows bear each: all of them, or the ALL_VALUES most frequent ones."""
        return self._tell(wanted, _values((facet,), ALL_VALUES))[facet]

    def _tell(self, wanted: Criteria, telling: Telling) -> Told:
        """What `telling` tells of the rows that `wanted` describes."""
        if is_for_all_alike(wanted) and not self._is_of_few(wanted):
            together = told_together(self.viewer, wanted, self.searcher, telling)
            if all(len(counted) < telling.most for counted in together.values()):
                return together
        return telling.of(self.searcher, self._query(wanted))

    def _is_of_few(self, wanted: Criteria) -> bool:
        """Whether a rare word leaves few rows: to tell of these takes less than to add up what is told of parts."""
        return self.searcher.once(("few", wanted), lambda: is_for_all_alike(wanted) and self._leaves_few(wanted))

    def _leaves_few(self, wanted: Criteria) -> bool:
        words = read(wanted.text).words
        if not any(self.searcher.doc_freq("exact", word) <= _FEW_TOLD for word in words):
            return False
        kept: SharedCounts = current_app.extensions["catalog_shared_counts"]
        query = query_for_anybody(wanted, self.searcher)
        return kept.told(wanted, "anybody", self.searcher, query, Number())[""].get("", 0) <= _FEW_TOLD

    def _number(self, wanted: Criteria) -> int:
        return told_of_all(self.viewer, wanted, self.searcher, Number(), self._query(wanted))[""][""]

    def _query(self, wanted: Criteria, *, is_scored: bool = False) -> Query:
        is_of_few = self._is_of_few(wanted)
        return query_for(self.viewer, wanted, self.searcher, is_scored=is_scored, is_of_few=is_of_few)

    def _count_reaching(self, wanted: Criteria, query: Query, about: str) -> int:
        """How many rows match `query`, which are `wanted` and reach the viewer by more than their visibility."""
        told = told_of_what_reaches(self.viewer, wanted, self.searcher, Number(), query, about=about)
        return told[""][""]

    def _count(self, query: Query) -> int:
        return self.searcher.search(query, 1).count

    def _best(self, wanted: Criteria, window: Window, total: int) -> list[int]:
        """The best matches inside `window` of `total`; of very many those come first whose titles have every word.

        Nearly all of the best have, and to weigh the others takes several times as long.
        """
        query, best = self._query(wanted, is_scored=True), titled(read(wanted.text))
        if total <= MANY or best is None:
            return self._met(query, window)[0]
        in_titles = query_for(self.viewer, wanted, self.searcher, in_titles=True)
        ids, number = self._met(in_titles, window)
        rest = Window(max(0, window.offset - number), window.limit - len(ids))
        return [*ids, *self._met(without(best, query), rest)[0]]

    def _met(self, query: Query, window: Window) -> tuple[list[int], int]:
        """The ids of the best matches of `query` inside `window`, and how many there are."""
        if not window.limit:
            return [], 0
        found = self.searcher.search(query, window.limit, offset=window.offset)
        return self.searcher.numbers("id", found.hits), found.count


def indexed(viewer: Viewer, wanted: Criteria) -> Indexed | None:
    """What answers from the index, where there is one with every change and it is worth it; else None.

    It is for whatever has words, and for all that is narrowed in a large catalogue.
    """
    form = ASSETS if isinstance(wanted, AssetCriteria) else DATASETS
    is_worth_it = wanted.text or search_index(form).size() > SMALL
    if not is_worth_it or audience(viewer) is None or not can_say(wanted):
        return None
    searcher = present_searcher(form)
    return None if searcher is None else Indexed(searcher, viewer)


def organization_values(keys: Sequence[str]) -> list[str]:
    """What facets call the organizations with these keys."""
    held = db.session.scalars(select(Organization.id).where(Organization.key.in_(keys)))
    return [*map(str, held), *([NOT_STATED] if NOT_STATED in keys else [])]


def _values(facets: Sequence[str], most: int) -> Values:
    """The values of each of `facets` with their counts, at most the `most` frequent ones of each."""
    return Values({name: f"{FACET}.{name}" for name in facets}, most)


def _first(counted: Mapping[str, int], chosen: Sequence[str], limit: int) -> list[str]:
    """The first values of a facet: what is `chosen`, then the most frequent ones, what is not stated at the end."""

    def place(value: str) -> tuple[bool, bool, int, str]:
        return value not in chosen, value == NOT_STATED, -counted[value], value

    # Of very many values few are shown: the others are left out before they are put in order.
    least = min(nlargest(limit + 1, counted.values()), default=0)
    return sorted((one for one in counted if counted[one] >= least or one in chosen), key=place)[:limit]
