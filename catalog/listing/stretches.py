"""Where a page lies among many rows that an index puts in order: between which numbers of the field of that order.

To give the rows that follow a million others an index goes through all of them. How many lie in each stretch of the
numbers is counted as facets are, and kept and moved like them: a page is then looked for in its own stretch alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tantivy import Query

from catalog.listing.paging import Order, Window
from catalog.listing.shared_counts import Told
from catalog.search.clauses import all_of, numbered
from catalog.search.searcher import Searcher

# About so many stretches a field is cut into, and each of these again where it holds too many rows.
_NUMBER = 1_000
ENOUGH = 10_000
"""So many rows are put in order at once, by their numbers."""
_DEPTH = 6
# Numbers from here on Tantivy takes for others near by where it counts them in stretches. Ours that are so great are
# the beginnings of texts: bytes of which the last two are never so high that they would come into the next stretch.
_EXACT, _OF_TEXTS = 2**53, 2**16
# The greatest number of a field.
_MOST = 2**63 - 1


@dataclass(frozen=True)
class Numbers:
    """All numbers from one to another, both among them."""

    least: int
    greatest: int

    def query(self, field: str) -> Query:
        """The documents that have one of them in a field."""
        return numbered(field, max(self.least, -_MOST - 1), min(self.greatest, _MOST))


@dataclass(frozen=True)
class Stretch:
    """Where some rows lie in an order."""

    numbers: Numbers
    window: Window
    """Which of the rows with these numbers they are."""
    total: int
    """How many rows have these numbers."""

    @property
    def is_of_one(self) -> bool:
        """Whether all have the same number."""
        return self.numbers.least == self.numbers.greatest


@dataclass(frozen=True)
class Stretches:
    """How many rows lie in each stretch of the numbers of a field, of those among the numbers `within`, if any.

    They are told by how many stretches lie between them and the number 0.
    """

    field: str
    width: int
    least: int = 1
    """No stretch is made shorter than this."""
    within: "Numbers | None" = None
    most: int = 65_000

    def of(self, searcher: Searcher, query: Query) -> Told:
        """What a state of an index tells of whatever matches `query`."""
        query = query if self.within is None else all_of(query, self.within.query(self.field))
        asked = {"histogram": {"field": self.field, "interval": float(self.width), "min_doc_count": 1}}
        told = searcher.aggregate(query, {"stretches": asked})["stretches"]["buckets"]
        return {"": {str(round(one["key"] / self.width)): one["doc_count"] for one in told}}


@dataclass(frozen=True)
class Ends:
    """The least and the greatest number of a field."""

    field: str
    most: int = 3

    def of(self, searcher: Searcher, query: Query) -> Told:
        """What a state of an index tells of whatever matches `query`."""
        told = searcher.aggregate(query, {end: {end: {"field": self.field}} for end in ("min", "max")})
        return {"": {end: round(told[end]["value"] or 0) for end in ("min", "max")}}


def stretches_of(field: str, ends: Mapping[str, int]) -> Stretches:
    """The stretches of a field that ends so."""
    is_exact = max(map(abs, ends.values())) < _EXACT
    return Stretches(field, _width(ends["max"] - ends["min"]), 1 if is_exact else _OF_TEXTS)


def _width(span: int) -> int:
    """How long a stretch is of what is so long: a power of two."""
    return 1 << (span // _NUMBER).bit_length()


def narrowed(
    tell: Callable[[Stretches], Told], stretches: Stretches, order: Order, window: Window, total: int
) -> Stretch | None:
    """Where the rows inside `window` of `total` ones lie; None where what is told does not account for all of them."""
    for _ in range(_DEPTH):
        counted = {int(number): rows for number, rows in tell(stretches)[""].items()}
        if sum(counted.values()) != total:
            return None
        before, inside = _met(counted, window, is_descending=order.is_descending)
        within = Numbers(min(inside) * stretches.width, (max(inside) + 1) * stretches.width - 1)
        window, total = Window(window.offset - before, window.limit), sum(counted[number] for number in inside)
        if total <= ENOUGH or stretches.width <= stretches.least:
            return Stretch(within, window, total)
        stretches = replace(stretches, width=max(stretches.least, _width(stretches.width)), within=within)
    return Stretch(within, window, total)


def _met(counted: Mapping[int, int], window: Window, *, is_descending: bool) -> tuple[int, list[int]]:
    """How many rows come before the stretches that a window meets, and which these are."""
    place = before = 0
    inside: list[int] = []
    for number in sorted(counted, reverse=is_descending):
        if place >= window.offset + window.limit:
            break
        if place + counted[number] > window.offset:
            before = before if inside else place
            inside.append(number)
        place += counted[number]
    return before, inside
