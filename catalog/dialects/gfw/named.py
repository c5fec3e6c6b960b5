"""Datasets, versions and assets by what addresses of the GFW dialect call them; refusals in its words."""

import re
from urllib.parse import quote
from uuid import UUID

from flask import request
from werkzeug.routing import RequestRedirect

from catalog.access import Viewer
from catalog.dialects.gfw.parameters import ASSET_ID, DATASET, VERSION_FORM
from catalog.dialects.gfw.params import not_of_form
from catalog.dialects.wire import settings
from catalog.errors import Fault, Invalid, NotFound
from catalog.listing.assets import get_asset
from catalog.listing.datasets import Parts, get_dataset, moved_to
from catalog.listing.naming import LATEST, get_version
from catalog.model import Asset, Dataset, Version
from catalog.settings import GfwAssetTypes
from catalog.vocabulary.versions import normalize_gfw


class Moved(RequestRedirect):
    """The dataset is called otherwise now; what follows in the address and its query are kept."""

    code = 307


def named_dataset(viewer: Viewer, name: str) -> Dataset:
    """The dataset called `name`; Moved for a former name, Invalid for what is no name, NotFound where there is none."""
    if not _is_name(name):
        raise Invalid(faults=[not_of_form("path", DATASET.name, DATASET.schema["pattern"])])
    try:
        return get_dataset(viewer, name, Parts.RECORD)
    except NotFound:
        _lead_from(viewer, name)
        raise NotFound(f"Dataset with name {name} does not exist") from None


def named_version(viewer: Viewer, dataset: str, version: str) -> Version:
    """The version called `version` by any of its names; Invalid for what is neither of the form nor such a name."""
    faults = [] if _is_name(dataset) else [not_of_form("path", DATASET.name, DATASET.schema["pattern"])]
    is_of_form = version == LATEST or normalize_gfw(version) is not None
    if faults:
        raise Invalid(faults=faults if is_of_form else [*faults, _no_version()])
    try:
        return get_version(viewer, named_dataset(viewer, dataset), version)
    except NotFound:
        if not is_of_form:
            raise Invalid(faults=[_no_version()]) from None
        raise NotFound(f"Version with name {dataset}.{version} does not exist") from None


def named_asset(viewer: Viewer, text: str) -> Asset:
    """The asset whose id is `text`; Invalid for what is no id, NotFound where there is none."""
    try:
        uuid = UUID(text)
    except ValueError:
        raise Invalid(faults=[Fault(("path", ASSET_ID.name), "value is not a valid uuid", "type_error.uuid")]) from None
    missing = NotFound(f"Could not find requested asset {uuid}")
    try:
        asset = get_asset(viewer, uuid)
    except NotFound:
        raise missing from None
    if not asset.is_gfw_known and settings().gfw_asset_types is GfwAssetTypes.KNOWN:
        raise missing
    return asset


def kept_path(path: str) -> str:
    """`path` as it stands in an address, with `.` and `..` as parts of names.

    Who asks resolves those beside a slash before they send, so the slashes beside them came written out.
    """
    kept = re.sub(r"(?<=/)(\.\.?)/", r"\1%2F", quote(path))
    return re.sub(r"/(\.\.?)$", r"%2F\1", kept)


def _lead_from(viewer: Viewer, name: str) -> None:
    """Moved where `name` is what a dataset that the viewer may see was called."""
    slug = moved_to(viewer, name)
    if slug is None:
        return
    rest = request.path.removeprefix(f"/dataset/{name}")
    query = f"?{quote(request.query_string, safe='%=&?/:+,;@!$()*~')}" if request.query_string else ""
    raise Moved(f"{request.root_path}/dataset/{slug}{kept_path(rest)}{query}")


def _is_name(text: str) -> bool:
    return re.fullmatch(DATASET.schema["pattern"], text) is not None


def _no_version() -> Fault:
    return not_of_form("path", "version", VERSION_FORM)
