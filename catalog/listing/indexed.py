"""Lists of datasets, their totals and facets, out of the index: where a database would read every row for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from tantivy import FieldType, Occur, Query, Searcher

from catalog.access import Ownership, Viewer, audience
from catalog.audiences import organization_audience, user_audience
from catalog.db import db
from catalog.listing.criteria import NOT_STATED, DatasetCriteria
from catalog.listing.paging import Window
from catalog.listing.searching import periods_of, present_searcher, search_index
from catalog.model import Organization
from catalog.search.language import read
from catalog.search.matching import between, limited_to, one_of, query_of, silent
from catalog.search.schema import NAMED, UNNAMED, schema

# Smaller catalogues are counted by the database as fast as by the index.
SMALL = 20_000
FEW = 2_000
"""So many datasets are put in order by the database, out of those that the index found."""
# How many values of a facet are told apart beside a list, and where one facet is looked through.
_SOME_VALUES, ALL_VALUES = 1_000, 65_000
_FIELDS = {
    "tags": "f_tag",
    "licenses": "f_license",
    "organizations": "organization",
    "owners": "owner",
    "formats": "f_format",
    "types": "f_type",
    "visibilities": "f_visibility",
    "years": "f_year",
}
_Clauses = list[tuple[Occur, Query]]


class Row(NamedTuple):
    """A value of a facet, how many datasets bear it, and how many values the facet has: None for very many."""

    facet: str
    value: str
    number: int
    total: int | None


@dataclass(frozen=True)
class Indexed:
    """What `viewer` may see, as an index with every change says it."""

    searcher: Searcher
    viewer: Viewer

    def count(self, wanted: DatasetCriteria) -> int:
        """How many datasets `wanted` describes."""
        return self.searcher.search(self._query(wanted), 1).count

    def count_unnamed(self, wanted: DatasetCriteria) -> int:
        """How many of them are unnamed."""
        return self.searcher.search(_both(self._query(wanted), one_of("naming", [UNNAMED])), 1).count

    def ids(self, wanted: DatasetCriteria) -> list[int]:
        """The ids of the datasets that `wanted` describes, of which there are at most FEW."""
        hits = self.searcher.search(self._query(wanted), FEW, count=False).hits
        return self._ids_of(hits)

    def among(self, wanted: DatasetCriteria, ids: Sequence[int]) -> set[int]:
        """Those of `ids` that `wanted` describes."""
        these = Query.term_set_query(schema(), "id", list(ids))
        hits = self.searcher.search(_both(self._query(wanted), these), max(1, len(ids)), count=False).hits
        return set(self._ids_of(hits))

    def ranked(self, wanted: DatasetCriteria, window: Window, total: int, *, is_descending: bool = False) -> list[int]:
        """The ids inside `window` from the best match on, or from the worst, of the `total` that `wanted` describes.

        Equal matches among few come in the order of their ids, however the index was put together.
        """
        query = self._query(wanted)
        limit = min(window.limit, total - window.offset)
        if limit <= 0:
            return []
        if total <= FEW:
            hits = self.searcher.search(query, FEW, count=False).hits
            scored = sorted(zip((-score for score, _ in hits), self._ids_of(hits), strict=True))
            ids = [id_ for _, id_ in scored][:: -1 if is_descending else 1]
            return ids[window.offset : window.offset + limit]
        offset = total - window.offset - limit if is_descending else window.offset
        ids = self._ids_of(self.searcher.search(query, limit, count=False, offset=offset).hits)
        return ids[::-1] if is_descending else ids

    def by_ownership(self, wanted: DatasetCriteria) -> dict[Ownership | None, int]:
        """How many of them reach the viewer in each way; None is all of them."""
        query = self._query(wanted)
        ways = {ownership: _both(query, self._came_by(ownership)) for ownership in Ownership}
        return {None: self.count(wanted), **{way: self.searcher.search(one, 1).count for way, one in ways.items()}}

    def facets(self, wanted: DatasetCriteria, chosen: dict[str, Sequence[str]], limits: dict[str, int]) -> list[Row]:
        """The values of facets by name, `limits` says how many of each: those that are chosen, then the most frequent.

        All are counted over the same datasets.
        """
        most = ALL_VALUES if chosen else _SOME_VALUES
        rows: list[Row] = []
        for name, counted in self._tell(wanted, tuple(limits), most).items():
            ordered = sorted(counted, key=lambda value: _place(value, counted[value], chosen.get(name, ())))
            total = len(counted) if len(counted) < most else None
            rows += [Row(name, value, counted[value], total) for value in ordered[: limits[name]]]
        return rows

    def values(self, wanted: DatasetCriteria, facet: str) -> dict[str, int]:
        """The values of a facet and how many datasets bear each: all of them, or the ALL_VALUES most frequent ones."""
        return self._tell(wanted, (facet,), ALL_VALUES)[facet]

    def _tell(self, wanted: DatasetCriteria, facets: Sequence[str], most: int) -> dict[str, dict[str, int]]:
        sizes = {"size": most, "segment_size": ALL_VALUES}
        asked = {name: {"terms": {"field": f"f_{name}", **sizes}} for name in facets}
        told = self.searcher.aggregate(self._query(wanted), asked)
        return {name: {one["key"]: int(one["doc_count"]) for one in told[name]["buckets"]} for name in facets}

    def _ids_of(self, hits: list[tuple[float, Any]]) -> list[int]:
        return self.searcher.fast_field_values("id", [address for _, address in hits])

    def _query(self, wanted: DatasetCriteria) -> Query:
        sought = read(wanted.text)
        periods = {part: (period.since, period.until) for part, period in periods_of(sought).items()}
        clauses: _Clauses = [(Occur.Must, query_of(sought, periods))] if sought.parts else []
        if wanted.text and not sought.parts:
            return Query.empty_query()
        for name, field in _FIELDS.items():
            if values := getattr(wanted, name):
                clauses.append((Occur.Must, silent(one_of(field, [str(value) for value in values]))))
        if not wanted.with_unnamed:
            clauses.append((Occur.Must, silent(one_of("naming", [NAMED]))))
        if wanted.ownership or wanted.only_reaching:
            clauses.append((Occur.Must, self._came_by(wanted.ownership)))
        if wanted.updated:
            clauses.append((Occur.Must, silent(between(wanted.updated.since, wanted.updated.until))))
        if wanted.only_with_items:
            at_least = Query.range_query(schema(), "items", FieldType.Integer, lower_bound=1)
            clauses.append((Occur.Must, silent(at_least)))
        whole = Query.boolean_query(clauses) if clauses else Query.all_query()
        return limited_to(whole, audience(self.viewer))

    def _came_by(self, ownership: Ownership | None) -> Query:
        """What reaches the viewer in that way; None stands for both."""
        if not self.viewer.is_signed_in:
            return Query.empty_query()
        own = one_of("f_owner", [str(self.viewer.user_id)])
        if ownership is Ownership.MINE:
            return silent(own)
        names = [user_audience(self.viewer.user_id), *map(organization_audience, self.viewer.organization_ids)]
        reached: _Clauses = [(Occur.Must, one_of("audience", names))]
        if ownership is Ownership.SHARED:
            reached.append((Occur.MustNot, own))
        return silent(Query.boolean_query(reached))


def indexed(viewer: Viewer, wanted: DatasetCriteria) -> Indexed | None:
    """What answers from the index, where there is one with every change and it is worth it; else None.

    It is for whatever has words, and for all that is narrowed in a large catalogue.
    """
    is_worth_it = wanted.text or search_index().size() > SMALL
    if not is_worth_it or audience(viewer) is None or (searcher := present_searcher()) is None:
        return None
    return Indexed(searcher, viewer)


def organization_values(keys: Sequence[str]) -> list[str]:
    """What facets call the organizations with these keys."""
    held = db.session.scalars(select(Organization.id).where(Organization.key.in_(keys)))
    return [*map(str, held), *([NOT_STATED] if NOT_STATED in keys else [])]


def _both(first: Query, second: Query) -> Query:
    return Query.boolean_query([(Occur.Must, first), (Occur.Must, second)])


def _place(value: str, number: int, chosen: Sequence[str]) -> tuple[bool, bool, int, str]:
    return value not in chosen, value == NOT_STATED, -number, value
