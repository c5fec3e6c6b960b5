"""Datasets as the Apify dialect writes them: storages, key by key as they leave."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from catalog.dialects.wire import whole
from catalog.listing.paging import Page
from catalog.model import Dataset, User, Visibility

_GENERAL_ACCESS: Mapping[Visibility, str] = {
    Visibility.PUBLIC: "ANYONE_WITH_NAME_CAN_READ",
    Visibility.INTERNAL: "FOLLOW_USER_SETTING",
    Visibility.PRIVATE: "RESTRICTED",
}


def dataset_list(page: Page, *, desc: bool) -> dict[str, Any]:
    """A page of datasets, each as it is written."""
    return {
        "data": {
            "total": page.total,
            "offset": whole(page.window.offset),
            "limit": page.window.limit,
            "desc": desc,
            "count": len(page),
            "items": page.items,
        }
    }


def dataset_item_with_extras(dataset: Dataset) -> dict[str, Any]:
    """One dataset in a list, with what the stock command line tool shows."""
    return dataset_item(dataset) | dataset_extras(dataset)


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
    size = _size(dataset)
    return {
        "title": dataset.title,
        "username": dataset.owner.handle,
        "generalAccess": _GENERAL_ACCESS[dataset.visibility],
        "stats": {} if size is None else {"s3StorageBytes": size},
    }


def dataset_detail(
    dataset: Dataset, *, fields: Sequence[str] | None, signed: tuple[str, str] | None, base: str
) -> dict[str, Any]:
    """One dataset by itself; `signed` is its signing key and a signature, for those who may know them."""
    key, signature = signed or (None, None)
    size = _size(dataset)
    items = f"{base}/v2/datasets/{dataset.public_id}/items"
    return {
        "data": {
            **dataset_item(dataset),
            "name": dataset.name,
            "title": dataset.title,
            "username": dataset.owner.handle,
            "fields": fields,
            "schema": None,
            "consoleUrl": f"{base}/datasets/{dataset.slug}",
            "itemsPublicUrl": f"{items}?signature={signature}" if signature else items,
            "urlSigningSecretKey": key,
            "generalAccess": _GENERAL_ACCESS[dataset.visibility],
            "stats": {} if size is None else {"storageBytes": size, "s3StorageBytes": size},
        }
    }


def statistics() -> dict[str, Any]:
    """What is counted of the fields of a dataset's items: nothing here."""
    return {"data": {"fieldStatistics": None}}


def account(user: User, *, is_own: bool) -> dict[str, Any]:
    """One user; the e-mail address and the age of the account are for that user's own eyes."""
    known = {"id": user.public_id, "username": user.handle, "profile": {"name": user.title}}
    own = {"email": user.email, "createdAt": stamp(user.created_at)} if is_own else {}
    return {"data": known | own}


def _size(dataset: Dataset) -> int | None:
    """The size of the latest version, where it is known."""
    return dataset.latest.file_size_bytes if dataset.latest else None


def stamp(moment: datetime) -> str:
    """A moment in UTC to the millisecond: `2019-12-12T07:34:14.202Z`."""
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
