"""Pages about datasets: the list with its search, facets and sorts, and one dataset."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from catalog.access import Viewer, may_manage
from catalog.errors import NotFound
from catalog.identity import current_viewer
from catalog.listing.asking import SHARED, Asked, ask_datasets
from catalog.listing.criteria import DatasetCriteria
from catalog.listing.curating import get_withdrawn
from catalog.listing.datasets import (
    count_by_ownership,
    count_datasets,
    count_unnamed,
    get_dataset,
    list_datasets,
)
from catalog.listing.facet_kinds import OF_DATASETS
from catalog.listing.facets import count_dataset_facets
from catalog.listing.paging import Order, Page, Window
from catalog.listing.values import facet_called, list_values_of_datasets
from catalog.pages.cards import cards, draw_card, drawn_cards
from catalog.pages.details import dataset_details
from catalog.pages.door import kept, page, settings
from catalog.pages.facets import NOT_COUNTED, by_ownership, drawn, labels_in, limits, with_unnamed
from catalog.pages.links import Links
from catalog.pages.lists import Place, read_address, said
from catalog.pages.moved import lead_on
from catalog.pages.searches import BY_RELEVANCE, WORST_FIRST, default_sort, describe, is_ranked
from catalog.pages.values import FIND, cut, sought_in, values_of_facet, window_of
from catalog.pages.ways import ways_out
from catalog.pages.wording import chips, sentence
from catalog.tally import note_access

bp = Blueprint("datasets", __name__, url_prefix="/datasets")

DEFAULT_SORT = "-updated"
SORTS = {
    "-updated": ("Recently updated", "sorted by update"),
    "updated": ("Longest not updated", "longest not updated first"),
    "name": ("Title, A to Z", "sorted by title"),
    "-name": ("Title, Z to A", "sorted by title, Z to A"),
    "-created": ("Newest here", "newest here first"),
    "created": ("Oldest here", "oldest here first"),
    "-items": ("Most items", "most items first"),
    "-downloads": ("Most downloads", "most downloads first"),
}
# Orders that the table's heads ask for, or an address; the menu names them only while they are in force.
_MORE_SORTS = {
    "slug": ("Id, A to Z", "sorted by id"),
    "-slug": ("Id, Z to A", "sorted by id, Z to A"),
    "items": ("Fewest items", "fewest items first"),
    "downloads": ("Fewest downloads", "fewest downloads first"),
    **WORST_FIRST,
}
_SORT_KEYS = {"title": "name", "id": "slug", "updated": "updated", "downloads": "downloads"}
CHOICES = {"view": ("cards", "table"), "unnamed": ("1", "0")}


@page
@kept
def index() -> ResponseReturnValue:
    """The list: searched, narrowed by facets, sorted, a page at a time."""
    viewer = current_viewer()
    address = read_address((*SHARED, "sort"), choices=CHOICES)
    is_unnamed_too = address.choices.get("unnamed") == "1"
    asked = _ask(address.args, is_unnamed_too)
    wanted = asked.criteria
    view = address.choices.get("view", "cards")
    links = address.links(
        url_for("datasets.index"), asked.used, sort=asked.sort, default_sort=default_sort(address.args, DEFAULT_SORT)
    )
    counted = count_dataset_facets(viewer, wanted, limits(OF_DATASETS, links.state))
    found, datasets = _listed(viewer, wanted, asked.order, address.window, view)  # its total is known by the facets
    facets = drawn(counted, links.state)
    if viewer.is_signed_in:
        mine = by_ownership(count_by_ownership(viewer, wanted), wanted.ownership)
        facets = [mine, *facets, *with_unnamed(count_unnamed(viewer, wanted), is_chosen=is_unnamed_too)]
    chosen = chips(links, labels_in(facets))

    def count(less: Links) -> int:
        return count_datasets(viewer, _ask(less.state, is_unnamed_too).criteria)

    search = describe(viewer, wanted.text, links, found.total, count)
    offered = BY_RELEVANCE | SORTS if is_ranked(wanted.text) else SORTS
    sort_words, order_words = (BY_RELEVANCE | SORTS | _MORE_SORTS)[asked.sort]
    return render_template(
        "datasets/index.html",
        sentence=sentence("dataset", found.total, wanted.text, chosen, order_words),
        facets=facets,
        chosen=chosen,
        notes=[*address.notes, *said(asked.faults), *search.notes, *([] if counted else [NOT_COUNTED])],
        search=search,
        datasets=datasets,
        page=(place := Place.of(found)),
        sorts=({key: words for key, (words, _) in offered.items()} | {asked.sort: sort_words}).items(),
        sort=asked.sort,
        sort_keys=_SORT_KEYS,
        view=view,
        ways=[] if found.total else ways_out(links, wanted.text, chosen, "dataset", count),
        query=wanted.text,
        links=links,
        twin=links.twin(min(place.number, place.last)),
    )


def _listed(
    viewer: Viewer, wanted: DatasetCriteria, order: Order, window: Window, view: str
) -> tuple[Page, Sequence[dict[str, Any] | Markup]]:
    """The page, and its datasets: as rows of the table, or as cards that are drawn already."""
    if view == "cards" and not wanted.text:
        found = drawn_cards(viewer, wanted, order, window)
        return found, found.items
    found = list_datasets(viewer, wanted, order, window)
    shown = cards(viewer, found.items, wanted.text)
    return found, shown if view == "table" else list(map(draw_card, shown))


@bp.get("/facets/<name>")
@page
def facet(name: str) -> ResponseReturnValue:
    """The values of one facet of the list, to be looked through."""
    viewer = current_viewer()
    facet = facet_called(name, OF_DATASETS)
    address = read_address((*SHARED, "sort", FIND), choices=CHOICES)
    asked = _ask(address.args, address.choices.get("unnamed") == "1")
    sought = sought_in(address)
    found = list_values_of_datasets(viewer, asked.criteria, facet, sought, window_of(address))
    used = {**asked.used, FIND: (sought,)}
    usual = default_sort(address.args, DEFAULT_SORT)
    links = address.links(url_for("datasets.facet", name=name), used, sort=asked.sort, default_sort=usual)
    return render_template(
        "datasets/facet.html",
        **values_of_facet(viewer, facet, found, "dataset", links),
        notes=[*address.notes, *said(asked.faults), *cut(facet, found)],
    )


@bp.get("/<slug>")
@page
@lead_on
def show(slug: str) -> ResponseReturnValue:
    """One dataset: what it is, whether one may use it, how fresh it is, how to get it."""
    viewer = current_viewer()
    try:
        dataset = get_dataset(viewer, slug)
    except NotFound:
        return _withdrawn(viewer, slug), 404
    note_access(dataset.id)
    return render_template(
        "datasets/show.html", **dataset_details(viewer, dataset, is_whole=request.args.get("overview") == "all")
    )


def _withdrawn(viewer: Viewer, slug: str) -> str:
    """The page of a dataset in the trash, for those who may restore it; NotFound for others."""
    dataset = get_withdrawn(viewer, slug)
    if not may_manage(viewer, dataset):
        raise NotFound()
    return render_template(
        "datasets/withdrawn.html",
        dataset={
            "slug": dataset.slug,
            "title": dataset.title or dataset.slug,
            "withdrawn_at": dataset.deleted_at,
        },
    )


def _ask(args: Mapping[str, Sequence[str]], is_unnamed_too: bool) -> Asked[DatasetCriteria]:
    return ask_datasets(
        args, default=default_sort(args, DEFAULT_SORT), text_limit=settings().text_limit, with_unnamed=is_unnamed_too
    )
