"""Datasets as the org dialect writes them: one row a version, key by key as they leave."""

from datetime import datetime
from typing import Any

from catalog.dialects.wire import whole
from catalog.listing.paging import Page
from catalog.listing.versions import NO_VERSION, UNKNOWN_FORMAT, Row
from catalog.model import Dataset, Visibility

# A license without a short name goes out in its own words unless it is a text to read.
_LICENSE_WORDS = 80


def dataset_list(page: Page[Row], *, number: int) -> dict[str, Any]:
    """Page `number` of the rows."""
    return {
        "datasets": [dataset_row(row) for row in page],
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
        "is_public": dataset.visibility is not Visibility.PRIVATE,
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


def stamp(moment: datetime) -> str:
    """A moment in UTC: `2026-01-01T00:00:00.123456Z`, without a fraction where it has none."""
    return moment.replace(tzinfo=None).isoformat() + "Z"


def _license(dataset: Dataset) -> str | None:
    words = dataset.license if dataset.license and len(dataset.license) < _LICENSE_WORDS else None
    return dataset.license_id or words
