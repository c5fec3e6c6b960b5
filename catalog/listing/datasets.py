"""Datasets as lists and one by one: what the viewer may see, narrowed, ordered, and cut to a page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum

from orjson import Fragment
from sqlalchemy import ColumnElement, Row, Select, bindparam, func, select
from sqlalchemy.orm import defer, joinedload, selectinload, undefer_group

from catalog.access import Ownership, Viewer, visible_datasets
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.criteria import DatasetCriteria
from catalog.listing.indexed import indexed
from catalog.listing.lists import DATASETS
from catalog.listing.paging import Order, Page, Window, count
from catalog.listing.prepared import rows_of
from catalog.listing.searching import among, as_one, is_at_hand
from catalog.listing.tallies import count_listed, count_listed_by_ownership, is_tallied
from catalog.listing.written import Writing
from catalog.model import Alias, Asset, Dataset, Organization, Share, User, Version
from catalog.vocabulary.slugs import SLUG

_ALL = DatasetCriteria()
_PARTIES = (
    joinedload(Dataset.owner).load_only(User.handle, User.title, User.public_id, User.uuid),
    joinedload(Dataset.organization).load_only(Organization.key, Organization.title),
)


class Parts(Enum):
    """How much of each dataset a list brings along."""

    STORAGE = _PARTIES
    """What a list of storages shows: names, counts, moments, the owner."""
    CARD = (
        *_PARTIES,
        joinedload(Dataset.latest).load_only(Version.label, Version.row_count, Version.file_size_bytes),
    )
    """What a card shows: the above and the latest version in brief."""
    RECORD = (
        undefer_group("texts"),
        defer(Dataset.extra, raiseload=True),
        selectinload(Dataset.tags),
        selectinload(Dataset.versions).load_only(
            Version.dataset_id, Version.label, Version.gfw, Version.semver_key, Version.is_latest
        ),
    )
    """Everything said of the dataset itself: its texts, tags and the names of its versions."""
    WHOLE = (
        *_PARTIES,
        undefer_group("texts"),
        undefer_group("pages"),
        selectinload(Dataset.tags),
        selectinload(Dataset.versions).selectinload(Version.task_categories),
    )
    """What its own page shows, but for the assets."""


def list_datasets(
    viewer: Viewer, wanted: DatasetCriteria, order: Order, window: Window, parts: Parts = Parts.CARD
) -> Page[Dataset]:
    """The datasets that `viewer` may see and `wanted` describes, in order, inside `window`."""
    return DATASETS.page(viewer, wanted, order, window, count_datasets(viewer, wanted), parts.value)


def place_datasets(
    viewer: Viewer, wanted: DatasetCriteria, order: Order, window: Window, *columns: ColumnElement
) -> Page[Row]:
    """The ids of what `list_datasets` would give, each twice, with `columns` of its row."""
    total = count_datasets(viewer, wanted)
    return Page(DATASETS.placed(viewer, wanted, order, window, total, columns), total, window)


def load_datasets(viewer: Viewer, ids: Sequence[int], parts: Parts = Parts.CARD) -> list[Dataset]:
    """Those of the datasets `ids` that `viewer` may see, in this order."""
    return DATASETS.loaded(viewer, ids, parts.value)


def write_datasets(
    viewer: Viewer, wanted: DatasetCriteria, order: Order, window: Window, writing: Writing[Dataset]
) -> Page[Fragment]:
    """What `list_datasets` would give, each as it is written."""
    return DATASETS.written(viewer, wanted, order, window, count_datasets(viewer, wanted), writing)


def count_datasets(viewer: Viewer, wanted: DatasetCriteria = _ALL) -> int:
    """How many datasets `viewer` may see that `wanted` describes."""
    if wanted == _ALL and is_tallied(viewer) and not (is_at_hand() and indexed(viewer, wanted)):
        return count_listed(viewer)
    return DATASETS.count(viewer, wanted)


def count_by_ownership(viewer: Viewer, wanted: DatasetCriteria) -> dict[Ownership | None, int]:
    """How many datasets `wanted` would show for each ownership, whatever it asks for itself; None is all of them."""
    wanted = replace(wanted, ownership=None)
    if wanted == _ALL and is_tallied(viewer) and indexed(viewer, wanted) is None:
        return count_listed_by_ownership(viewer)
    return DATASETS.count_by_ownership(viewer, wanted)


def count_unnamed(viewer: Viewer, wanted: DatasetCriteria) -> int:
    """How many unnamed datasets `wanted` would show beside the others, were it to ask for them."""
    wanted = replace(wanted, with_unnamed=True)
    if (index := indexed(viewer, wanted)) is not None:
        return index.count_unnamed(wanted)
    found = DATASETS.narrowed(viewer, wanted)
    return count(found.where(Dataset.name.is_(None)).with_only_columns(Dataset.id))


def batches_of_datasets(
    viewer: Viewer,
    wanted: DatasetCriteria,
    order: Order,
    size: int,
    parts: Parts = Parts.RECORD,
    window: Window | None = None,
) -> Iterator[list[Dataset]]:
    """All that `list_datasets` would give, or what it gives inside `window`, `size` rows at a time."""
    return DATASETS.batches(viewer, wanted, order, size, window, parts.value)


def get_dataset(viewer: Viewer, slug: str, parts: Parts = Parts.WHOLE) -> Dataset:
    """The dataset called `slug`, if `viewer` may see it; else NotFound."""
    if not SLUG.fullmatch(slug):
        raise NotFound(f"There is no dataset “{slug[:200]}”.")
    found = visible_datasets(viewer).where(Dataset.slug == slug).options(*parts.value)
    return _one(found, f"There is no dataset “{slug[:200]}”.")


def get_dataset_by_public_id(viewer: Viewer, public_id: str, parts: Parts = Parts.STORAGE) -> Dataset:
    """The dataset with this public id, if `viewer` may see it; else NotFound."""
    return _one(
        visible_datasets(viewer).where(Dataset.public_id == public_id).options(*parts.value),
        "There is no such dataset.",
    )


def moved_to(viewer: Viewer, old_slug: str) -> str | None:
    """The present slug of the dataset that was called `old_slug`, if `viewer` may see it; else None."""
    if not SLUG.fullmatch(old_slug):
        return None
    found = visible_datasets(viewer).join(Alias, Alias.dataset_id == Dataset.id).where(Alias.slug == old_slug)
    return db.session.scalar(found.with_only_columns(Dataset.slug))


def formats_of(viewer: Viewer, datasets: Sequence[Dataset]) -> dict[int, list[str]]:
    """The formats (else kinds) of the assets of each of `datasets`, most frequent first, by dataset id."""
    found: dict[int, list[str]] = {dataset.id: [] for dataset in datasets}
    for key, format_, _ in rows_of(_formats, viewer, ids=as_one(list(found))) if found else ():
        found[key].append(format_)
    return found


def _formats(viewer: Viewer) -> Select:
    shown = func.coalesce(Asset.format, Asset.kind)
    found = visible_datasets(viewer).join(Asset, Asset.dataset_id == Dataset.id)
    found = found.where(among(Dataset.id, bindparam("ids")))
    counted = found.with_only_columns(Dataset.id, shown, func.count()).group_by(Dataset.id, shown)
    return counted.order_by(Dataset.id, func.count().desc(), shown)


def shared_to(viewer: Viewer, ids: Sequence[int]) -> set[int]:
    """Those of the datasets `ids` that a share opens to the viewer or to an organization of theirs."""
    if not viewer.is_signed_in or not ids:
        return set()
    return {id_ for (id_,) in rows_of(_shared, viewer, ids=as_one(ids))}


def _shared(viewer: Viewer) -> Select:
    found = select(Share.dataset_id).where(among(Share.dataset_id, bindparam("ids")))
    return found.where((Share.user_id == viewer.user_id) | Share.organization_id.in_(viewer.organization_ids))


def shares_reaching(viewer: Viewer, dataset: Dataset) -> Sequence[Share]:
    """The shares by which `dataset` reaches the viewer, oldest first, with who gave them and to which organization."""
    if not viewer.is_signed_in:
        return ()
    receiver = (Share.user_id == viewer.user_id) | Share.organization_id.in_(viewer.organization_ids)
    found = select(Share).where(Share.dataset_id == dataset.id, receiver).order_by(Share.created_at, Share.id)
    return db.session.scalars(found.options(joinedload(Share.created_by), joinedload(Share.organization))).all()


def _one(found, message: str) -> Dataset:
    dataset = db.session.scalars(found).unique().one_or_none()
    if dataset is None:
        raise NotFound(message)
    return dataset
