"""Filters as a list draws them: facets with their counts, whose the rows are, and whether unnamed ones come along."""

from collections.abc import Mapping, Sequence
from typing import Any

from catalog.access import Ownership
from catalog.listing.facet_kinds import Facet
from catalog.listing.facets import Counts, Value

_SHOWN = 7
NOT_COUNTED = "The search index is reading what was written lately: until it has, nothing is counted to narrow by."
# How many years a histogram shows, the most frequent ones.
_BARS = 30
OWNERSHIPS = {None: "Everything I may see", Ownership.MINE: "Owned by me", Ownership.SHARED: "Shared with me"}


def limits(facets: Sequence[Facet], chosen: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many values of each facet are drawn: a few and those chosen."""
    few = {facet.name: _BARS if facet.is_span else _SHOWN for facet in facets}
    return {name: max(number, len(chosen.get(name, ()))) for name, number in few.items()}


def drawn(counted: Mapping[Facet, Counts], chosen: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Facets as they are drawn: what is chosen first, then the most frequent values, the rest behind a link."""
    facets = (_drawn(facet, counts, chosen.get(facet.name, ())) for facet, counts in counted.items())
    return [facet for facet in facets if facet["values"]]


def _drawn(facet: Facet, counts: Counts, chosen: Sequence[str]) -> dict[str, Any]:
    values = [drawn_value(one, chosen) for one in (*counts.absent, *counts.values)]
    has_more = counts.total is None or counts.total > len(counts.values)
    bars = {"bars": _bars(values)} if facet.is_span else {}
    return _facet(facet.name, facet.title, values, has_more=has_more, total=counts.total) | bars


def drawn_value(one: Value, chosen: Sequence[str]) -> dict[str, Any]:
    """A value as it is drawn, marked where it is one of those `chosen`."""
    return {
        "value": one.value,
        "label": one.label,
        "count": one.count,
        "is_chosen": one.value in chosen,
        "is_missing": one.is_missing,
    }


def _bars(values: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The values of a histogram in their order, each with its height in hundredths; what is there is seen."""
    most = max((value["count"] for value in values), default=0) or 1
    ordered = sorted(values, key=lambda value: int(value["value"]))
    return [{**value, "height": max(4, round(100 * value["count"] / most))} for value in ordered]


def labels_in(facets: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """What the values of drawn facets are called, by the facet's name and the value."""
    return {(facet["name"], value["value"]): value["label"] for facet in facets for value in facet["values"]}


def by_ownership(counted: Mapping[Ownership | None, int], chosen: Ownership | None) -> dict[str, Any]:
    """The facet of whose the rows are: one of all, mine, shared with me."""
    values = [
        {
            "value": ownership or "",
            "label": OWNERSHIPS[ownership],
            "count": number,
            "is_chosen": chosen is ownership,
            "is_missing": False,
        }
        for ownership, number in counted.items()
    ]
    return _facet("ownership", "Show", values, is_single=True)


def with_unnamed(number: int, *, is_chosen: bool) -> list[dict[str, Any]]:
    """The tick box that brings unnamed datasets, `number` of them, into the list; nothing where there are none."""
    if not (number or is_chosen):
        return []
    value = {"value": "1", "label": "Unnamed ones too", "count": number, "is_chosen": is_chosen, "is_missing": False}
    return [_facet("unnamed", "Working storage", [value])]


def _facet(
    name: str,
    title: str,
    values: Sequence[Mapping[str, Any]],
    *,
    is_single: bool = False,
    has_more: bool = False,
    total: int | None = None,
) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "is_single": is_single,
        "has_more": has_more,
        "total": total,
        "values": values,
    }
