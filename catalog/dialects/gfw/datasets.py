"""One dataset and its versions in the GFW dialect, and what is known of each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from catalog.access import Viewer
from catalog.dialects.describing import described
from catalog.dialects.gfw import operations as said
from catalog.dialects.gfw import present, present_versions
from catalog.dialects.gfw.door import READS, admitted, bp, own_pages
from catalog.dialects.gfw.named import kept_path, named_dataset, named_version
from catalog.dialects.gfw.parameters import WITH_DATASET
from catalog.dialects.gfw.params import read_flag, together
from catalog.dialects.gfw.routes import assets_listed, wanted_assets
from catalog.dialects.wire import answer, conditional, settings, through
from catalog.errors import NotFound
from catalog.headers import vary_by
from catalog.listing.history import extra_of, list_changes
from catalog.listing.naming import LATEST, get_version
from catalog.listing.rows import assets_of, fields_of
from catalog.model import Asset, Version
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
    return lead_to_latest(dataset, rest)


def lead_to_latest(dataset: str, rest: str) -> ResponseReturnValue:
    """The way to `rest` below the latest version; NotFound where there is none."""
    viewer = admitted()
    missing = NotFound(f"Dataset {dataset} has no latest version.")
    try:
        found = get_version(viewer, named_dataset(viewer, dataset), LATEST)
    except NotFound:
        raise missing from None
    below = kept_path(f"/{rest}") if rest else ""
    query = f"?{quote(request.query_string, safe='%=&?/:+,;@!$()*~')}" if request.query_string else ""
    response = redirect(f"{request.root_path}/dataset/{found.dataset.slug}/{found.gfw}{below}{query}", 307)
    vary_by(response, "Authorization", "X-API-Key")
    return response


@bp.get("/dataset/<dataset>/<version>")
@through(READS, "gfw")
@described(said.VERSION_READ)
def get_version_of_dataset(dataset: str, version: str) -> ResponseReturnValue:
    """One version."""

    def shown(viewer: Viewer, found: Version) -> Any:
        note_access(found.dataset_id)
        assets = [one for one in assets_of(viewer, found) if _is_told(one)]
        return present_versions.version(found, assets, own_pages())

    return _of_version(dataset, version, shown)


@bp.get("/dataset/<dataset>/<version>/metadata")
@through(READS, "gfw")
@described(said.VERSION_METADATA)
def get_version_metadata(dataset: str, version: str) -> ResponseReturnValue:
    """What is said of one version."""
    viewer = admitted()

    def shown() -> Response:
        found, with_dataset = together(
            lambda: named_version(viewer, dataset, version), lambda: read_flag(request.args, WITH_DATASET)
        )
        more = {"dataset_metadata": present.dataset_metadata(found.dataset)} if with_dataset else {}
        return answer(present_versions.success(present_versions.version_metadata(found) | more))

    return conditional(shown, is_private=viewer.is_signed_in)


@bp.get("/dataset/<dataset>/<version>/fields")
@through(READS, "gfw")
@described(said.FIELDS)
def get_version_fields(dataset: str, version: str) -> ResponseReturnValue:
    """The columns of a version's default asset, or its bands."""

    def shown(viewer: Viewer, found: Version) -> Any:
        default = _default_of(viewer, found)
        return present.columns(default, fields_of(default)) if default else []

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
    found, wanted = together(
        lambda: named_version(viewer, dataset, version), lambda: wanted_assets(viewer, is_of_version=True)
    )
    of_version = replace(wanted.criteria, dataset=found.dataset.slug, version=found.gfw)
    return assets_listed(viewer, replace(wanted, criteria=of_version))


def _of_version(dataset: str, version: str, shown: Callable[[Viewer, Version], Any]) -> Response:
    viewer = admitted()

    def make() -> Response:
        return answer(present_versions.success(shown(viewer, named_version(viewer, dataset, version))))

    return conditional(make, is_private=viewer.is_signed_in)


def _said_by_default(viewer: Viewer, version: Version, key: str) -> Any:
    return present_versions.said_by(_default_of(viewer, version), key)


def _default_of(viewer: Viewer, version: Version) -> Asset | None:
    """The asset that answers for `version`; None where there is none, and where this catalog does not tell of it."""
    default = next(iter(assets_of(viewer, version)), None)
    return default if default is not None and _is_told(default) else None


def _is_told(asset: Asset) -> bool:
    return asset.is_gfw_known or settings().gfw_asset_types is not GfwAssetTypes.KNOWN
