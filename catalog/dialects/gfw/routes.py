from flask import Blueprint

from catalog.dialects.wire import answer, through
from catalog.identity import Door, current_viewer
from catalog.listing.criteria import DatasetCriteria, DatasetSort
from catalog.listing.datasets import Parts, list_datasets
from catalog.listing.paging import Window

bp = Blueprint("gfw", __name__)


@through(Door(takes_cookie=True, query_key="x-api-key", passes_strange_keys=True), "gfw")
def get_datasets():
    page = list_datasets(current_viewer(), DatasetCriteria(), DatasetSort.SLUG.order(), Window(0, 10), Parts.RECORD)
    return answer({"data": [d.slug for d in page]})


def get_assets():
    return answer({"data": []})
