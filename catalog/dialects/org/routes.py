"""The datasets of organizations: the list, its facets, one dataset in its versions, and whether it is public."""

from flask import Response, request

from catalog.access import Viewer
from catalog.changes.datasets import set_open
from catalog.dialects.describing import Answer, Operation, described, parameters_of, ref
from catalog.dialects.describing import Body as Sent
from catalog.dialects.org.door import DOOR, bp, signed_in
from catalog.dialects.org.params import FacetParams, ListParams, VisibilityBody
from catalog.dialects.org.present import dataset_detail, dataset_list, dataset_row, facets, visibility_answer
from catalog.dialects.wire import answer, conditional, settings, through
from catalog.errors import Invalid, NotFound, NotPermitted, NotSignedIn, TooLarge
from catalog.listing.naming import LATEST
from catalog.listing.publishers import get_publisher, may_ask_for
from catalog.listing.rows import assets_of, fields_of, get_published, get_row, semvers_of
from catalog.listing.version_facets import list_row_facets
from catalog.listing.versions import write_versions
from catalog.listing.written import Writing
from catalog.tally import note_access

_ROWS = Writing("org", dataset_row)


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
    viewer = signed_in()
    params = ListParams.parse(request.args)
    return conditional(
        lambda: _listed(viewer, org, params),
        is_private=True,
        is_kept=True,
        is_of_what_reaches=not params.include_public,
    )


def _listed(viewer: Viewer, org: str, params: ListParams) -> Response:
    """The list under `org`; NotPermitted for a stranger, whom only `include_public` lets in, and to no user's list."""
    publisher = get_publisher(viewer, org)
    is_let_in = params.include_public and publisher.organization_id is not None
    if not (is_let_in or may_ask_for(viewer, publisher)):
        raise NotPermitted(f"You are not a member of “{org}”.")
    wanted = params.criteria(publisher, text_limit=settings().text_limit)
    is_descending, window = params.sort_dir == "desc", params.window()
    page = write_versions(viewer, wanted, params.sort(), _ROWS, is_descending=is_descending, window=window)
    return answer(dataset_list(page, number=params.page))


@bp.get("/org/<org>/datasets/facets")
@through(DOOR, "org")
@described(
    Operation(
        summary="What the list can be filtered by",
        parameters=parameters_of(FacetParams),
        answers={200: Answer(about="The values of each filter.", schema=ref("Facets"))},
        refusals=(Invalid, NotSignedIn, NotPermitted, NotFound),
    )
)
def get_dataset_facets(org: str) -> Response:
    """What the list can be filtered by."""
    viewer = signed_in()
    params = FacetParams.parse(request.args)
    return conditional(
        lambda: _faceted(viewer, org, params),
        is_private=True,
        is_kept=True,
        is_of_what_reaches=not params.include_public,
    )


def _faceted(viewer: Viewer, org: str, params: FacetParams) -> Response:
    """The facets of the list under `org`; NotPermitted for those who do not belong to it, but as the list lets in."""
    publisher = get_publisher(viewer, org)
    is_let_in = params.include_public and publisher.organization_id is not None
    if not (publisher.is_own or is_let_in):
        raise NotPermitted(f"You are not a member of “{org}”.")
    wanted = params.criteria(publisher, text_limit=settings().text_limit)
    return answer(facets(list_row_facets(viewer, wanted)))


_ONE = (NotSignedIn, NotFound)


@bp.get("/org/<org>/datasets/<name>")
@through(DOOR, "org")
@described(
    Operation(
        summary="A dataset in its latest version",
        answers={200: Answer(about="The version.", schema=ref("DatasetDetail"))},
        refusals=_ONE,
    )
)
def get_dataset(org: str, name: str) -> Response:
    """A dataset in its latest version."""
    return _shown(signed_in(), org, name, LATEST)


@bp.get("/org/<org>/datasets/<name>/<version>")
@through(DOOR, "org")
@described(
    Operation(
        summary="A dataset in one of its versions",
        answers={200: Answer(about="The version.", schema=ref("DatasetDetail"))},
        refusals=_ONE,
    )
)
def get_dataset_version(org: str, name: str, version: str) -> Response:
    """A dataset in one of its versions."""
    return _shown(signed_in(), org, name, version)


def _shown(viewer: Viewer, org: str, name: str, version: str) -> Response:
    def make() -> Response:
        row = get_row(viewer, org, name, version)
        note_access(row.dataset.id)
        assets = assets_of(viewer, row.version)
        return answer(dataset_detail(row, assets, fields_of(assets[0]) if assets else ()))

    return conditional(make, is_private=True)


@bp.get("/org/<org>/datasets/<name>/versions")
@through(DOOR, "org")
@described(
    Operation(
        summary="The versions of a dataset, its latest one first",
        answers={200: Answer(about="The semantic versions.", schema=ref("Versions"))},
        refusals=_ONE,
    )
)
def list_dataset_versions(org: str, name: str) -> Response:
    """The versions of a dataset, its latest one first."""
    viewer = signed_in()
    return conditional(
        lambda: answer({"versions": semvers_of(viewer, get_published(viewer, org, name))}), is_private=True
    )


@bp.patch("/org/<org>/datasets/<name>/visibility")
@through(DOOR, "org")
@described(
    Operation(
        summary="Open a dataset to everybody who is signed in, or close it",
        body=Sent(schema=VisibilityBody.model_json_schema()),
        answers={200: Answer(about="What it is now.", schema=ref("Visibility"))},
        refusals=(Invalid, NotSignedIn, NotPermitted, NotFound, TooLarge),
    )
)
def update_dataset_visibility(org: str, name: str) -> Response:
    """Open a dataset to everybody who is signed in, or close it."""
    viewer = signed_in()
    wanted = VisibilityBody.parse(request.get_data())
    dataset = get_published(viewer, org, name)
    full_name = dataset.full_name
    now = set_open(viewer, dataset, wanted.is_public)
    return answer(visibility_answer(full_name, now), headers={"Cache-Control": "private, no-store"})
