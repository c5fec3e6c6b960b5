"""The one grammar of list addresses, `q= tag= format= sort= …`, read into criteria: every fault noted, none fatal."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar

from catalog.access import Ownership
from catalog.clock import now
from catalog.errors import Fault
from catalog.keeping import keep_not
from catalog.listing.criteria import AssetCriteria, AssetSort, DatasetCriteria, DatasetSort, Period
from catalog.listing.paging import Order
from catalog.model import Visibility
from catalog.vocabulary.dates import parse_moment
from catalog.vocabulary.text import tidy

C = TypeVar("C")
# The parameters that both lists take, in the order in which addresses write them.
SHARED = (
    *("q", "tag", "license", "organization", "owner", "format", "type", "year", "visibility", "ownership"),
    "updated",
)
MANY = ("tag", "license", "organization", "owner", "format", "type", "year", "visibility")
"""Those that take several values, which are alternatives; of the others the last value counts."""
VALUES_LIMIT = 50
"""How many different values one of them takes."""
YEAR_FORM = re.compile(r"[1-9]\d{3}", re.ASCII)
_DAYS = re.compile(r"(\d{1,5})d", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_SPAN = r"\d{4}(-\d{2}(-\d{2})?)?"
PERIOD_FORM = rf"^(\d{{1,5}}d|[<>]?{_SPAN}|{_SPAN}\.\.({_SPAN})?|\.\.{_SPAN})$"
"""What a time looks like: see `parse_period`."""


@dataclass(frozen=True)
class Asked(Generic[C]):
    """What an address asks for: the criteria, the order, and the parameters that could not be used."""

    criteria: C
    order: Order
    sort: str
    """The order as addresses write it, such as `-updated`."""
    faults: Sequence[Fault] = ()
    used: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The parameters that narrow the list, as addresses write them: what could not be used is left out."""


@dataclass
class _Reading:
    """The parameters of one address, and what was wrong with them so far."""

    args: Mapping[str, Sequence[str]]
    faults: list[Fault] = field(default_factory=list)
    used: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def many(self, name: str) -> tuple[str, ...]:
        if name not in self.args:
            return self.use(name)
        values = dict.fromkeys(value for given in self.args.get(name, ()) if (value := tidy(given)))
        if len(values) > VALUES_LIMIT:
            self.refuse(name, f"at most {VALUES_LIMIT} values can be chosen at once", "too_many")
        return self.use(name, *tuple(values)[:VALUES_LIMIT])

    def one(self, name: str) -> str:
        given = self.args.get(name) or ("",)
        return tidy(given[-1])

    def parsed(self, name: str, parse: Callable[[str], Any], expected: str) -> Any:
        text = self.one(name)
        if not text:
            return None
        value = parse(text)
        if value is None:
            self.refuse(name, f"“{text[:60]}” is not {expected}", "value")
        else:
            self.use(name, text)
        return value

    def use(self, name: str, *values: str) -> tuple[str, ...]:
        self.used[name] = values
        return values

    def refuse(self, name: str, message: str, kind: str) -> None:
        self.faults.append(Fault((name,), message, kind))


def ask_datasets(
    args: Mapping[str, Sequence[str]], *, default: str, text_limit: int, with_unnamed: bool = False
) -> Asked[DatasetCriteria]:
    """What `args`, lists of values by name, ask of the list of datasets; `default` is the order where none is asked."""
    reading = _Reading(args)
    criteria = DatasetCriteria(
        text=_text(reading, text_limit), with_unnamed=with_unnamed, **_of_dataset(reading), **_of_both(reading)
    )
    sort, order = _sort(reading, DatasetSort, default, criteria.text)
    return Asked(criteria, order, sort, tuple(reading.faults), reading.used)


def ask_assets(
    args: Mapping[str, Sequence[str]], *, default: str, text_limit: int, with_unnamed: bool = False, **more: Any
) -> Asked[AssetCriteria]:
    """What `args` ask of the list of assets; `more` are criteria that the caller read by its own rules."""
    reading = _Reading(args)
    own = {"text": _text(reading, text_limit), **_of_both(reading)}
    criteria = AssetCriteria(within=DatasetCriteria(with_unnamed=with_unnamed, **_of_dataset(reading)), **(own | more))
    sort, order = _sort(reading, AssetSort, default, criteria.text)
    return Asked(criteria, order, sort, tuple(reading.faults), reading.used)


