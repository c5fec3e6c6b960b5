"""Pages about assets: the list with its search, facets and sorts, and one asset."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalog.identity import current_viewer
from catalog.listing.asking import ask_assets
from catalog.listing.assets import count_assets, get_asset, list_assets
from catalog.listing.criteria import AssetCriteria
from catalog.listing.facets import OF_ASSETS, count_asset_facets
from catalog.pages.cards import asset_rows
from catalog.pages.details import asset_details
from catalog.pages.door import page, settings
from catalog.pages.links import Links
from catalog.pages.lists import Place, chips, drawn, limits, read_address, said, sentence

bp = Blueprint("assets", __name__, url_prefix="/assets")

DEFAULT_SORT = "-created"
SORTS = (
    ("-created", "Newest here"),
    ("created", "Oldest here"),
    ("-updated", "Recently changed"),
    ("name", "Name, A to Z"),
    ("-name", "Name, Z to A"),
    ("dataset", "By dataset"),
)
_IN_WORDS = {
    "created": "sorted by when they came",
    "updated": "sorted by last change",
    "name": "sorted by name",
    "dataset": "sorted by dataset",
}
_KNOWN = (
    "q",
    "tag",
    "license",
    "organization",
    "owner",
    "format",
    "type",
    "visibility",
    "ownership",
    "updated",
    "dataset",
    "sort",
    "size",
    "open",
    "page",
)
_FIELDS = 100


@page
def index() -> ResponseReturnValue:
    """The list: searched, narrowed by facets, sorted, a page at a time."""
    viewer = current_viewer()
    address = read_address(_KNOWN)
    dataset = (address.args.get("dataset") or [""])[-1].strip() or None
    asked = ask_assets(address.args, default=DEFAULT_SORT, text_limit=settings().text_limit, dataset=dataset)
    found = list_assets(viewer, asked.criteria, asked.order, address.window)
    links = address.links(url_for("assets.index"), sort=asked.sort, default_sort=DEFAULT_SORT)
    opened = request.args.get("open", "")
    counted = count_asset_facets(viewer, asked.criteria, limits(OF_ASSETS, links.state, opened))
    facets = drawn(counted, links.state, opened)
    chosen = chips(links, facets)
    return render_template(
        "assets/index.html",
        sentence=sentence("asset", found.total, asked.criteria.text, chosen, _IN_WORDS[asked.sort.removeprefix("-")]),
        facets=facets,
        chosen=chosen,
        notes=[*address.notes, *said(asked.faults)],
        assets=asset_rows(found.items),
        page=Place.of(found),
        sorts=SORTS if asked.sort in dict(SORTS) else (*SORTS, (asked.sort, "By dataset, Z to A")),
        sort=asked.sort,
        ways=[] if found.items else _ways(asked.criteria, chosen, links, found.total),
        query=asked.criteria.text,
        links=links,
    )


@bp.get("/<uuid:uuid>")
@page
def show(uuid: UUID) -> ResponseReturnValue:
    """One asset: where it lies, what it holds, which dataset it belongs to."""
    return render_template(
        "assets/show.html",
        **asset_details(
            current_viewer(), get_asset(current_viewer(), uuid), read_address(("page", "size")).window.page_number
        ),
    )


def _ways(wanted: AssetCriteria, chosen: list[dict[str, str]], links: Links, total: int) -> list[dict[str, Any]]:
    """Ways out of an empty page: the last page of a list that has rows, else the list without each thing chosen."""
    if total:
        last = -(-total // links.size)
        return [{"words": f"page {last:,}, the last one", "href": links.to_page(last)}]
    ways: list[dict[str, Any]] = []
    if wanted.text and chosen:
        count = count_assets(current_viewer(), replace(wanted, text=""))
        ways.append({"words": f"without the words “{wanted.text}”", "href": links.clearing("q"), "count": count})
    ways += [
        {"words": f"without {chip['title']} {chip['label']}", "href": links.without(chip["name"], chip["value"])}
        for chip in chosen
    ]
    if wanted.text or chosen:
        ways.append({"words": "all assets", "href": url_for("assets.index"), "count": count_assets(current_viewer())})
    return ways
