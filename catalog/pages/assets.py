"""Pages about assets: the list with its search, facets and sorts, and one asset."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from catalog.identity import current_viewer
from catalog.listing.asking import SHARED, Asked, ask_assets
from catalog.listing.assets import count_assets, count_assets_by_ownership, get_asset, list_assets
from catalog.listing.criteria import AssetCriteria
from catalog.listing.facet_kinds import OF_ASSETS
from catalog.listing.facets import count_asset_facets
from catalog.listing.values import facet_called, list_values_of_assets
from catalog.pages.cards import asset_rows
from catalog.pages.details import ASSET_FIELDS, asset_details
from catalog.pages.door import kept, page, settings
from catalog.pages.facets import NOT_COUNTED, by_ownership, drawn, labels_in, limits
from catalog.pages.links import Links
from catalog.pages.lists import Place, read_address, said
from catalog.pages.searches import BY_RELEVANCE, WORST_FIRST, default_sort, describe, is_ranked
from catalog.pages.values import FIND, cut, sought_in, values_of_facet, window_of
from catalog.pages.ways import ways_out
from catalog.pages.wording import chips, sentence
from catalog.search.forms import ASSETS
from catalog.vocabulary.text import tidy

bp = Blueprint("assets", __name__, url_prefix="/assets")

DEFAULT_SORT = "-created"
SORTS = {
    "-created": ("Newest here", "newest here first"),
    "created": ("Oldest here", "oldest here first"),
    "-updated": ("Recently changed", "recently changed first"),
    "updated": ("Longest not changed", "longest not changed first"),
    "name": ("Name, A to Z", "sorted by name"),
    "-name": ("Name, Z to A", "sorted by name, Z to A"),
    "dataset": ("By dataset", "sorted by dataset"),
}
# Orders that only an address asks for; the menu names them while they are in force.
_MORE_SORTS = {"-dataset": ("By dataset, Z to A", "sorted by dataset, Z to A"), **WORST_FIRST}
CHOICES = {"unnamed": ("1", "0")}


@page
@kept
def index() -> ResponseReturnValue:
    """The list: searched, narrowed by facets, sorted, a page at a time."""
    viewer = current_viewer()
    address = read_address((*SHARED, "dataset", "sort"), choices=CHOICES)
    is_unnamed_too = address.choices.get("unnamed") == "1"
    asked, used = _ask(address.args, is_unnamed_too)
    wanted = asked.criteria
    links = address.links(
        url_for("assets.index"), used, sort=asked.sort, default_sort=default_sort(address.args, DEFAULT_SORT)
    )
    counted = count_asset_facets(viewer, wanted, limits(OF_ASSETS, links.state))
    found = list_assets(viewer, wanted, asked.order, address.window)  # its total is known by the facets
    facets = drawn(counted, links.state)
    if viewer.is_signed_in:
        facets = [by_ownership(count_assets_by_ownership(viewer, wanted), wanted.within.ownership), *facets]
    chosen = chips(links, labels_in(facets))

    def count(less: Links) -> int:
        return count_assets(viewer, _ask(less.state, is_unnamed_too)[0].criteria)

    search = describe(viewer, wanted.text, links, found.total, count, ASSETS)
    offered = BY_RELEVANCE | SORTS if is_ranked(wanted.text) else SORTS
    sort_words, order_words = (BY_RELEVANCE | SORTS | _MORE_SORTS)[asked.sort]
    return render_template(
        "assets/index.html",
        sentence=sentence("asset", found.total, wanted.text, chosen, order_words),
        facets=facets,
        chosen=chosen,
        notes=[*address.notes, *said(asked.faults), *search.notes, *([] if counted else [NOT_COUNTED])],
        search=search,
        assets=asset_rows(viewer, found.items, wanted.text),
        page=(place := Place.of(found)),
        sorts=({key: words for key, (words, _) in offered.items()} | {asked.sort: sort_words}).items(),
        sort=asked.sort,
        ways=[] if found.total else ways_out(links, wanted.text, chosen, "asset", count),
        query=wanted.text,
        links=links,
        twin=links.twin(min(place.number, place.last)),
    )


@bp.get("/facets/<name>")
@page
def facet(name: str) -> ResponseReturnValue:
    """The values of one facet of the list, to be looked through."""
    viewer = current_viewer()
    facet = facet_called(name, OF_ASSETS)
    address = read_address((*SHARED, "dataset", "sort", FIND), choices=CHOICES)
    asked, used = _ask(address.args, address.choices.get("unnamed") == "1")
    sought = sought_in(address)
    found = list_values_of_assets(viewer, asked.criteria, facet, sought, window_of(address))
    used = {**used, FIND: (sought,)}
    usual = default_sort(address.args, DEFAULT_SORT)
    links = address.links(url_for("assets.facet", name=name), used, sort=asked.sort, default_sort=usual)
    return render_template(
        "assets/facet.html",
        **values_of_facet(viewer, facet, found, "asset", links),
        notes=[*address.notes, *said(asked.faults), *cut(facet, found)],
    )


@bp.get("/<uuid:uuid>")
@page
def show(uuid: UUID) -> ResponseReturnValue:
    """One asset: where it lies, what it holds, which dataset it belongs to."""
    viewer = current_viewer()
    address = read_address(size=ASSET_FIELDS)
    return render_template("assets/show.html", **asset_details(viewer, get_asset(viewer, uuid), address))


def _ask(
    args: Mapping[str, Sequence[str]], is_unnamed_too: bool
) -> tuple[Asked[AssetCriteria], Mapping[str, Sequence[str]]]:
    """What `args` ask for, and those of them that could be used."""
    dataset = tidy((args.get("dataset") or ("",))[-1]) or None
    asked = ask_assets(
        args,
        default=default_sort(args, DEFAULT_SORT),
        text_limit=settings().text_limit,
        with_unnamed=is_unnamed_too,
        dataset=dataset,
    )
    return asked, {**asked.used, **({"dataset": (dataset,)} if dataset else {})}
