"""One dataset and its versions in the GFW dialect, and what is known of each."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from catalog.access import Viewer
from catalog.dialects.describing import described
from catalog.dialects.gfw import operations as said
from catalog.dialects.gfw import present, present_versions
from catalog.dialects.gfw.door import READS, admitted, bp, own_pages
from catalog.dialects.gfw.named import named_dataset, named_version
from catalog.dialects.gfw.params import WITH_DATASET, read_flag
from catalog.dialects.gfw.routes import assets_listed
from catalog.dialects.wire import answer, conditional, settings, through
from catalog.errors import NotFound
from catalog.listing.history import extra_of, list_changes
from catalog.listing.naming import LATEST, get_version
from catalog.listing.rows import assets_of, fields_of
from catalog.model import Version
from catalog.settings import GfwAssetTypes
from catalog.tally import note_access


@bp.get("/dataset/<dataset>")
@through(READS, "gfw")
@described(said.DATASET_READ)
def get_dataset(dataset: str) -> ResponseReturnValue:
    """One dataset."""
    viewer = admitted()

    def shown() -> Response:
        found = named_dataset(viewer, dataset)
        note_access(found.id)
        return answer(present_versions.success(present.dataset(found)))

    return conditional(shown, is_private=viewer.is_signed_in)


@bp.get("/dataset/<dataset>/metadata")
@through(READS, "gfw")
@described(said.DATASET_METADATA)
def get_dataset_metadata(dataset: str) -> ResponseReturnValue:
    """What is said of one dataset."""
    viewer = admitted()

    def shown() -> Response:
        return answer(present_versions.success(present.dataset_metadata(named_dataset(viewer, dataset))))

    return conditional(shown, is_private=viewer.is_signed_in)


@bp.get("/dataset/<dataset>/latest")
@bp.get("/dataset/<dataset>/latest/<path:rest>")
@through(READS, "gfw")
@described(said.LATEST_VERSION)
def get_latest(dataset: str, rest: str = "") -> ResponseReturnValue:
    """The way to the latest version, what follows in the address and its query kept."""
    viewer = admitted()
    missing = NotFound(f"Dataset {dataset} has no latest version.")
    try:
        found = get_version(viewer, named_dataset(viewer, dataset), LATEST)
    except NotFound:
        raise missing from None
    below = f"/{quote(rest)}" if rest else ""
    query = f"?{quote(request.query_string, safe='%=&?/:+,;@!$()*~')}" if request.query_string else ""
    response = redirect(f"{request.root_path}/dataset/{found.dataset.slug}/{found.gfw}{below}{query}", 307)
    response.vary.update(("Authorization", "X-API-Key"))
    return response


@bp.get("/dataset/<dataset>/<version>")
@through(READS, "gfw")
@described(said.VERSION_READ)
def get_version_of_dataset(dataset: str, version: str) -> ResponseReturnValue:
    """One version."""

    def shown(viewer: Viewer, found: Version) -> Any:
        note_access(found.dataset_id)
        assets = assets_of(viewer, found)
        if settings().gfw_asset_types is GfwAssetTypes.KNOWN:
            assets = [one for one in assets if one.is_gfw_known]
        return present_versions.version(found, assets, own_pages())

    return _of_version(dataset, version, shown)


@bp.get("/dataset/<dataset>/<version>/metadata")
@through(READS, "gfw")
@described(said.VERSION_METADATA)
def get_version_metadata(dataset: str, version: str) -> ResponseReturnValue:
    """What is said of one version."""
    with_dataset = read_flag(request.args, WITH_DATASET)

    def shown(viewer: Viewer, found: Version) -> Any:
        more = {"dataset_metadata": present.dataset_metadata(found.dataset)} if with_dataset else {}
        return present_versions.version_metadata(found) | more

    return _of_version(dataset, version, shown)


@bp.get("/dataset/<dataset>/<version>/fields")
@through(READS, "gfw")
@described(said.FIELDS)
def get_version_fields(dataset: str, version: str) -> ResponseReturnValue:
    """The columns of a version's default asset, or its bands."""

    def shown(viewer: Viewer, found: Version) -> Any:
        assets = assets_of(viewer, found)
        return present.columns(assets[0], fields_of(assets[0])) if assets else []

    return _of_version(dataset, version, shown)


@bp.get("/dataset/<dataset>/<version>/stats")
@through(READS, "gfw")
@described(said.STATS)
def get_version_stats(dataset: str, version: str) -> ResponseReturnValue:
    """What is counted of a version's default asset; null where its source counts nothing."""
    return _of_version(dataset, version, lambda viewer, found: _said_by_default(viewer, found, "stats"))


@bp.get("/dataset/<dataset>/<version>/extent")
@through(READS, "gfw")
@described(said.EXTENT)
def get_version_extent(dataset: str, version: str) -> ResponseReturnValue:
    """Where the data of a version lies; null where its source does not say."""
    return _of_version(dataset, version, lambda viewer, found: present_versions.extent(extra_of(viewer, found.dataset)))


@bp.get("/dataset/<dataset>/<version>/change_log")
@through(READS, "gfw")
@described(said.CHANGE_LOG)
def get_version_change_log(dataset: str, version: str) -> ResponseReturnValue:
    """What happened to the dataset of a version."""
    return _of_version(
        dataset,
        version,
        lambda viewer, found: present_versions.change_log(list_changes(viewer, found.dataset, present_versions.TOLD)),
    )


@bp.get("/dataset/<dataset>/<version>/creation_options")
@through(READS, "gfw")
@described(said.CREATION_OPTIONS)
def get_version_creation_options(dataset: str, version: str) -> ResponseReturnValue:
    """How a version's default asset was made, as far as its source says."""
    return _of_version(
        dataset, version, lambda viewer, found: _said_by_default(viewer, found, "creation_options") or {}
    )


@bp.get("/dataset/<dataset>/<version>/assets")
@through(READS, "gfw")
@described(said.VERSION_ASSETS)
def get_version_assets(dataset: str, version: str) -> ResponseReturnValue:
    """The assets of a version, whatever their status."""
    viewer = admitted()
    found = named_version(viewer, dataset, version)
    return assets_listed(viewer, of=(found.dataset.slug, found.gfw))


def _of_version(dataset: str, version: str, shown: Callable[[Viewer, Version], Any]) -> Response:
    viewer = admitted()

    def make() -> Response:
        return answer(present_versions.success(shown(viewer, named_version(viewer, dataset, version))))

    return conditional(make, is_private=viewer.is_signed_in)


def _said_by_default(viewer: Viewer, version: Version, key: str) -> Any:
    return present_versions.said_by(next(iter(assets_of(viewer, version)), None), key)
