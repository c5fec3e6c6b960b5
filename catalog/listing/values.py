"""One facet looked through: its values with a text in them, the most frequent first, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select

from catalog.access import Viewer
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.criteria import NOT_STATED, AssetCriteria, DatasetCriteria
from catalog.listing.facet_kinds import Facet
from catalog.listing.facets import Value, assets_to_count, by_value, datasets_to_count, free_of, naming
from catalog.listing.indexed import ALL_VALUES, indexed
from catalog.listing.paging import Page, Window
from catalog.listing.queries import Criteria
from catalog.search.words import plain

T = TypeVar("T")


@dataclass(frozen=True)
class PageOfValues(Page[Value]):
    """A page of the values of a facet."""

    is_cut: bool
    """Whether there are more than were told apart: then these are of the ALL_VALUES most frequent ones."""


def facet_called(name: str, facets: Sequence[Facet]) -> Facet:
    """The one of `facets` that addresses call `name`; NotFound where there is none."""
    found = next((facet for facet in facets if facet.name == name), None)
    if found is None:
        raise NotFound()
    return found


def list_values_of_datasets(
    viewer: Viewer, wanted: DatasetCriteria, facet: Facet, text: str, window: Window
) -> PageOfValues:
    """The values of `facet`, counted in datasets as if `wanted` chose nothing in it, that have each word of `text`.

    Words are looked for in what readers and addresses call a value, anywhere, regardless of case and accents.
    """
    return _page(viewer, facet, *_counted(viewer, wanted, facet, datasets_to_count), text, window)


def list_values_of_assets(
    viewer: Viewer, wanted: AssetCriteria, facet: Facet, text: str, window: Window
) -> PageOfValues:
    """The same of `facet`, counted in assets."""
    return _page(viewer, facet, *_counted(viewer, wanted, facet, assets_to_count), text, window)


def labels_of(viewer: Viewer, chosen: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], str]:
    """What readers call the values that are chosen, by the names of their facets."""
    named = naming(viewer, (), chosen.get("organization", ()))
    pairs = ((facet, value) for facet, values in chosen.items() for value in values)
    return {(facet, value): named(facet, value, 0, is_chosen=True).label for facet, value in pairs}


def _counted(
    viewer: Viewer, wanted: Criteria, facet: Facet, rows_to_count: Callable[..., Select]
) -> tuple[Mapping[str, int], bool]:
    """The values of a facet and how many rows bear each, and whether there are more than were told apart.

    By the index where it is worth it, else by the database, which tells all apart.
    """
    free = free_of(wanted, facet)
    if (index := indexed(viewer, free)) is not None:
        counted = index.values(free, facet.name)
        return counted, len(counted) >= ALL_VALUES
    found = rows_to_count(viewer, wanted, facet).order_by(None).cte("found")
    return {value: number for value, number in db.session.execute(by_value(facet, found))}, False


def _page(
    viewer: Viewer, facet: Facet, counted: Mapping[str, int], is_cut: bool, text: str, window: Window
) -> PageOfValues:
    ordered = sorted(counted, key=lambda value: (value == NOT_STATED, -counted[value], value))
    words = plain(text).split()
    if not words:  # names are looked up for those alone that are shown
        return PageOfValues(_named(viewer, facet, counted, _inside(ordered, window)), len(ordered), window, is_cut)
    having = [one for one in _named(viewer, facet, counted, ordered) if _has(one, words)]
    return PageOfValues(_inside(having, window), len(having), window, is_cut)


def _inside(rows: Sequence[T], window: Window) -> Sequence[T]:
    return rows[window.offset : window.offset + window.limit]


def _named(viewer: Viewer, facet: Facet, counted: Mapping[str, int], values: Sequence[str]) -> list[Value]:
    named = naming(viewer, [(facet.name, value) for value in values], ())
    return [named(facet.name, value, counted[value]) for value in values]


def _has(value: Value, words: Sequence[str]) -> bool:
    names = plain(value.label if value.is_missing else f"{value.label}\n{value.value}")
    return all(word in names for word in words)
