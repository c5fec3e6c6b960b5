"""Datasets as the org dialect writes them: one row a version, key by key as they leave."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from catalog.dialects.downloads import address_of, is_over
from catalog.dialects.wire import whole
from catalog.listing.paging import Page
from catalog.listing.version_facets import RowFacets
from catalog.listing.versions import Row
from catalog.model import Asset, Dataset, Download, DownloadStatus, Field, Visibility
from catalog.vocabulary.formats import UNKNOWN_FORMAT
from catalog.vocabulary.licenses import LICENSE_WORDS
from catalog.vocabulary.versions import NO_VERSION

_SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})", re.IGNORECASE)
# Under which keys sources state what the content of a file hashes to.
_DIGEST_KEYS = ("sha256", "hash", "checksum")


def dataset_list(page: Page, *, number: int) -> dict[str, Any]:
    """Page `number` of the rows, each as it is written."""
    return {
        "datasets": page.items,
        "has_next": page.has_next,
        "has_previous": page.has_previous,
        "limit": page.window.limit,
        "page": whole(number),
        "total": page.total,
        "total_pages": page.page_count,
    }


def dataset_row(row: Row) -> dict[str, Any]:
    """One version of a dataset; a dataset without any goes out as version 0.0.0 with what is known of itself."""
    dataset, version = row.dataset, row.version
    return {
        "id": str(version.uuid if version else dataset.uuid),
        "name": dataset.full_name,
        "version": version.semver if version else NO_VERSION,
        "created_at": stamp(version.created_at if version else dataset.created_at),
        "download_count": version.download_count if version else 0,
        "format": (version.format if version else None) or UNKNOWN_FORMAT,
        "is_public": is_public(dataset.visibility),
        "origin": (version.origin if version else None) or dataset.extra or {},
        "summary": dataset.summary,
        "license": _license(dataset),
        "pretty_name": dataset.title,
        "size_category": version.size_category if version else None,
        "updated_at": stamp(version.updated_at if version else dataset.updated_at),
        "tags": [tag.name for tag in dataset.tags],
        "task_categories": [task.name for task in version.task_categories] or None if version else None,
        "language": version.language if version else None,
        "row_count": version.row_count if version else None,
        "file_size_bytes": version.file_size_bytes if version else None,
    }


def dataset_detail(row: Row, assets: Sequence[Asset], fields: Sequence[Field]) -> dict[str, Any]:
    """One version with its `assets`, and the `fields` of the default one; nobody's e-mail is told."""
    return {
        **dataset_row(row),
        "artifacts": _artifacts(assets),
        "data_schema": {field.name: field.data_type for field in fields},
        "artifacts_hash": None,
        "splits": (row.version.splits if row.version else None) or None,
        "created_by_email": None,
        "description": row.dataset.overview,
    }


def facets(found: RowFacets) -> dict[str, Any]:
    """The values that filters can take."""
    return {
        "filtered_total": found.filtered_total,
        "formats": found.values["formats"],
        "licenses": found.values["licenses"],
        "size_categories": found.values["size_categories"],
        "tags": found.values["tags"],
        "task_categories": found.values["task_categories"],
        "total": found.total,
    }


def visibility_answer(dataset: str, visibility: Visibility) -> dict[str, Any]:
    """What the visibility of the dataset of that full name has become."""
    who = {
        Visibility.PUBLIC: "everybody can see it",
        Visibility.INTERNAL: "everybody who is signed in can see it",
        Visibility.PRIVATE: "only its owner, its organization and those it is shared with can see it",
    }
    return {"is_public": is_public(visibility), "message": f"{dataset} is {visibility}: {who[visibility]}."}


def download_answer(download: Download) -> dict[str, Any]:
    """A download for whoever asked for it; one that is over has failed, and its address is told no more."""
    is_ready = download.status is DownloadStatus.READY and not is_over(download)
    return {
        "download_id": str(download.uuid),
        "status": DownloadStatus.READY if is_ready else DownloadStatus.FAILED,
        "url": address_of(download) if is_ready else None,
        "expires_at": stamp(download.expires_at) if download.expires_at else None,
        "filename": download.filename,
        "error": None if is_ready else download.error or "This download has expired. Please ask for a new one.",
    }


def activity(page: Page[Download]) -> dict[str, Any]:
    """Downloads, as those who belong to the organization are told of them."""
    return {
        "items": [_activity_item(download) for download in page],
        "limit": page.window.limit,
        "offset": whole(page.window.offset),
        "total": page.total,
    }


def _activity_item(download: Download) -> dict[str, Any]:
    return {
        "id": str(download.uuid),
        "created_at": stamp(download.created_at),
        "completed_at": stamp(download.created_at),
        "dataset_name": download.dataset.full_name,
        "dataset_version": download.semver,
        "file_size_bytes": download.file_size_bytes,
        "format": download.format,
        "status": download.status,
        "user_id": str(download.user.uuid) if download.user else None,
    }


def is_public(visibility: Visibility) -> bool:
    """Whether everybody who is signed in sees datasets of that visibility, which is "public" in this dialect."""
    return visibility is not Visibility.PRIVATE


def stamp(moment: datetime) -> str:
    """A moment in UTC: `2026-01-01T00:00:00.123456Z`, without a fraction where it has none."""
    return moment.replace(tzinfo=None).isoformat() + "Z"


def _license(dataset: Dataset) -> str | None:
    words = dataset.license if dataset.license and len(dataset.license) < LICENSE_WORDS else None
    return dataset.license_id or words


def _artifacts(assets: Sequence[Asset]) -> dict[str, str]:
    """The hash of each file whose source states one: by its name, and by its whole address where names are alike."""
    found: dict[str, str] = {}
    for asset in assets:
        if digest := _digest(asset):
            name = _path(asset)
            found[asset.uri or str(asset.uuid) if name in found else name] = digest
    return found


def _path(asset: Asset) -> str:
    try:
        name = PurePosixPath(urlsplit(asset.uri or "").path).name
    except ValueError:
        name = ""
    return name or asset.display_name


def _digest(asset: Asset) -> str | None:
    stated = ((asset.metadata_ or {}).get(key) for key in _DIGEST_KEYS)
    hashes = (_SHA256.fullmatch(value) for value in stated if isinstance(value, str))
    return next((f"sha256:{found[1].lower()}" for found in hashes if found), None)
