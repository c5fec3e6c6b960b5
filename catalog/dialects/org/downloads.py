"""Downloads in the org dialect: asked for, looked up again, and as the activity of an organization."""

from uuid import UUID

from flask import Response, request

from catalog.changes.downloads import ask_download
from catalog.dialects.describing import Answer, Body, Operation, described, parameters_of, ref
from catalog.dialects.org.door import DOOR, bp, signed_in
from catalog.dialects.org.params import ActivityParams, DownloadBody
from catalog.dialects.org.present import activity, download_answer
from catalog.dialects.wire import answer, settings, through
from catalog.errors import Invalid, NotFound, NotPermitted, NotSignedIn, TooLarge
from catalog.listing.downloads import get_download, list_downloads
from catalog.listing.publishers import get_publisher
from catalog.listing.rows import get_row
from catalog.model import DownloadStatus
from catalog.tally import note_access, note_download

# These answers tell of more than the journal knows, or hold an address that whoever has it can use.
_UNKEPT = {"Cache-Control": "private, no-store"}


@bp.post("/org/<org>/datasets/<name>/<version>/download")
@through(DOOR, "org")
@described(
    Operation(
        summary="An address from which a version can be downloaded for some minutes",
        body=Body(schema=DownloadBody.model_json_schema(), is_required=False),
        answers={200: Answer(about="The download: ready, or failed with a reason.", schema=ref("Download"))},
        refusals=(Invalid, NotSignedIn, NotFound, TooLarge),
    )
)
def download_dataset(org: str, name: str, version: str) -> Response:
    """An address from which a version can be downloaded for some minutes."""
    viewer = signed_in()
    wanted = DownloadBody.parse(request.get_data())
    row = get_row(viewer, org, name, version)
    dataset_id, version_id = row.dataset.id, row.version.id if row.version else None
    download = ask_download(
        viewer,
        row.dataset,
        row.version,
        format_=wanted.format,
        split=wanted.split,
        minutes=settings().download_minutes,
    )
    note_access(dataset_id)
    if download.status is DownloadStatus.READY:
        note_download(version_id)
    return answer(download_answer(download), headers=_UNKEPT)


@bp.get("/org/<org>/downloads/datasets/<uuid:download_id>")
@through(DOOR, "org")
@described(
    Operation(
        summary="A download that the caller asked for",
        answers={200: Answer(about="How far it has come.", schema=ref("Download"))},
        refusals=(NotSignedIn, NotFound),
    )
)
def get_dataset_download(org: str, download_id: UUID) -> Response:
    """A download that the caller asked for."""
    viewer = signed_in()
    return answer(download_answer(get_download(viewer, org, download_id)), headers=_UNKEPT)


@bp.get("/org/<org>/datasets/activity")
@through(DOOR, "org")
@described(
    Operation(
        summary="The downloads of an organization's datasets, newest first",
        parameters=parameters_of(ActivityParams),
        answers={200: Answer(about="Downloads.", schema=ref("Activity"))},
        refusals=(Invalid, NotSignedIn, NotPermitted, NotFound),
    )
)
def list_dataset_activity(org: str) -> Response:
    """The downloads of an organization's datasets, newest first."""
    viewer = signed_in()
    params = ActivityParams.parse(request.args)
    publisher = get_publisher(viewer, org)
    if not publisher.is_own:
        raise NotPermitted(f"You are not a member of “{org}”.")
    page = list_downloads(viewer, publisher, user=params.user_id, dataset=params.dataset_name, window=params.window())
    return answer(activity(page), headers=_UNKEPT)
