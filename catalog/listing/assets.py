"""Assets as lists and one by one, of the datasets that the viewer may see."""

from collections.abc import Iterator, Sequence
from enum import Enum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from catalog.access import Viewer, visible_assets
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.criteria import AssetCriteria, DatasetCriteria
from catalog.listing.narrowing import narrow_assets
from catalog.listing.paging import Order, Page, Window, count, within
from catalog.model import Asset, Dataset, Field, Organization, User, Version

_VERSION = joinedload(Asset.version).load_only(Version.label, Version.gfw, Version.semver, Version.is_latest)


class AssetParts(Enum):
    """How much of each asset a list brings along."""

    ROW = (
        contains_eager(Asset.dataset).joinedload(Dataset.owner).load_only(User.handle, User.title),
        contains_eager(Asset.dataset).joinedload(Dataset.organization).load_only(Organization.key, Organization.title),
        _VERSION,
    )
    """What a row shows: the asset, its version's names, its dataset and whose it is."""
    RECORD = (contains_eager(Asset.dataset).selectinload(Dataset.tags), _VERSION, selectinload(Asset.fields))
    """Everything said of the asset: the above with its fields and the tags of its dataset."""
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
    found = narrow_assets(visible_assets(viewer), viewer, wanted)
    total = count(found.with_only_columns(Asset.id))
    if window.offset >= total:
        return Page((), total, window)
    rows = within(found.options(*parts.value).order_by(*order.clauses), window)
    return Page(db.session.scalars(rows).unique().all(), total, window)


def count_assets(viewer: Viewer, wanted: AssetCriteria = AssetCriteria()) -> int:
    """How many assets `viewer` may see that `wanted` describes."""
    return count(narrow_assets(visible_assets(viewer), viewer, wanted).with_only_columns(Asset.id))


def batches_of_assets(viewer: Viewer, wanted: AssetCriteria, order: Order, size: int) -> Iterator[Sequence[Asset]]:
    """All that `list_assets` would give as records, `size` rows at a time, each from where the last one stopped."""
    after: tuple[object, int] | None = None
    while True:
        found = narrow_assets(visible_assets(viewer), viewer, wanted)
        if after is not None:
            found = found.where(order.after(*after))
        rows = (
            db.session.scalars(found.options(*AssetParts.RECORD.value).order_by(*order.clauses).limit(size))
            .unique()
            .all()
        )
        if not rows:
            return
        last = rows[-1]
        holder = last.dataset if order.column.class_ is Dataset else last
        after = (getattr(holder, order.column.key), last.id)
        yield rows
        if len(rows) < size:
            return


def get_asset(viewer: Viewer, uuid: UUID) -> Asset:
    """The asset with this id, if `viewer` may see its dataset; else NotFound."""
    found = visible_assets(viewer).where(Asset.uuid == uuid).options(*AssetParts.WHOLE.value)
    asset = db.session.scalars(found).unique().one_or_none()
    if asset is None:
        raise NotFound("There is no such asset.")
    return asset


def has_type(viewer: Viewer, asset_type: str) -> bool:
    """Whether the viewer may see any asset of this type or kind."""
    wanted = AssetCriteria(types=[asset_type], within=DatasetCriteria())
    return (
        db.session.scalar(narrow_assets(visible_assets(viewer), viewer, wanted).with_only_columns(Asset.id).limit(1))
        is not None
    )


def count_fields(assets: Sequence[Asset]) -> dict[int, int]:
    """How many fields each of `assets` has, by asset id."""
    counted = (
        select(Field.asset_id, func.count())
        .where(Field.asset_id.in_([asset.id for asset in assets]))
        .group_by(Field.asset_id)
    )
    return {key: number for key, number in db.session.execute(counted)} if assets else {}
