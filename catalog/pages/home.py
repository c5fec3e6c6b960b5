"""The first page: a search box, what there is, what is new, what is the reader's."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from catalog.access import Ownership, Viewer
from catalog.identity import current_viewer
from catalog.listing.assets import count_assets
from catalog.listing.criteria import DatasetCriteria, DatasetSort
from catalog.listing.datasets import list_datasets
from catalog.listing.organizations import count_organizations
from catalog.listing.paging import Page, Window
from catalog.model import Dataset
from catalog.pages.cards import cards, drawn_cards
from catalog.pages.door import kept, page

bp = Blueprint("home", __name__)

_NEWEST = 6
_HANDFUL = 5
_NEWEST_FIRST = DatasetSort.CREATED.order(is_descending=True)


@bp.get("/")
@page
@kept
def index() -> ResponseReturnValue:
    """The first page."""
    viewer = current_viewer()
    newest = drawn_cards(viewer, DatasetCriteria(), _NEWEST_FIRST, Window(0, _NEWEST), level=3)
    mine, shared = (
        _handful(viewer, DatasetCriteria(ownership=ownership)) if viewer.is_signed_in else None
        for ownership in Ownership
    )
    return render_template(
        "home/index.html",
        dataset_count=newest.total,
        asset_count=count_assets(viewer),
        organization_count=count_organizations(viewer),
        newest=newest.items,
        mine=cards(viewer, mine.items) if mine else [],
        shared=cards(viewer, shared.items) if shared else [],
        mine_href=url_for("datasets.index", ownership=Ownership.MINE.value),
        shared_href=url_for("datasets.index", ownership=Ownership.SHARED.value),
    )


def _handful(viewer: Viewer, wanted: DatasetCriteria) -> Page[Dataset]:
    return list_datasets(viewer, wanted, _NEWEST_FIRST, Window(0, _HANDFUL))
