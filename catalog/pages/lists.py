"""What the two lists of a browser share: reading an address, filters as they are drawn, and the list in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flask import request

from catalog.errors import Fault
from catalog.listing.facets import Counts, Facet, Value
from catalog.listing.paging import Page, Window
from catalog.pages.door import settings
from catalog.pages.filters import plural
from catalog.pages.links import FILTERS, ORDER, Links

_SHOWN = 7
_SHOWN_OPEN = 300
_WORDS = {"license": "licence"}
_PAGE_NAMES = ("page[number]", "page")
_SIZE_NAMES = ("page[size]", "size")
_MOST_PAGES = 2**53


@dataclass(frozen=True)
class Place:
    """Which page of a list an address asks for, as the pager shows it."""

    number: int
    last: int
    total: int
    first_row: int
    last_row: int

    @classmethod
    def of(cls, page: Page) -> "Place":
        """The place of `page` in its list."""
        first = page.window.offset + 1
        return cls(page.window.page_number, max(1, page.page_count), page.total, first, page.window.offset + len(page))


@dataclass(frozen=True)
class Address:
    """An address as a browser sent it: its parameters, the page and its size, and what could not be used."""

    args: Mapping[str, Sequence[str]]
    window: Window
    notes: Sequence[str]

    def links(self, path: str, *, sort: str, default_sort: str, default_view: str = "cards") -> Links:
        """The address as links see it; what could not be used is left out of them."""
        defaults = {"sort": default_sort, "size": str(settings().page_size), "view": default_view, "page": "1"}
        known = dict(self.args) | {
            "sort": [sort],
            "page": [str(self.window.page_number)],
            "size": [str(self.window.limit)],
        }
        return Links.of(path, known, defaults=defaults, size=self.window.limit)


def read_address(names: Sequence[str] = ORDER) -> Address:
    """The present request's address, of which only `names` are known; a page or size that is none is noted."""
    args = {name: values for name, values in request.args.lists()}
    notes = [
        f"“{name[:40]}” is not something that this list can be asked for."
        for name in args
        if name.lower() not in (*names, *_PAGE_NAMES, *_SIZE_NAMES)
    ]
    number = _number(args, _PAGE_NAMES, 1, _MOST_PAGES, "a page", notes)
    size = _number(args, _SIZE_NAMES, settings().page_size, settings().page_size_max, "a number of rows", notes)
    return Address(args, Window.of_page(number, size), notes)


def said(faults: Sequence[Fault]) -> list[str]:
    """Faults as sentences for a reader."""
    return [f"{_WORDS.get(str(fault.loc[-1]), str(fault.loc[-1])).capitalize()}: {fault.message}." for fault in faults]


def _number(
    args: Mapping[str, Sequence[str]], names: Sequence[str], default: int, most: int, what: str, notes: list[str]
) -> int:
    given = next(
        (values[-1] for name in names for key, values in args.items() if key.lower() == name and values[-1].strip()),
        None,
    )
    if given is None:
        return default
    if given.strip().isascii() and given.strip().isdigit() and 1 <= (number := int(given.strip()[:30])):
        if number <= most:
            return number
        if what != "a page":
            notes.append(f"At most {most} rows are shown at a time.")
            return most
    notes.append(f"“{given[:40]}” is not {what} of this list.")
    return default


def limits(facets: Sequence[Facet], chosen: Mapping[str, Sequence[str]], opened: str) -> dict[str, int]:
    """How many values of each facet are drawn: a few and those chosen, of an opened one many."""
    return {
        facet.name: _SHOWN_OPEN if facet.name == opened else max(_SHOWN, len(chosen.get(facet.name, ())))
        for facet in facets
    }


def drawn(counted: Mapping[Facet, Counts], chosen: Mapping[str, Sequence[str]], opened: str) -> list[dict[str, Any]]:
    """Facets as they are drawn: what is chosen first, then the most frequent values, the rest behind a link."""
    return [
        _drawn(facet, counts, chosen.get(facet.name, ()), facet.name == opened) for facet, counts in counted.items()
    ]


def _drawn(facet: Facet, counts: Counts, chosen: Sequence[str], is_open: bool) -> dict[str, Any]:
    listed = {value.value for value in counts.values}
    absent = [Value(value, value, 0) for value in chosen if value not in listed]
    return {
        "name": facet.name,
        "title": facet.title,
        "is_single": False,
        "is_open": is_open,
        "more": counts.total - len(counts.values),
        "values": [
            {
                "value": one.value,
                "label": one.label,
                "count": one.count,
                "is_chosen": one.value in chosen,
                "is_missing": one.is_missing,
            }
            for one in (*absent, *counts.values)
        ],
    }


def chips(links: Links, facets: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What the list is narrowed to; a value that no facet counts is called as it was typed."""
    labels = {(facet["name"], value["value"]): value["label"] for facet in facets for value in facet["values"]}
    return [
        {"name": name, "value": value, "title": _WORDS.get(name, name), "label": labels.get((name, value), value)}
        for name in FILTERS
        for value in links.state.get(name, ())
    ]


def sentence(
    noun: str, total: int, text: str, chosen: Sequence[Mapping[str, str]], order: str
) -> list[tuple[str, bool]]:
    """The list in words, as pairs of text and whether it is the reader's own value."""
    parts: list[tuple[str, bool]] = [(plural(total, noun), True)]
    if text:
        parts += [(" matching ", False), (f"“{text}”", True)]
    for name in dict.fromkeys(chip["name"] for chip in chosen):
        values = [chip["label"] for chip in chosen if chip["name"] == name]
        parts.append((_LEADS[name], False))
        for value, following in pairwise([*values, None]):
            parts.append((value, True))
            if following is not None:
                parts.append((" or " if following == values[-1] else ", ", False))
    return [*parts, (f", {order}", False)]


_LEADS = {
    "tag": ", tagged ",
    "license": ", licensed ",
    "organization": ", of ",
    "owner": ", owned by ",
    "format": ", in format ",
    "type": ", of type ",
    "visibility": ", visible as ",
    "ownership": ", ",
    "updated": ", updated ",
    "dataset": ", in ",
}
