"""Downloads asked for: what is kept of each, and where it leads."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from sqlalchemy import Select

from catalog.access import Viewer, visible_assets, visible_datasets, visible_versions
from catalog.changes.journal import writing
from catalog.db import db
from catalog.errors import NotFound
from catalog.model import Asset, Dataset, Download, DownloadStatus, Version
from catalog.vocabulary.links import file_address, is_pattern
from catalog.vocabulary.text import cut, tidy
from catalog.vocabulary.versions import NO_VERSION

T = TypeVar("T")

# The file that a version has, in whatever format.
RAW = "raw"
_FILENAME_LIMIT = 200


class _Nothing(Exception):
    """There is nothing to download, for the reason given as a sentence."""


def ask_download(
    viewer: Viewer,
    dataset: Dataset,
    version: Version | None,
    *,
    format_: str = RAW,
    split: str | None = None,
    minutes: int,
) -> Download:
    """A download of `version`, for `minutes`; failed, with the reason, where there is nothing to download.

    Whoever sees the dataset may, by a token that only reads too; NotFound for others, and where the version has gone
    meanwhile. It is no change of the dataset, so the journal knows nothing of it.
    """
    dataset_id, version_id = dataset.id, version.id if version else None
    with writing() as at:
        dataset = _found(visible_datasets(viewer).where(Dataset.id == dataset_id))
        if version_id is not None:
            version = _found(visible_versions(viewer).where(Version.id == version_id))
        download = Download(
            dataset_id=dataset.id,
            user_id=viewer.user_id,
            semver=version.semver if version else NO_VERSION,
            format=format_,
            created_at=at,
        )
        try:
            asset = _choose(viewer, dataset, version, format_, split)
        except _Nothing as reason:
            download.status, download.error = DownloadStatus.FAILED, str(reason)
        else:
            download.status = DownloadStatus.READY
            download.asset_id, download.file_size_bytes = asset.id, asset.size_bytes
            download.filename = _filename(dataset, download.semver, asset)
            download.expires_at = at + timedelta(minutes=minutes)
        db.session.add(download)
    return download


def _found(wanted: Select[tuple[T]]) -> T:
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound()
    return found


def _choose(viewer: Viewer, dataset: Dataset, version: Version | None, format_: str, split: str | None) -> Asset:
    """The asset to download; _Nothing where there is none that can be."""
    if version is None:
        raise _Nothing("This dataset has no version, and so nothing to download.")
    if not (dataset.is_downloadable and version.is_downloadable):
        raise _Nothing("This version is not offered for download.")
    found = visible_assets(viewer).where(Asset.version_id == version.id)
    assets = db.session.scalars(found.order_by(Asset.is_default.desc(), Asset.id)).all()
    if split is not None:
        assets = _of_split(version, assets, split)
    if format_ != RAW:
        assets = [asset for asset in assets if asset.format == format_]
    if not assets:
        what = "nothing to download" if format_ == RAW else f"no file in the format {format_}"
        raise _Nothing(f"This version has {what}.")
    asset = assets[0]
    if not asset.is_downloadable:
        raise _Nothing("This file is not offered for download.")
    if is_pattern(asset.uri):
        raise _Nothing("This address is a pattern for many files, so no link can lead to one of them.")
    if file_address(asset.uri) is None:
        raise _Nothing("This file is not on the web, so no link can lead to it.")
    return asset


def _of_split(version: Version, assets: Sequence[Asset], split: str) -> list[Asset]:
    """The assets that the version names as its split: by their address, its end or their name."""
    path = (version.splits or {}).get(split)
    if not isinstance(path, str) or not path:
        raise _Nothing(f"This version has no split “{cut(split, 60)}”.")
    return [asset for asset in assets if path in (asset.uri, asset.name) or (asset.uri or "").endswith(f"/{path}")]


def _filename(dataset: Dataset, semver: str, asset: Asset) -> str:
    """What to call the file: as its address does, else by dataset, version and format."""
    path = unquote(urlsplit(file_address(asset.uri) or "").path)
    last = PurePosixPath(" ".join(tidy(path).split())).name
    if "." in last[1:-1]:
        return last[-_FILENAME_LIMIT:]
    return f"{dataset.slug}-{semver}" + (f".{asset.format}" if asset.format else "")
