"""Assets as lists and one by one, of the datasets that the viewer may see."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from uuid import UUID

from orjson import Fragment
from sqlalchemy import func, select, true
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from catalog.access import Ownership, Viewer, visible_assets, visible_versions
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.criteria import AssetCriteria
from catalog.listing.lists import ASSETS
from catalog.listing.narrowing import narrow_assets, narrow_versions
from catalog.listing.paging import Order, Page, Window
from catalog.listing.written import Writing
from catalog.model import Asset, Dataset, Field, Organization, User, Version

_ALL = AssetCriteria()
_VERSION = joinedload(Asset.version).load_only(Version.label, Version.gfw, Version.semver, Version.is_latest)


class AssetParts(Enum):
    """How much of each asset a list brings along."""

    ROW = (
        contains_eager(Asset.dataset).joinedload(Dataset.owner).load_only(User.handle, User.title),
        contains_eager(Asset.dataset).joinedload(Dataset.organization).load_only(Organization.key, Organization.title),
        _VERSION,
    )
    """What a row shows: the asset, its version's names, its dataset and whose it is."""
    RECORD = (
        contains_eager(Asset.dataset).load_only(Dataset.slug, raiseload=True).selectinload(Dataset.tags),
        defer(Asset.description, raiseload=True),
        _VERSION,
        selectinload(Asset.fields).defer(Field.extra, raiseload=True),
    )
    """What an API says of the asset itself: its version's names, its fields, and its dataset's slug and tags."""
    WHOLE = (
        contains_eager(Asset.dataset).joinedload(Dataset.owner),
        contains_eager(Asset.dataset).joinedload(Dataset.organization),
        contains_eager(Asset.dataset).selectinload(Dataset.tags),
        joinedload(Asset.version),
        selectinload(Asset.fields),
    )
    """What its own page shows."""


def list_assets(
    viewer: Viewer, wanted: AssetCriteria, order: Order, window: Window, parts: AssetParts = AssetParts.ROW
) -> Page[Asset]:
    """The assets that `viewer` may see and `wanted` describes, in order, inside `window`."""
    return ASSETS.page(viewer, wanted, order, window, count_assets(viewer, wanted), parts.value)


def write_assets(
    viewer: Viewer, wanted: AssetCriteria, order: Order, window: Window, writing: Writing[Asset]
) -> Page[Fragment]:
    """What `list_assets` would give, each as it is written."""
    return ASSETS.written(viewer, wanted, order, window, count_assets(viewer, wanted), writing)


def count_assets(viewer: Viewer, wanted: AssetCriteria = _ALL) -> int:
    """How many assets `viewer` may see that `wanted` describes."""
    return ASSETS.count(viewer, wanted)


def count_assets_by_ownership(viewer: Viewer, wanted: AssetCriteria) -> dict[Ownership | None, int]:
    """How many assets `wanted` would show for each ownership of their datasets; None is all of them."""
    return ASSETS.count_by_ownership(viewer, replace(wanted, within=replace(wanted.within, ownership=None)))


def batches_of_assets(
    viewer: Viewer,
    wanted: AssetCriteria,
    order: Order,
    size: int,
    parts: AssetParts = AssetParts.RECORD,
    window: Window | None = None,
) -> Iterator[list[Asset]]:
    """All that `list_assets` would give, or what it gives inside `window`, `size` rows at a time."""
    return ASSETS.batches(viewer, wanted, order, size, window, parts.value)


def get_asset(viewer: Viewer, uuid: UUID) -> Asset:
    """The asset with this id, if `viewer` may see its dataset; else NotFound."""
    found = visible_assets(viewer).where(Asset.uuid == uuid).options(*AssetParts.WHOLE.value)
    asset = db.session.scalars(found).unique().one_or_none()
    if asset is None:
        raise NotFound("There is no such asset.")
    return asset


def first_assets(viewer: Viewer, dataset: Dataset, number: int) -> Sequence[Asset]:
    """The first `number` assets of `dataset`: those of its latest version first, each in the order that they came."""
    found = visible_assets(viewer).where(Asset.dataset_id == dataset.id).join(Asset.version)
    newest = (Version.is_latest.desc(), Version.semver_key.desc(), Version.id.desc())
    return db.session.scalars(found.options(*AssetParts.ROW.value).order_by(*newest, Asset.id).limit(number)).all()


def default_asset(viewer: Viewer, dataset: Dataset) -> Asset | None:
    """The asset that answers for the latest version of `dataset`, with its fields; None where there is none."""
    found = visible_assets(viewer).where(
        Asset.dataset_id == dataset.id, Asset.is_default, Asset.version.has(Version.is_latest)
    )
    return db.session.scalars(found.options(selectinload(Asset.fields)).order_by(Asset.id).limit(1)).one_or_none()


def are_known(viewer: Viewer, wanted: AssetCriteria) -> tuple[bool, bool]:
    """Whether the viewer may see any asset of the type or kind that `wanted` names, and any version that it names.

    The version is looked for in the dataset that `wanted` names, or in all of them. What is not named is known.
    """
    of_type = AssetCriteria(asset_type=wanted.asset_type, only_gfw_known=wanted.only_gfw_known, within=wanted.within)
    typed = narrow_assets(visible_assets(viewer), viewer, of_type).exists()
    called = narrow_versions(visible_versions(viewer), viewer, wanted).exists()
    found = (
        typed if wanted.asset_type is not None else true(),
        called if wanted.version is not None else true(),
    )
    return tuple(map(bool, db.session.execute(select(*found)).one()))


def count_fields(assets: Sequence[Asset]) -> dict[int, int]:
    """How many fields each of `assets` has, by asset id."""
    counted = (
        select(Field.asset_id, func.count())
        .where(Field.asset_id.in_([asset.id for asset in assets]))
        .group_by(Field.asset_id)
    )
    return {key: number for key, number in db.session.execute(counted)} if assets else {}


def count_by_version(viewer: Viewer, dataset: Dataset) -> dict[int, int]:
    """How many assets each version of `dataset` holds, by version id."""
    counted = visible_assets(viewer).where(Asset.dataset_id == dataset.id)
    grouped = counted.with_only_columns(Asset.version_id, func.count()).group_by(Asset.version_id)
    return {key: number for key, number in db.session.execute(grouped)}
