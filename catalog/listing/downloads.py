"""Downloads that were asked for: as the activity of an organization, and one by one for whoever asked."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from catalog.access import Viewer, visible_assets, visible_datasets
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.by_publisher import called_fully
from catalog.listing.paging import Page, Window, count, within
from catalog.listing.publishers import Publisher, published
from catalog.model import Asset, Dataset, Download, User, Version


def list_downloads(
    viewer: Viewer, publisher: Publisher, *, user: str | None = None, dataset: str | None = None, window: Window
) -> Page[Download]:
    """The downloads of the datasets of `publisher` that reach the viewer, newest first, inside `window`.

    `user` names by uuid who asked, `dataset` the dataset, by its full name or its slug.
    """
    found = _of_datasets(viewer).where(Dataset.name.is_not(None), published(viewer, publisher))
    if user is not None:
        found = found.where(_asked_by(user))
    if dataset is not None:
        found = found.where(called_fully(dataset))
    total = count(found.with_only_columns(Download.id))
    if window.offset >= total:
        return Page((), total, window)
    rows = db.session.execute(within(found.options(*_PARTS).order_by(Download.id.desc()), window))
    return Page([download for _, download in rows], total, window)


def get_download(viewer: Viewer, key: str, uuid: UUID) -> Download:
    """The download of a dataset of the organization or user `key`, for whoever asked for it; else NotFound."""
    found = _of_datasets(viewer).where(Download.uuid == uuid, Download.user_id == viewer.user_id).options(*_PARTS)
    row = db.session.execute(found).one_or_none()
    if row is None or row[0].party_key != key:
        raise NotFound("There is no such download.")
    return row[1]


def find_download(uuid: UUID) -> Download:
    """The download with this id and who asked for it, whoever holds its address; NotFound where there is none."""
    download = db.session.scalar(select(Download).where(Download.uuid == uuid).options(joinedload(Download.user)))
    if download is None:
        raise NotFound("There is no such download.")
    return download


def destination_of(viewer: Viewer, download: Download) -> str | None:
    """Where `download` leads, if `viewer` may still see the asset there and it is still offered; else None."""
    is_offered = (Dataset.is_downloadable, Asset.version.has(Version.is_downloadable), Asset.is_downloadable)
    found = visible_assets(viewer).where(Asset.id == download.asset_id, *is_offered)
    return db.session.scalar(found.with_only_columns(Asset.uri))


_PARTS = (
    contains_eager(Dataset.owner),
    contains_eager(Dataset.organization),
    contains_eager(Download.dataset),
    selectinload(Download.user),
)


def _of_datasets(viewer: Viewer) -> Select:
    return (
        visible_datasets(viewer)
        .join(Dataset.owner)
        .outerjoin(Dataset.organization)
        .join(Download, Download.dataset_id == Dataset.id)
        .add_columns(Download)
    )


def _asked_by(uuid: str) -> ColumnElement[bool]:
    try:
        return Download.user_id.in_(select(User.id).where(User.uuid == UUID(uuid)))
    except ValueError:
        return false()
