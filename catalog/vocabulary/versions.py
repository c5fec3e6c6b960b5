"""The two names that a version's label gives it: one as the GFW dialect writes versions, one semantic."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from catalog.vocabulary.text import transliterate

# The semantic version of a dataset that has none.
NO_VERSION = "0.0.0"
GFW_VERSION = re.compile(r"^v\d{1,8}(\.\d{1,3}){0,2}$", re.ASCII)

_LABEL_IN_ADDRESS = re.compile(r"[A-Za-z0-9._ -]+")
_WORDS_OF_ADDRESSES = frozenset({"latest", "metadata", "versions", "visibility", "download", ".", ".."})

_DOTTED = re.compile(r"[vV]?(\d+(?:\.\d+){0,2})", re.ASCII)
_DAY = re.compile(r"[vV]?(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?|[vV]?((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_MONTH = re.compile(r"[vV]?(\d{4})[-/_ ](\d{1,2})|(\d{1,2})[-/](\d{4})|[vV]?((?:19|20)\d\d)(\d\d)", re.ASCII)
_MONTH_IN_WORDS = re.compile(r"([a-z]{3})([a-z]*)\.?,? (\d{4})|(\d{4}) ([a-z]{3})([a-z]*)\.?", re.ASCII)
_FIRST_NUMBER = re.compile(r"\d+(?:\.\d+){0,2}", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

# Digits that a part may have: as GFW_VERSION says; and so many in a semantic version that a timestamp fits.
_GFW_WIDTHS = (8, 3, 3)
_SEMVER_WIDTH = 16


@dataclass(frozen=True)
class Names:
    """The derived names of a version: `gfw` as "v2017.4", `semver` as "2017.4.0", `key` to sort by.

    `key` orders by code point as `semver` does by its numbers.
    """

    gfw: str
    semver: str
    key: str


def derive(labels: Iterable[str], taken: Iterable[Names] = ()) -> dict[str, Names]:
    """Names for each of `labels`, all versions of one dataset, none given twice nor in `taken`.

    The same set of labels has the same names in whatever order it comes. A label that already is a name keeps it;
    after those come the labels whose numbers are certain, in order; then the guesses; then those without a number.
    """
    readings = {label: _read(label) for label in labels}
    settled = list(taken)
    gfw = _assign(readings, "gfw", {names.gfw for names in settled}, _next_gfw)
    semver = _assign(readings, "semver", {names.semver for names in settled}, _next_semver)
    return {label: Names(gfw[label], semver[label], semver_key(semver[label])) for label in readings}


def semver_key(semver: str) -> str:
    """`semver` with each of its numbers padded by zeros, so that texts sort as versions do."""
    return ".".join(number.zfill(_SEMVER_WIDTH) for number in semver.split("."))


def is_label_addressable(label: str) -> bool:
    """Whether `label` can stand in an address for its version: plain characters, and no word that addresses need."""
    return _LABEL_IN_ADDRESS.fullmatch(label) is not None and label.lower() not in _WORDS_OF_ADDRESSES


def normalize_gfw(text: str) -> str | None:
    """The GFW name meant by `text`: `v1.8`, also when written `1.8`; None when it is no such name."""
    name = text if text.startswith("v") else f"v{text}"
    return name if GFW_VERSION.fullmatch(name) else None


class _Reading(NamedTuple):
    """What a label says: how certain (0 is best), its numbers to order by, and the names that it asks for."""

    doubt: int
    numbers: tuple[int, ...]
    gfw: str
    semver: str


def _read(label: str) -> _Reading:
    plain = " ".join(transliterate(label).split())
    readings = (rule(plain, doubt) for doubt, rule in enumerate(_RULES))
    return next(reading for reading in readings if reading)


def _read_day(label: str, doubt: int) -> _Reading | None:
    if not (found := _DAY.fullmatch(label)):
        return None
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        date(year, month, day)
    except ValueError:
        return None
    return _Reading(doubt, (year, month, day), f"v{year:04}{month:02}{day:02}", f"{year}.{month}.{day}")


def _read_month(label: str, doubt: int) -> _Reading | None:
    year, month = _month_of(label)
    if not 1 <= month <= 12:
        return None
    return _Reading(doubt, (year, month), f"v{year:04}{month:02}", f"{year}.{month}.0")


def _month_of(label: str) -> tuple[int, int]:
    """The year and month that `label` is; month 0 when it is none."""
    if found := _MONTH.fullmatch(label):
        first, second = (int(part) for part in found.groups() if part is not None)
        return (second, first) if found[3] else (first, second)
    if found := _MONTH_IN_WORDS.fullmatch(label.lower()):
        beginning, rest, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[6], found[4])
        for month, name in enumerate(_MONTHS, start=1):
            if beginning + rest in (name, name[:3], name[:4]):
                return int(year), month
    return 0, 0


def _read_dotted(label: str, doubt: int) -> _Reading | None:
    found = _DOTTED.fullmatch(label)
    return _of_parts(found[1].split("."), doubt) if found else None


def _read_first_number(label: str, doubt: int) -> _Reading | None:
    found = _FIRST_NUMBER.search(label)
    return _of_parts([part.lstrip("0") or "0" for part in found[0].split(".")], doubt) if found else None


def _read_none(label: str, doubt: int) -> _Reading:
    """A label without a number; the bare word "latest" comes before others."""
    return _Reading(doubt, (label.lower() != "latest",), "v0", "0.0.1")


def _of_parts(parts: list[str], doubt: int) -> _Reading:
    """The reading of dotted numbers: as they are, but for digits beyond the width that a name allows."""
    if len(parts) == 1:
        parts = [parts[0][: _GFW_WIDTHS[0]]]
    gfw = ".".join(part[:width] for part, width in zip(parts, _GFW_WIDTHS, strict=False))
    numbers = tuple(int(part[:_SEMVER_WIDTH]) for part in [*parts, "0", "0"][:3])
    return _Reading(doubt, numbers, f"v{gfw}", ".".join(map(str, numbers)))


# In order; the first that fits a label reads it. Days and months written in digits alone also are dotted numbers and
# come first: `20170407` is the day, as `2017-04-07` is. A year is a dotted number with the names that a year has.
_RULES: tuple[Callable[[str, int], _Reading | None], ...] = (
    _read_day,
    _read_month,
    _read_dotted,
    _read_first_number,
    _read_none,
)


def _assign(
    readings: dict[str, _Reading], kind: Literal["gfw", "semver"], taken: Iterable[str], following: Callable[[str], str]
) -> dict[str, str]:
    """A name of `kind` for each label: the one it asks for, or the first free one `following` that."""

    def rank(label: str) -> tuple[bool, bool, _Reading, str]:
        reading = readings[label]
        return label != getattr(reading, kind), label not in (reading.gfw, reading.semver), reading, label

    beyond = {name: following(name) for name in taken}
    names = {}
    for label in sorted(readings, key=rank):
        name = _first_free(getattr(readings[label], kind), beyond)
        beyond[name] = following(name)
        names[label] = name
    return names


def _first_free(name: str, beyond: dict[str, str]) -> str:
    """The first name from `name` on that `beyond` does not hold.

    `beyond` gives for each name in use one to try next; it is made to point further, so that many labels that ask
    for one name cost hardly more than as many that do not.
    """
    passed = []
    while name in beyond:
        passed.append(name)
        name = beyond[name]
    for used in passed:
        beyond[used] = name
    return name


def _next_gfw(name: str) -> str:
    """`name` with its last part raised by one, carried to the part before it when it is full."""
    parts = [int(part) for part in name[1:].split(".")]
    for place in reversed(range(len(parts))):
        parts[place] = (parts[place] + 1) % 10 ** _GFW_WIDTHS[place]
        if parts[place]:
            break
    return "v" + ".".join(map(str, parts))


def _next_semver(name: str) -> str:
    """`name` with its last number raised by one."""
    major, minor, patch = name.split(".")
    return f"{major}.{minor}.{int(patch) + 1}"
