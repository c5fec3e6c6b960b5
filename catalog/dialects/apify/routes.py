"""The addresses of the Apify dialect, under `/v2`."""

from flask import Blueprint, Response, request

from catalog.access import require
from catalog.dialects.apify.params import ListParams
from catalog.dialects.apify.present import dataset_list
from catalog.dialects.wire import answer, conditional, last_values, settings, through
from catalog.identity import Door, current_viewer
from catalog.listing.datasets import Parts, list_datasets

DOOR = Door(query_key="token")
# By this header the stock command line tool says who it is; its tables need the extra keys.
_ORIGIN = "X-Apify-Request-Origin"
_COMMAND_LINE = "CLI"

bp = Blueprint("apify", __name__, url_prefix="/v2")


@bp.get("/datasets")
@through(DOOR, "apify")
def get_list_of_datasets() -> Response:
    """The caller's own datasets and those shared with them."""
    viewer = current_viewer()
    require(viewer.is_signed_in, viewer)
    params = ListParams.parse(last_values())
    wanted = params.criteria(unnamed_hides_empty=settings().apify_unnamed_hides_empty)
    with_extras = settings().apify_list_extras or request.headers.get(_ORIGIN) == _COMMAND_LINE

    def listed() -> Response:
        parts = Parts.CARD if with_extras else Parts.STORAGE
        page = list_datasets(viewer, wanted, params.order(), params.window(), parts)
        return answer(dataset_list(page, desc=params.desc, with_extras=with_extras))

    return conditional(listed, is_private=True, varies_by=(_ORIGIN,))
