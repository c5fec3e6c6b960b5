"""Facets added up of parts: what is open to all is counted once for all and brought up to date by what changes; the
rest is counted for each viewer.

Of a million datasets a member sees some hundred thousand that everybody sees, and some hundreds more.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import current_app
from tantivy import Query

from catalog.access import Viewer
from catalog.keeping import Memory, key_of
from catalog.listing.generations import present_generations
from catalog.listing.queries import Criteria, open_queries, query_for_the_rest
from catalog.listing.searching import periods_of
from catalog.search.clauses import all_of, of_datasets
from catalog.search.following import Mark, changed_ids, is_of_this_journal, mark_of
from catalog.search.language import read
from catalog.search.matching import frequent_words
from catalog.search.searcher import Searcher

Told = Mapping[str, Mapping[str, int]]
"""The values of facets, by the name of each, and how many rows bear them."""
# How many values are kept in a process, of whatever facets.
_MOST_VALUES = 100_000
# How many states of an index are held on to, each with the files that it had then.
_MOST_STATES = 8
# Every row has one value of this facet.
_ONE_EACH = "visibility"
# When more datasets have changed, counting anew takes no longer than looking at them.
_MOST_CHANGED = 200


class Telling(Protocol):
    """What is told of whatever matches a query; equal ones are written alike as text."""

    most: int
    """Where a facet has so many values, or more, not all of them are told."""

    def of(self, searcher: Searcher, query: Query) -> Told:
        """What a state of an index tells."""
        ...


@dataclass(frozen=True)
class Values(Telling):
    """The values of facets."""

    fields: Mapping[str, str]
    """The field of an index for each, by its name."""
    most: int
    """How many are told of each, the most frequent ones."""

    def of(self, searcher: Searcher, query: Query) -> Told:
        """The values, by the name of each facet, and how many rows bear each."""
        asked = {
            name: {"terms": {"field": field, "size": self.most, "segment_size": 65_000}}
            for name, field in self.fields.items()
        }
        told = searcher.aggregate(query, asked)
        return {name: {one["key"]: int(one["doc_count"]) for one in told[name]["buckets"]} for name in self.fields}


@dataclass(frozen=True)
class Number(Telling):
    """How many rows there are."""

    most: int = 2

    def of(self, searcher: Searcher, query: Query) -> Told:
        """The number, as of the one value of one facet, which all rows bear; neither has a name."""
        return {"": {"": searcher.search(query, 1).count}}


@dataclass(frozen=True)
class _Counted:
    """What was counted, and of which state of the index."""

    mark: Mark
    told: Told


class SharedCounts:
    """What one process keeps of what was counted for all alike."""

    def __init__(self) -> None:
        self._kept: Memory[Hashable, _Counted] = Memory(_MOST_VALUES, lambda counted: _size(counted.told))
        self._of_viewers: Memory[Hashable, Told] = Memory(_MOST_VALUES, _size)
        self._states: Memory[Hashable, Searcher] = Memory(_MOST_STATES)
        self._changed: Memory[tuple[Mark, Mark], Sequence[int]] = Memory(_MOST_STATES)

    def clear(self) -> None:
        """Keep nothing."""
        for memory in (self._kept, self._of_viewers, self._states, self._changed):
            memory.clear()

    def told(self, wanted: Criteria, part: str, searcher: Searcher, query: Query, telling: Telling) -> Told:
        """What `telling` tells of `query`, by the state of `searcher`: of `wanted`, some `part` of it.

        Where it was told before, the datasets that changed since are counted as they were then and as they are now.
        """
        if searcher.is_ahead:
            return telling.of(searcher, query)
        mark = mark_of(searcher)
        key = key_of(part, *_asked(wanted, searcher, telling))
        held = self._kept.find(key)
        if held is not None and held.mark == mark:
            return held.told
        told = self._brought_up_to_date(held, type(wanted), mark, searcher, query, telling) if held else None
        if told is None:
            told = telling.of(searcher, query)
        if mark is not None and (held is None or held.mark.seq <= mark.seq):
            self._states.keep((type(wanted), mark), searcher)
            self._kept.keep(key, _Counted(mark, told))
            for other, implied in _implied(telling, told):
                self._kept.keep(key_of(part, *_asked(wanted, searcher, other)), _Counted(mark, implied))
        return told

    def told_once(self, key: Callable[[Telling], Hashable], searcher: Searcher, query: Query, telling: Telling) -> Told:
        """What `telling` tells of `query`; `key` names the query, how fresh it is, and what is told of it."""
        if searcher.is_ahead:
            return telling.of(searcher, query)
        if (told := self._of_viewers.find(key(telling))) is None:
            told = telling.of(searcher, query)
            for other, known in ((telling, told), *_implied(telling, told)):
                self._of_viewers.keep(key(other), known)
        return told

    def _brought_up_to_date(
        self, held: _Counted, kind: type, mark: Mark, searcher: Searcher, query: Query, telling: Telling
    ) -> Told | None:
        """What is `held`, of an earlier state or a later one, as it is in this one; None where it is told anew."""
        before = self._states.find((kind, held.mark))
        is_whole = all(len(counted) < telling.most for counted in held.told.values())
        if before is None or not is_whole:
            return None
        ids = self._changed_between(held.mark, mark)
        if ids is None or len(ids) > _MOST_CHANGED:
            return None
        if not ids:
            return held.told
        changed = all_of(query, of_datasets(ids))
        then, now = telling.of(before, changed), telling.of(searcher, changed)
        return {name: _moved(counted, then[name], now[name]) for name, counted in held.told.items()}

    def _changed_between(self, held: Mark, mark: Mark) -> Sequence[int] | None:
        """The ids of the datasets that changed between two marks, of which the present transaction sees the second.

        None where the first is of another journal, or of changes that nobody has looked at yet who sees them.
        """
        before, after = sorted((held, mark), key=lambda one: one.seq)
        ids = self._changed.find((before, after))
        if ids is None and after == mark and is_of_this_journal(before, after):
            ids = changed_ids(before, after, _MOST_CHANGED + 1)
            self._changed.keep((before, after), ids)
        return ids


def told_together(
    viewer: Viewer,
    wanted: Criteria,
    searcher: Searcher,
    telling: Telling,
    rest: Query | None = None,
    about: Hashable = None,
) -> Told:
    """What `telling` tells of everything that `viewer` sees and `wanted` describes, added up.

    `rest` says what of it there is beside what is open, and `about` names that; where it is None, that is all that
    reaches the viewer.
    Values that are not among the most frequent ones of a part are missing in it: then the sum has as many or more.
    """
    kept: SharedCounts = current_app.extensions["catalog_shared_counts"]
    opened = open_queries(viewer, wanted, searcher).items()
    parts = [kept.told(wanted, visibility, searcher, query, telling) for visibility, query in opened]
    if viewer.is_signed_in or not parts:
        rest = query_for_the_rest(viewer, wanted, searcher) if rest is None else rest
        parts.append(told_of_what_reaches(viewer, wanted, searcher, telling, rest, about=about))
    return {name: _added(part[name] for part in parts) for name in parts[0]}


def told_of_what_reaches(
    viewer: Viewer, wanted: Criteria, searcher: Searcher, telling: Telling, query: Query, *, about: Hashable
) -> Told:
    """What `telling` tells of `query`: of `wanted`, some of what reaches `viewer` by more than its visibility.

    `about` names what of it. It is told again when something touched what reaches the viewer; most changes are of
    others.
    """
    fresh = present_generations(viewer).reaching
    return _told_once((viewer.principals, fresh, about), wanted, searcher, telling, query)


def told_of_all(viewer: Viewer, wanted: Criteria, searcher: Searcher, telling: Telling, query: Query) -> Told:
    """What `telling` tells of `query`, which is all of `wanted` that `viewer` sees; again when any of that changed."""
    fresh = present_generations(viewer).seen
    return _told_once((viewer.principals, fresh, "seen"), wanted, searcher, telling, query)


def _told_once(
    about: tuple[Hashable, ...], wanted: Criteria, searcher: Searcher, telling: Telling, query: Query
) -> Told:
    kept: SharedCounts = current_app.extensions["catalog_shared_counts"]

    def key(telling: Telling) -> str:
        return key_of(*about, *_asked(wanted, searcher, telling))

    return kept.told_once(key, searcher, query, telling)


def _asked(wanted: Criteria, searcher: Searcher, telling: Telling) -> tuple[object, ...]:
    """All that what is told depends on, beside the datasets: how words are read, too, and what day it is."""
    sought = read(wanted.text)
    return wanted, telling, frequent_words(sought, searcher), mark_of(searcher) if periods_of(sought) else ""


def _implied(telling: Telling, told: Told) -> Iterable[tuple[Telling, Told]]:
    """What else is known by what was `told`: by a facet of which each row has one value, how many rows there are."""
    if isinstance(telling, Values) and _ONE_EACH in telling.fields:
        yield Number(), {"": {"": sum(told[_ONE_EACH].values())}}


def _added(parts: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    """The numbers of `parts` added up."""
    added: dict[str, int] = {}
    for part in parts:
        added |= {value: number + added.get(value, 0) for value, number in part.items()}
    return added


def _moved(counted: Mapping[str, int], then: Mapping[str, int], now: Mapping[str, int]) -> Mapping[str, int]:
    """The numbers of `counted` where some rows that were counted `then` are counted `now`."""
    moved = dict(counted)
    for value in {*then, *now}:
        moved[value] = moved.get(value, 0) + now.get(value, 0) - then.get(value, 0)
        if not moved[value]:
            del moved[value]
    return moved


def _size(told: Told) -> int:
    return 10 + sum(map(len, told.values()))
