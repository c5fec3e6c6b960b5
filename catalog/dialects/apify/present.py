"""Datasets as the Apify dialect writes them: storages, key by key as they leave."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from catalog.dialects.wire import whole
from catalog.listing.paging import Page
from catalog.model import Dataset, Visibility

_GENERAL_ACCESS: Mapping[Visibility, str] = {
    Visibility.PUBLIC: "ANYONE_WITH_NAME_CAN_READ",
    Visibility.INTERNAL: "FOLLOW_USER_SETTING",
    Visibility.PRIVATE: "RESTRICTED",
}


def dataset_list(page: Page[Dataset], *, desc: bool, with_extras: bool) -> dict[str, Any]:
    """A page of datasets; `with_extras` adds to each what the stock command line tool shows."""
    return {
        "data": {
            "total": page.total,
            "offset": whole(page.window.offset),
            "limit": page.window.limit,
            "desc": desc,
            "count": len(page),
            "items": [dataset_item(one) | (dataset_extras(one) if with_extras else {}) for one in page],
        }
    }


def dataset_item(dataset: Dataset) -> dict[str, Any]:
    """One dataset in a list; an unnamed one goes by its id, because clients refuse a null here."""
    return {
        "id": dataset.public_id,
        "name": dataset.name or dataset.public_id,
        "userId": dataset.owner.public_id,
        "createdAt": stamp(dataset.created_at),
        "modifiedAt": stamp(dataset.updated_at),
        "accessedAt": stamp(dataset.accessed_at),
        "itemCount": dataset.item_count,
        "cleanItemCount": dataset.clean_item_count,
        "actId": dataset.act_id,
        "actRunId": dataset.act_run_id,
    }


def dataset_extras(dataset: Dataset) -> dict[str, Any]:
    """What the service says of a dataset in a list beyond its documented keys; needs the dataset's versions."""
    latest = next((version for version in dataset.versions if version.is_latest), None)
    size = latest.file_size_bytes if latest else None
    return {
        "title": dataset.title,
        "username": dataset.owner.handle,
        "generalAccess": _GENERAL_ACCESS[dataset.visibility],
        "stats": {} if size is None else {"s3StorageBytes": size},
    }


def stamp(moment: datetime) -> str:
    """A moment in UTC to the millisecond: `2019-12-12T07:34:14.202Z`."""
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
