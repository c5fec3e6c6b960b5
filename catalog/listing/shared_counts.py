"""Facets added up of parts: what is open to all is counted once for all and brought up to date by what changes; the
rest is counted for each viewer.

Of a million datasets a member sees some hundred thousand that everybody sees, and some hundreds more.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app
from tantivy import Query, Searcher

from catalog.access import Viewer
from catalog.keeping import Memory, key_of
from catalog.listing.queries import Criteria, open_queries, query_for_the_rest
from catalog.listing.searching import periods_of
from catalog.search.following import Mark, changed_ids, is_of_this_journal
from catalog.search.index import mark_of
from catalog.search.language import read
from catalog.search.matching import all_of, frequent_words
from catalog.search.schema import schema

Told = Mapping[str, Mapping[str, int]]
"""The values of facets, by the name of each, and how many rows bear them."""
Tell = Callable[[Searcher, Query], Told]
"""Tells it of what matches a query, by a state of an index."""
# How many values are kept in a process, of whatever facets.
_MOST_VALUES = 100_000
# How many states of an index are held on to, each with the files that it had then.
_MOST_STATES = 8
# When more datasets have changed, counting anew takes no longer than looking at them.
_MOST_CHANGED = 200


@dataclass(frozen=True)
class _Counted:
    """What was counted, and of which state of the index."""

    mark: Mark
    told: Told


class SharedCounts:
    """What one process keeps of what was counted for all alike."""

    def __init__(self) -> None:
        self._kept: Memory[Hashable, _Counted] = Memory(_MOST_VALUES, _size)
        self._states: Memory[Hashable, Searcher] = Memory(_MOST_STATES)
        self._changed: Memory[tuple[Mark, Mark], Sequence[int]] = Memory(_MOST_STATES)

    def clear(self) -> None:
        """Keep nothing."""
        for memory in (self._kept, self._states, self._changed):
            memory.clear()

    def told(self, wanted: Criteria, what: Hashable, most: int, searcher: Searcher, query: Query, tell: Tell) -> Told:
        """What `tell` tells of `query`, which is of `wanted`, by the state of `searcher`; `what` names what is told.

        Where it was told before, the datasets that changed since are counted as they were then and as they are now.
        """
        mark = mark_of(searcher)
        sought = read(wanted.text)
        speaks_of_today = bool(periods_of(sought))
        key = key_of(wanted, what, frequent_words(sought, searcher), mark if speaks_of_today else "")
        held = self._kept.find(key)
        if held is not None and held.mark == mark:
            return held.told
        told = self._brought_up_to_date(held, type(wanted), most, mark, searcher, query, tell) if held else None
        if told is None:
            told = tell(searcher, query)
        if mark is not None and (held is None or held.mark.seq <= mark.seq):
            self._states.keep((type(wanted), mark), searcher)
            self._kept.keep(key, _Counted(mark, told))
        return told

    def _brought_up_to_date(
        self, held: _Counted, kind: type, most: int, mark: Mark, searcher: Searcher, query: Query, tell: Tell
    ) -> Told | None:
        """What is `held` as it is now; None where it has to be told anew."""
        before = self._states.find((kind, held.mark))
        is_whole = all(len(counted) < most for counted in held.told.values())
        if before is None or not is_whole or mark.seq < held.mark.seq:
            return None
        ids = self._changed_between(held.mark, mark)
        if ids is None or len(ids) > _MOST_CHANGED:
            return None
        if not ids:
            return held.told
        changed = all_of(query, Query.term_set_query(schema(), "dataset", ids))
        then, now = tell(before, changed), tell(searcher, changed)
        return {name: _moved(counted, then[name], now[name]) for name, counted in held.told.items()}

    def _changed_between(self, before: Mark, after: Mark) -> Sequence[int] | None:
        """The ids of the datasets that changed from one mark to another; None where the first is of another journal."""
        ids = self._changed.find((before, after))
        if ids is None and is_of_this_journal(before, after):
            ids = changed_ids(before, after, _MOST_CHANGED + 1)
            self._changed.keep((before, after), ids)
        return ids


def told_of(searcher: Searcher, query: Query, fields: Mapping[str, str], most: int) -> Told:
    """The values of `fields`, by the name of each, of what matches `query`, at most the `most` frequent ones."""
    asked = {name: {"terms": {"field": field, "size": most, "segment_size": 65_000}} for name, field in fields.items()}
    told = searcher.aggregate(query, asked)
    return {name: {one["key"]: int(one["doc_count"]) for one in told[name]["buckets"]} for name in fields}


def told_together(
    viewer: Viewer,
    wanted: Criteria,
    searcher: Searcher,
    fields: Mapping[str, str],
    most: int,
    rest: Query | None = None,
) -> Told:
    """The values of `fields` of everything that `viewer` sees and `wanted` describes, added up, as `told_of` tells.

    `rest` says what of it there is beside what is open; where it is None, that is all that reaches the viewer.
    Values that are not among the `most` frequent ones of a part are missing in it: then the sum has as many or more.
    """

    def tell(state: Searcher, query: Query) -> Told:
        return told_of(state, query, fields, most)

    kept: SharedCounts = current_app.extensions["catalog_shared_counts"]
    parts = [tell(searcher, query_for_the_rest(viewer, wanted, searcher) if rest is None else rest)]
    for visibility, query in open_queries(viewer, wanted, searcher).items():
        parts.append(kept.told(wanted, (visibility, tuple(fields), most), most, searcher, query, tell))
    return {name: sum((Counter(part[name]) for part in parts), Counter()) for name in fields}


def _moved(counted: Mapping[str, int], then: Mapping[str, int], now: Mapping[str, int]) -> Mapping[str, int]:
    """The numbers of `counted` where some rows that were counted `then` are counted `now`."""
    moved = dict(counted)
    for value in {*then, *now}:
        moved[value] = moved.get(value, 0) + now.get(value, 0) - then.get(value, 0)
        if not moved[value]:
            del moved[value]
    return moved


def _size(counted: _Counted) -> int:
    return 10 + sum(map(len, counted.told.values()))
