"""The addresses of the org dialect, under `/api/v1`."""

from flask import Blueprint, Response, request

from catalog.access import Viewer, require
from catalog.dialects.describing import Answer, Operation, described, parameters_of, ref
from catalog.dialects.org.params import ListParams
from catalog.dialects.org.present import dataset_list
from catalog.dialects.wire import answer, conditional, settings, through
from catalog.errors import Invalid, NotFound, NotPermitted, NotSignedIn
from catalog.identity import Door, current_viewer
from catalog.listing.versions import get_publisher, list_versions

DOOR = Door()

bp = Blueprint("org", __name__, url_prefix="/api/v1")


@bp.get("/org/<org>/datasets")
@through(DOOR, "org")
@described(
    Operation(
        summary="The datasets of an organization, or a user's own, a row a version",
        parameters=parameters_of(ListParams),
        answers={200: Answer(about="A page of rows.", schema=ref("DatasetList"))},
        refusals=(Invalid, NotSignedIn, NotPermitted, NotFound),
    )
)
def list_datasets(org: str) -> Response:
    """The datasets of an organization, or a user's own, a row a version."""
    viewer = current_viewer()
    require(viewer.is_signed_in, viewer)
    params = ListParams.parse(request.args)
    return conditional(lambda: _listed(viewer, org, params), is_private=True)


def _listed(viewer: Viewer, org: str, params: ListParams) -> Response:
    """The list under `org`; NotPermitted for a stranger, whom only `include_public` lets in, and to no user's list."""
    publisher = get_publisher(viewer, org)
    is_let_in = params.include_public and publisher.organization_id is not None
    if not (publisher.is_open or is_let_in):
        raise NotPermitted(f"You are not a member of “{org}”.")
    wanted = params.criteria(publisher, text_limit=settings().text_limit)
    page = list_versions(viewer, wanted, params.sort(), is_descending=params.sort_dir == "desc", window=params.window())
    return answer(dataset_list(page, number=params.page))
