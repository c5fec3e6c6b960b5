"""Facets added up of parts: what is open to all is counted once for all, until it changes; the rest for each viewer.

Of a million datasets a member sees some hundred thousand that everybody sees, and some hundreds more.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping

from flask import current_app
from tantivy import Query, Searcher

from catalog.access import Viewer
from catalog.audiences import EVERYBODY, SIGNED_IN
from catalog.keeping import Memory
from catalog.listing.generations import last_change_of
from catalog.listing.queries import Criteria, open_queries, query_for_the_rest
from catalog.model import Visibility

Told = Mapping[str, Mapping[str, int]]
"""The values of facets, by the name of each, and how many rows bear them."""
_AUDIENCES = {Visibility.PUBLIC: EVERYBODY, Visibility.INTERNAL: SIGNED_IN}
# How many values are kept in a process, of whatever facets.
_MOST_VALUES = 200_000


def new_memory() -> Memory[Hashable, Told]:
    """What one process keeps of what was counted for all alike."""
    return Memory(_MOST_VALUES, _size)


def _size(told: Told) -> int:
    return 10 + sum(map(len, told.values()))


def told_of(searcher: Searcher, query: Query, fields: Mapping[str, str], most: int) -> Told:
    """The values of `fields`, by the name of each, of what matches `query`, at most the `most` frequent ones."""
    asked = {name: {"terms": {"field": field, "size": most, "segment_size": 65_000}} for name, field in fields.items()}
    told = searcher.aggregate(query, asked)
    return {name: {one["key"]: int(one["doc_count"]) for one in told[name]["buckets"]} for name in fields}


def told_together(viewer: Viewer, wanted: Criteria, tell: Callable[[Query], Told], what: Hashable) -> Told:
    """What `tell` tells of everything that `viewer` sees, added up; `what` names what is told.

    Values that are not among the most frequent ones of a part are missing in it: then the sum has as many or more.
    """
    kept: Memory[Hashable, Told] = current_app.extensions["catalog_shared_counts"]
    parts = [tell(query_for_the_rest(viewer, wanted))]
    for visibility, query in open_queries(viewer, wanted).items():
        key = (last_change_of(_AUDIENCES[visibility]), visibility, repr(wanted), what)
        if (told := kept.find(key)) is None:
            told = tell(query)
            kept.keep(key, told)
        parts.append(told)
    return {name: sum((Counter(part[name]) for part in parts), Counter()) for name in parts[0]}
