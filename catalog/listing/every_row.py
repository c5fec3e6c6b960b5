"""The rows of a list of the org dialect that nothing narrows, told by the index without reading one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from tantivy import Query

from catalog.listing.criteria import DatasetCriteria
from catalog.listing.indexed import ALL_VALUES, SOME_VALUES, Indexed
from catalog.listing.queries import query_of_closed_rows, query_of_rows
from catalog.listing.shared_counts import Told, Values, told_of_what_reaches, told_together
from catalog.search.clauses import all_of

# The rows that datasets have, added up.
_ADDED = {"rows": {"sum": {"field": "rows"}}}


@dataclass(frozen=True)
class EveryRow:
    """What a publisher, an organization or a user, shows a viewer."""

    index: Indexed
    organization_id: int | None
    user_id: int | None
    with_public: bool
    """Whether all that is open to whoever is signed in comes along."""

    @property
    def query(self) -> Query:
        """The datasets whose rows these are."""
        return query_of_rows(self.index.viewer, self.organization_id, self.user_id, with_public=self.with_public)

    def told(self, fields: Mapping[str, str]) -> Told:
        """The values of `fields` and how many datasets bear each, the most frequent ones."""
        telling = Values(fields, SOME_VALUES)
        asked = (self.index.viewer, DatasetCriteria(), self.index.searcher, telling)
        whose = (self.organization_id, self.user_id)
        if self.with_public:
            told = told_together(*asked, query_of_closed_rows(self.index.viewer, *whose), about=whose)
        else:
            told = told_of_what_reaches(*asked, self.query, about=("alone", *whose))
        if all(len(counted) < SOME_VALUES for counted in told.values()):
            return told
        return telling.of(self.index.searcher, self.query)

    def count(self) -> int:
        """How many rows there are: one for each version, and one for a dataset without."""
        counted = self.told({"rows": "rows"})["rows"]
        if len(counted) >= SOME_VALUES:  # so many numbers of versions that some are not told
            return int(self.index.searcher.aggregate(self.query, _ADDED)["rows"]["value"])
        return sum(int(rows) * number for rows, number in counted.items())

    def count_by(self, field: str, within: Query | None = None) -> dict[str, int]:
        """How many of them, of datasets that match `within`, have each value of `field`, at most ALL_VALUES ones."""
        query = self.query if within is None else all_of(self.query, within)
        by_value = {"terms": {"field": field, "size": ALL_VALUES, "segment_size": ALL_VALUES}, "aggs": _ADDED}
        told = self.index.searcher.aggregate(query, {"values": by_value})["values"]["buckets"]
        return {one["key"]: int(one["rows"]["value"]) for one in told}
