"""Pages about datasets: the list with its search, facets and sorts, and one dataset."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalog.access import Ownership, Viewer
from catalog.errors import NotFound
from catalog.identity import current_viewer
from catalog.listing.asking import ask_datasets
from catalog.listing.criteria import DatasetCriteria
from catalog.listing.datasets import count_by_ownership, count_datasets, get_dataset, list_datasets, moved_to
from catalog.listing.facets import OF_DATASETS, count_dataset_facets
from catalog.pages.cards import cards
from catalog.pages.details import dataset_details
from catalog.pages.door import page, settings
from catalog.pages.links import Links
from catalog.pages.lists import Place, chips, drawn, limits, read_address, said, sentence
from catalog.tally import note_access

bp = Blueprint("datasets", __name__, url_prefix="/datasets")

DEFAULT_SORT = "-updated"
SORTS = (
    ("-updated", "Recently updated"),
    ("updated", "Longest not updated"),
    ("name", "Title, A to Z"),
    ("-name", "Title, Z to A"),
    ("-created", "Newest here"),
    ("created", "Oldest here"),
    ("-items", "Most items"),
)
_IN_WORDS = {
    "updated": "sorted by update",
    "created": "sorted by when they came",
    "name": "sorted by title",
    "slug": "sorted by name",
    "items": "sorted by number of items",
}
_VIEWS = ("cards", "table")
_SORT_KEYS = {"title": "name", "id": "slug", "updated": "updated"}
_OWNERSHIPS = {None: "Everything I may see", Ownership.MINE: "Owned by me", Ownership.SHARED: "Shared with me"}
# Ways out of an empty list are counted for at most so many chosen values.
_WAYS = 6


@page
def index() -> ResponseReturnValue:
    """The list: searched, narrowed by facets, sorted, a page at a time."""
    viewer = current_viewer()
    address = read_address([name for name in _KNOWN])
    is_unnamed_too = address.args.get("unnamed", ["0"])[-1] in ("1", "true", "on")
    asked = ask_datasets(
        address.args, default=DEFAULT_SORT, text_limit=settings().text_limit, with_unnamed=is_unnamed_too
    )
    found = list_datasets(viewer, asked.criteria, asked.order, address.window)
    links = address.links(url_for("datasets.index"), sort=asked.sort, default_sort=DEFAULT_SORT)
    opened = request.args.get("open", "")
    counted = count_dataset_facets(viewer, asked.criteria, limits(OF_DATASETS, links.state, opened))
    facets = _ownership(viewer, asked.criteria) + drawn(counted, links.state, opened)
    chosen = chips(links, facets)
    return render_template(
        "datasets/index.html",
        sentence=sentence("dataset", found.total, asked.criteria.text, chosen, _IN_WORDS[asked.sort.removeprefix("-")]),
        facets=facets,
        chosen=chosen,
        notes=[*address.notes, *said(asked.faults)],
        datasets=cards(viewer, found.items),
        page=Place.of(found),
        sorts=SORTS
        if asked.sort in dict(SORTS)
        else (*SORTS, (asked.sort, _IN_WORDS[asked.sort.removeprefix("-")].capitalize())),
        sort=asked.sort,
        sort_keys=_SORT_KEYS,
        view=view if (view := request.args.get("view", "")) in _VIEWS else _VIEWS[0],
        ways=[] if found.items else _ways(viewer, asked.criteria, chosen, links, found.total),
        query=asked.criteria.text,
        links=links,
        is_unnamed_too=is_unnamed_too,
    )


@bp.get("/<slug>")
@page
def show(slug: str) -> ResponseReturnValue:
    """One dataset: what it is, whether one may use it, how fresh it is, how to get it."""
    viewer = current_viewer()
    try:
        dataset = get_dataset(viewer, slug)
    except NotFound:
        if present := moved_to(viewer, slug):
            return redirect(url_for("datasets.show", slug=present), 301)
        raise
    note_access(dataset.id)
    return render_template(
        "datasets/show.html", **dataset_details(viewer, dataset, is_whole=request.args.get("overview") == "all")
    )


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
    "unnamed",
    "sort",
    "size",
    "view",
    "open",
    "page",
)


def _ownership(viewer: Viewer, wanted: DatasetCriteria) -> list[dict[str, Any]]:
    """The facet of whose the datasets are, for the signed-in."""
    if not viewer.is_signed_in:
        return []
    values = [
        {
            "value": ownership or "",
            "label": _OWNERSHIPS[ownership],
            "count": number,
            "is_chosen": wanted.ownership is ownership,
            "is_missing": False,
        }
        for ownership, number in count_by_ownership(viewer, wanted).items()
    ]
    return [{"name": "ownership", "title": "Show", "is_single": True, "is_open": False, "more": 0, "values": values}]


def _ways(
    viewer: Viewer, wanted: DatasetCriteria, chosen: list[dict[str, str]], links: Links, total: int
) -> list[dict[str, Any]]:
    """Ways out of an empty page: the last page of a list that has rows, else the list without each thing chosen."""
    if total:
        last = -(-total // links.size)
        return [{"words": f"page {last:,}, the last one", "href": links.to_page(last)}]
    ways = (
        [
            {
                "words": f"without the words “{wanted.text}”",
                "href": links.clearing("q"),
                "count": count_datasets(viewer, replace(wanted, text="")),
            }
        ]
        if wanted.text and chosen
        else []
    )
    for chip in chosen[:_WAYS]:
        href = links.without(chip["name"], chip["value"])
        ways.append(
            {
                "words": f"without {chip['title']} {chip['label']}",
                "href": href,
                "count": count_datasets(viewer, _without(wanted, chip)),
            }
        )
    if wanted.text or chosen:
        everything = DatasetCriteria(with_unnamed=wanted.with_unnamed)
        ways.append(
            {"words": "all datasets", "href": url_for("datasets.index"), "count": count_datasets(viewer, everything)}
        )
    return ways


_CRITERIA = {
    "tag": "tags",
    "license": "licenses",
    "organization": "organizations",
    "owner": "owners",
    "format": "formats",
    "type": "types",
    "visibility": "visibilities",
}


def _without(wanted: DatasetCriteria, chip: dict[str, str]) -> DatasetCriteria:
    if chip["name"] in _CRITERIA:
        criterion = _CRITERIA[chip["name"]]
        return replace(
            wanted, **{criterion: tuple(value for value in getattr(wanted, criterion) if value != chip["value"])}
        )
    return replace(wanted, **{chip["name"]: None})
