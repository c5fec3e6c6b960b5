"""One asset in the GFW dialect, and what is known of it."""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from catalog.access import Viewer
from catalog.dialects.describing import described
from catalog.dialects.gfw import operations as said
from catalog.dialects.gfw import present, present_versions
from catalog.dialects.gfw.door import READS, admitted, bp, own_pages
from catalog.dialects.gfw.named import named_asset
from catalog.dialects.gfw.params import read_paging, together
from catalog.dialects.gfw.routes import tasks_listed
from catalog.dialects.wire import answer, conditional, through
from catalog.errors import NotFound
from catalog.listing.history import extra_of, list_changes
from catalog.model import Asset
from catalog.tally import note_access
from catalog.vocabulary.text import cut


@bp.get("/asset/<asset_id>")
@through(READS, "gfw")
@described(said.ASSET_READ)
def get_asset(asset_id: str) -> ResponseReturnValue:
    """One asset."""

    def shown(viewer: Viewer, found: Asset) -> Any:
        note_access(found.dataset_id)
        return present.asset(found, own_pages())

    return _of_asset(asset_id, shown)


@bp.get("/asset/<asset_id>/metadata")
@through(READS, "gfw")
@described(said.ASSET_METADATA)
def get_asset_metadata(asset_id: str) -> ResponseReturnValue:
    """What is said of one asset."""
    return _of_asset(asset_id, lambda viewer, found: present.asset_metadata(found))


@bp.get("/asset/<asset_id>/fields")
@through(READS, "gfw")
@described(said.ASSET_FIELDS)
def get_asset_fields(asset_id: str) -> ResponseReturnValue:
    """The columns of an asset, or its bands."""
    return _of_asset(asset_id, lambda viewer, found: present.columns(found, found.fields))


@bp.get("/asset/<asset_id>/fields/<field_name>")
@through(READS, "gfw")
@described(said.ASSET_FIELD)
def get_asset_field(asset_id: str, field_name: str) -> ResponseReturnValue:
    """One column of an asset, or one band."""

    def shown(viewer: Viewer, found: Asset) -> Any:
        columns = present.columns(found, found.fields)
        named = next((one for one in columns if field_name in (one.get("name"), one.get("pixel_meaning"))), None)
        if named is None:
            raise NotFound(f"Asset {found.uuid} has no field {cut(field_name, 60)}")
        return named

    return _of_asset(asset_id, shown)


@bp.get("/asset/<asset_id>/stats")
@through(READS, "gfw")
@described(said.ASSET_STATS)
def get_asset_stats(asset_id: str) -> ResponseReturnValue:
    """What is counted of an asset; null where its source counts nothing."""
    return _of_asset(asset_id, lambda viewer, found: present_versions.said_by(found, "stats"))


@bp.get("/asset/<asset_id>/extent")
@through(READS, "gfw")
@described(said.ASSET_EXTENT)
def get_asset_extent(asset_id: str) -> ResponseReturnValue:
    """Where the data of an asset lies; null where its source does not say."""
    return _of_asset(asset_id, lambda viewer, found: present_versions.extent(extra_of(viewer, found.dataset)))


@bp.get("/asset/<asset_id>/change_log")
@through(READS, "gfw")
@described(said.ASSET_CHANGE_LOG)
def get_asset_change_log(asset_id: str) -> ResponseReturnValue:
    """What happened to the dataset of an asset."""

    def shown(viewer: Viewer, found: Asset) -> Any:
        return present_versions.change_log(list_changes(viewer, found.dataset, present_versions.TOLD))

    return _of_asset(asset_id, shown)


@bp.get("/asset/<asset_id>/creation_options")
@through(READS, "gfw")
@described(said.ASSET_CREATION_OPTIONS)
def get_asset_creation_options(asset_id: str) -> ResponseReturnValue:
    """How an asset was made, as far as its source says."""
    return _of_asset(asset_id, lambda viewer, found: present_versions.said_by(found, "creation_options") or {})


@bp.get("/asset/<asset_id>/tasks")
@through(READS, "gfw")
@described(said.ASSET_TASKS)
def get_asset_tasks(asset_id: str) -> ResponseReturnValue:
    """The tasks that make an asset: none, since a catalog runs none."""
    viewer = admitted()
    _, paging = together(lambda: named_asset(viewer, asset_id), lambda: read_paging(request.args))
    return tasks_listed(viewer, paging)


def _of_asset(asset_id: str, shown: Callable[[Viewer, Asset], Any]) -> Response:
    viewer = admitted()

    def make() -> Response:
        return answer(present_versions.success(shown(viewer, named_asset(viewer, asset_id))))

    return conditional(make, is_private=viewer.is_signed_in)