def _text(reading: _Reading, limit: int) -> str:
    text = reading.one("q")
    if len(text) > limit:
        reading.refuse("q", f"a search text has at most {limit} characters", "too_long")
    used = text[:limit].rstrip()
    reading.use("q", *([used] if used else ()))
    return used


def _of_dataset(reading: _Reading) -> dict[str, Any]:
    return {
        "tags": reading.many("tag"),
        "licenses": reading.many("license"),
        "organizations": reading.many("organization"),
        "owners": reading.many("owner"),
        "visibilities": _words(reading, "visibility", Visibility),
        "ownership": reading.parsed(
            "ownership", lambda text: _member(Ownership, text), "one of ownedByMe, sharedWithMe"
        ),
    }


def _of_both(reading: _Reading) -> dict[str, Any]:
    return {
        "formats": reading.many("format"),
        "types": reading.many("type"),
        "years": _years(reading),
        "updated": reading.parsed(
            "updated", parse_period, "a time such as 30d, 2026, 2026-05 or 2026-01-01..2026-06-30"
        ),
    }


def _years(reading: _Reading) -> tuple[str, ...]:
    given = reading.many("year")
    for one in given:
        if not YEAR_FORM.fullmatch(one):
            reading.refuse("year", f"“{one[:60]}” is not a year such as 2026", "value")
    return reading.use("year", *(one for one in given if YEAR_FORM.fullmatch(one)))


def _words(reading: _Reading, name: str, words: type[StrEnum]) -> tuple[StrEnum, ...]:
    members = {given: _member(words, given) for given in reading.many(name)}
    for given, member in members.items():
        if member is None:
            reading.refuse(name, f"“{given[:60]}” is not one of {', '.join(words)}", "value")
    return reading.use(name, *(member for member in members.values() if member is not None))


def _member(words: type[StrEnum], text: str) -> StrEnum | None:
    return words(text) if text in list(words) else None


@lru_cache
def sort_words(sorts: type[DatasetSort] | type[AssetSort]) -> tuple[str, ...]:
    """The words of `sort`: each of `sorts`, and with a - before it its reverse."""
    return (*sorts, *(f"-{one}" for one in sorts))


def _sort(reading: _Reading, sorts: type[DatasetSort] | type[AssetSort], default: str, text: str) -> tuple[str, Order]:
    """The order that is asked for; without a text to be relevant to, that is not relevance."""
    given = reading.one("sort") or default
    if given not in sort_words(sorts):
        reading.refuse(
            "sort", f"“{given[:60]}” is not one of {', '.join(sorts)}, each also with a - before it", "value"
        )
        given = default
    if given.removeprefix("-") == "relevance" and not text:
        given = default
    return given, sorts(given.removeprefix("-")).order(is_descending=given.startswith("-"))


def parse_period(text: str) -> Period | None:
    """`30d` (the last days), `2026`, `2026-05`, `2026-05-09`, `A..B` (one end may be open), `>A`, `<B`; else None."""
    if days := _DAYS.fullmatch(text):
        keep_not()  # the same days ago is another moment each time
        return Period(since=now() - timedelta(days=int(days[1])))
    if text[:1] in "<>":
        moment = _span(text[1:])
        return moment and (Period(since=moment[0]) if text[0] == ">" else Period(until=moment[0]))
    if ".." in text:
        first, _, last = text.partition("..")
        begin, end = _span(first), _span(last)
        if (first and not begin) or (last and not end) or not (begin or end):
            return None
        return Period(begin[0] if begin else None, end[1] if end else None)
    span = _span(text)
    return Period(*span) if span else None


def _span(text: str) -> tuple[datetime, datetime] | None:
    """The first moment of a year, month or day, and the first one after it."""
    found = _DATE.fullmatch(text)
    begin = parse_moment(text) if found else None
    if found is None or begin is None:
        return None
    year, month, day = found.groups()
    try:
        if day:
            return begin, begin + timedelta(days=1)
        if month:
            return begin, datetime(int(year) + int(month) // 12, int(month) % 12 + 1, 1, tzinfo=UTC)
        return begin, datetime(int(year) + 1, 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
