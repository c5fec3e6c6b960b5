"""One dataset of an organization or a user, in one of its versions, by the names that the org dialect gives them."""

from collections.abc import Sequence

from sqlalchemy import select, union
from sqlalchemy.orm import contains_eager, selectinload, undefer

from catalog.access import Viewer, visible_assets, visible_datasets, visible_versions
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.by_publisher import under
from catalog.listing.naming import LATEST, get_version
from catalog.listing.versions import Row
from catalog.model import Alias, Asset, Dataset, Field, Version
from catalog.vocabulary.slugs import PARTY_KEY, SLUG
from catalog.vocabulary.text import cut
from catalog.vocabulary.versions import NO_VERSION


def get_published(viewer: Viewer, key: str, name: str) -> Dataset:
    """The dataset called `name`, now or formerly, of the organization or user `key`; NotFound unless it is visible."""
    missing = NotFound(f"There is no dataset “{cut(f'{key}/{name}', 120)}”.")
    if not (PARTY_KEY.fullmatch(key) and SLUG.fullmatch(name)):
        raise missing
    # Said so that both databases look it up by its slug: with an “or”, PostgreSQL would read all datasets.
    now = visible_datasets(viewer).where(Dataset.slug == name).with_only_columns(Dataset.id)
    formerly = select(Alias.dataset_id).where(Alias.slug == name)
    found = (
        visible_datasets(viewer)
        .join(Dataset.owner)
        .outerjoin(Dataset.organization)
        .where(under(key), Dataset.id.in_(union(now, formerly)))
        .options(
            contains_eager(Dataset.owner),
            contains_eager(Dataset.organization),
            undefer(Dataset.extra),
            undefer(Dataset.overview),
            selectinload(Dataset.tags),
        )
    )
    dataset = db.session.scalars(found).unique().one_or_none()
    if dataset is None:
        raise missing
    return dataset


def get_row(viewer: Viewer, key: str, name: str, version: str = LATEST) -> Row:
    """That dataset in the version that any of its names means; one without a version is 0.0.0, its latest."""
    dataset = get_published(viewer, key, name)
    if version in (LATEST, NO_VERSION):
        newest = _of(viewer, dataset).order_by(*_NEWEST_FIRST).limit(1).options(selectinload(Version.task_categories))
        latest = db.session.scalars(newest).one_or_none()
        if latest is None or version == LATEST:
            return Row(dataset, latest)
    return Row(dataset, get_version(viewer, dataset, version))


def semvers_of(viewer: Viewer, dataset: Dataset) -> Sequence[str]:
    """The semantic versions of `dataset`, its latest one first, then by number; 0.0.0 for one that has none."""
    ordered = _of(viewer, dataset).with_only_columns(Version.semver).order_by(*_NEWEST_FIRST)
    return db.session.scalars(ordered).all() or [NO_VERSION]


def assets_of(viewer: Viewer, version: Version | None) -> Sequence[Asset]:
    """The assets of `version`, the default one first; none for no version."""
    if version is None:
        return ()
    found = visible_assets(viewer).where(Asset.version_id == version.id)
    return db.session.scalars(found.order_by(Asset.is_default.desc(), Asset.id)).all()


def fields_of(asset: Asset) -> Sequence[Field]:
    """The columns of `asset`, in order."""
    return db.session.scalars(select(Field).where(Field.asset_id == asset.id).order_by(Field.position)).all()


_NEWEST_FIRST = (Version.is_latest.desc(), Version.semver_key.desc(), Version.id.desc())


def _of(viewer: Viewer, dataset: Dataset):
    return visible_versions(viewer).where(Version.dataset_id == dataset.id)
