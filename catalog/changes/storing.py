"""Settled datasets written to the store in bulk: a few statements for a thousand of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, select, text

from catalog.changes.bulk import insert_rows
from catalog.changes.settling import SettledAsset, SettledDataset, SettledVersion
from catalog.db import db
from catalog.model import Asset, Dataset, Field, Tag, TaskCategory, Version, Visibility
from catalog.model.columns import new_identifiers, new_public_id
from catalog.vocabulary.dates import parse_moment
from catalog.vocabulary.text import fold


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A settled dataset with whose it is, what it is called and who may read it."""

    dataset: SettledDataset
    slug: str
    name: str | None
    owner_id: int
    organization_id: int | None
    visibility: Visibility
    public_id: str = ""


def store(placed: Sequence[Placed], at: datetime) -> list[int]:
    """Insert new datasets with all that is in them, at the moment `at`; their ids, in the order given."""
    uuids = new_identifiers(len(placed))
    ids = _insert(Dataset.__table__, [_dataset_row(one, uuid, at) for one, uuid in zip(placed, uuids, strict=True)])
    _insert_tags((key, one.dataset.tags) for key, one in zip(ids, placed, strict=True))
    store_versions(
        [(key, version) for key, one in zip(ids, placed, strict=True) for version in one.dataset.versions], at
    )
    return ids


def store_versions(versions: Sequence[tuple[int, SettledVersion]], at: datetime) -> dict[str, int]:
    """Insert new versions, each with the id of its dataset, and the assets that they hold; the new ids by label."""
    rows = [
        _version_row(dataset_id, version, uuids, at)
        for (dataset_id, version), uuids in zip(versions, _pairs_of_identifiers(len(versions)), strict=True)
    ]
    ids = _insert(Version.__table__, rows)
    insert_tasks((key, version.task_categories) for key, (_, version) in zip(ids, versions, strict=True))
    store_assets(
        [
            (dataset_id, key, asset)
            for key, (dataset_id, version) in zip(ids, versions, strict=True)
            for asset in version.assets
        ],
        at,
    )
    return {version.label: key for key, (_, version) in zip(ids, versions, strict=True)}


def store_assets(assets: Sequence[tuple[int, int, SettledAsset]], at: datetime) -> None:
    """Insert new assets, each with the ids of its dataset and version, and their fields."""
    rows = [
        _asset_row(dataset_id, version_id, asset, uuids, at)
        for (dataset_id, version_id, asset), uuids in zip(assets, _pairs_of_identifiers(len(assets)), strict=True)
    ]
    ids = _insert(Asset.__table__, rows)
    insert_fields((key, asset.fields) for key, (_, _, asset) in zip(ids, assets, strict=True))


def insert_fields(fields: Iterable[tuple[int, Sequence[Mapping[str, Any]]]]) -> None:
    """Insert the fields of assets, given by asset id."""
    insert_rows(Field.__table__, [{"asset_id": key, **one} for key, many in fields for one in many])


def insert_tasks(tasks: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Insert the task categories of versions, given by version id."""
    insert_rows(
        TaskCategory.__table__,
        [{"version_id": key, "position": n, "name": name} for key, names in tasks for n, name in enumerate(names)],
    )


def insert_tags(dataset_id: int, tags: Sequence[str]) -> None:
    """Insert the tags of one dataset."""
    _insert_tags([(dataset_id, tags)])


def _insert_tags(tags: Iterable[tuple[int, Sequence[str]]]) -> None:
    insert_rows(
        Tag.__table__,
        [{"dataset_id": key, "position": n, "name": name} for key, names in tags for n, name in enumerate(names)],
    )


def _insert(table: Table, rows: list[dict[str, Any]]) -> list[int]:
    """Insert `rows` and give back their ids, which are chosen beforehand: drivers are slow at asking for them."""
    ids = _next_ids(table, len(rows))
    insert_rows(table, [{"id": key, **row} for key, row in zip(ids, rows, strict=True)])
    return ids


def _next_ids(table: Table, number: int) -> list[int]:
    """The ids that the next rows get, as the database would give them; sure because only one writes at a time."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        given = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :number)")
        return list(connection.scalars(given, {"table": table.name, "number": number}))
    used = text("SELECT max(seq) FROM sqlite_sequence WHERE name = :table")
    highest = max(
        connection.scalar(select(func.max(table.c.id))) or 0, connection.scalar(used, {"table": table.name}) or 0
    )
    return list(range(highest + 1, highest + 1 + number))


def _pairs_of_identifiers(number: int) -> Iterable[tuple[str, str]]:
    """For each of so many rows its own UUID and that of its metadata."""
    return zip(new_identifiers(number), new_identifiers(number), strict=True)


def _dataset_row(placed: Placed, uuid: str, at: datetime) -> dict[str, Any]:
    columns = placed.dataset.columns
    return {
        **columns,
        "uuid": uuid,
        "public_id": placed.public_id or new_public_id(),
        "slug": placed.slug,
        "name": placed.name,
        "name_folded": fold(placed.name) if placed.name is not None else None,
        "owner_id": placed.owner_id,
        "organization_id": placed.organization_id,
        "visibility": placed.visibility,
        "data_updated_at": parse_moment(columns["data_updated_text"]) or at,
        "created_at": at,
        "updated_at": at,
        "accessed_at": at,
    }


def _version_row(dataset_id: int, version: SettledVersion, uuids: tuple[str, str], at: datetime) -> dict[str, Any]:
    return {
        **version.columns,
        "uuid": uuids[0],
        "dataset_id": dataset_id,
        "label": version.label,
        "metadata_uuid": uuids[1],
        "download_count": 0,
        **dict.fromkeys(("metadata_created_at", "metadata_updated_at", "created_at", "updated_at"), at),
    }


def _asset_row(
    dataset_id: int, version_id: int, asset: SettledAsset, uuids: tuple[str, str], at: datetime
) -> dict[str, Any]:
    return {
        **asset.columns,
        "uuid": uuids[0],
        "dataset_id": dataset_id,
        "version_id": version_id,
        "metadata_uuid": uuids[1],
        "created_at": at,
        "updated_at": at,
    }
