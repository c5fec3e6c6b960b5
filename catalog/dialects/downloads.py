"""The addresses of downloads, which need no credentials: each is sealed, ends, and leads to where the data lies."""

from flask import Blueprint, Response, current_app

from catalog.access import Viewer
from catalog.clock import now
from catalog.dialects.wire import base_url, settings, spend_by_address
from catalog.errors import Gone, NotFound
from catalog.identity import viewer_of
from catalog.listing.downloads import destination_of, find_download
from catalog.model import Download
from catalog.vocabulary.links import file_address
from catalog.vocabulary.seals import seal, unseal

_PURPOSE = "download"

bp = Blueprint("downloads", __name__)


def address_of(download: Download) -> str:
    """The whole address that leads to what `download` is of, until it ends."""
    return f"{base_url()}/downloads/{seal(download.uuid, current_app.secret_key, purpose=_PURPOSE)}"


def is_over(download: Download) -> bool:
    """Whether the address of `download` leads nowhere any more."""
    return download.expires_at is not None and download.expires_at <= now()


@bp.get("/downloads/<sealed>")
def show(sealed: str) -> Response:
    """The way to the data, while whoever asked for the download may see it; NotFound or Gone otherwise."""
    spend_by_address("org")
    uuid = unseal(sealed, current_app.secret_key, purpose=_PURPOSE)
    if uuid is None:
        raise NotFound("There is no such download.")
    download = find_download(uuid)
    if is_over(download):
        raise Gone("This download link has expired. Please ask for a new one.")
    address = file_address(destination_of(_asker(download), download))
    if address is None:
        raise NotFound("What was to be downloaded is no longer there.")
    headers = {"Location": address, "Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
    return Response(status=302, headers=headers, content_type="text/plain; charset=utf-8")


def _asker(download: Download) -> Viewer:
    """Whoever asked for the download, as they see the catalog now; NotFound when their account is closed."""
    if download.user is None:
        return Viewer(sees_public=settings().public_access)
    if download.user.is_disabled:
        raise NotFound("There is no such download.")
    return viewer_of(download.user)
