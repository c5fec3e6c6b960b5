"""A dataset brought from what it is to what a settled draft says, touching only what differs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload, undefer, undefer_group

from catalog.changes.settling import SettledAsset, SettledDataset, SettledVersion
from catalog.changes.storing import insert_fields, insert_tags, insert_tasks, store_assets, store_versions
from catalog.db import db
from catalog.model import Asset, Dataset, Field, Tag, TaskCategory, Version
from catalog.vocabulary.dates import parse_moment
from catalog.vocabulary.versions import Names

# Columns that follow from others; the journal leaves them out.
_DERIVED = frozenset(
    {"title_folded", "found_in", "renderer", "summary", "summary_folded", "semver_key", "size_category", "is_gfw_known"}
)
_ATTRIBUTES = {"metadata": "metadata_"}
_FIELD_KEYS = ("position", "name", "alias", "description", "data_type", "unit", "is_feature_info", "is_filter", "extra")

Changes = dict[str, Any]


def load_whole(dataset_id: int) -> Dataset:
    """One dataset with everything that a revision can touch, whoever may see it."""
    wanted = (
        select(Dataset)
        .where(Dataset.id == dataset_id)
        .options(
            undefer_group("texts"),
            undefer_group("pages"),
            undefer(Dataset.found_in),
            undefer(Dataset.summary_folded),
            selectinload(Dataset.tags),
            selectinload(Dataset.versions).selectinload(Version.task_categories),
            selectinload(Dataset.versions)
            .selectinload(Version.assets)
            .options(undefer(Asset.found_in), selectinload(Asset.fields)),
        )
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(wanted).one()


def names_of(dataset: Dataset) -> dict[str, Names]:
    """The names that the versions of a dataset have, by label."""
    return {version.label: Names(version.gfw, version.semver, version.semver_key) for version in dataset.versions}


def bring(dataset: Dataset, wanted: SettledDataset, at: datetime) -> Changes:
    """Make `dataset` (as from `load_whole`) what `wanted` says; what changed, as {key: [old, new]}, empty when nothing did."""
    what = _apply(dataset, wanted.columns)
    if (tags := [tag.name for tag in dataset.tags]) != list(wanted.tags):
        what["tags"] = [tags, list(wanted.tags)]
        db.session.execute(delete(Tag).where(Tag.dataset_id == dataset.id))
        insert_tags(dataset.id, wanted.tags)
    inside = _bring_versions(dataset, wanted.versions, at)
    what |= inside
    if what:
        dataset.updated_at = at
        dataset.data_updated_at = parse_moment(dataset.data_updated_text) or (at if inside else dataset.data_updated_at)
    db.session.flush()
    db.session.expire(dataset)
    return what


def _apply(row: Any, columns: Mapping[str, Any]) -> Changes:
    what: Changes = {}
    for key, value in columns.items():
        attribute = _ATTRIBUTES.get(key, key)
        old = getattr(row, attribute)
        if old != value:
            setattr(row, attribute, value)
            if key not in _DERIVED and not key.endswith("_html"):
                what[key] = [_plain(old), _plain(value)]
    return what


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _bring_versions(dataset: Dataset, wanted: Sequence[SettledVersion], at: datetime) -> Changes:
    present = {version.label: version for version in dataset.versions}
    labels = [version.label for version in wanted]
    what: Changes = {}
    if set(present) != set(labels):
        what["versions"] = [list(present), labels]
    gone = [version.id for label, version in present.items() if label not in labels]
    if gone:
        db.session.execute(delete(Version).where(Version.id.in_(gone)))
    # Names move between versions of one dataset; they are unique, so all let go of theirs before any takes a new one.
    for version in wanted:
        if version.label in present:
            what |= _bring_version(present[version.label], version, at)
    db.session.flush()
    store_versions([(dataset.id, version) for version in wanted if version.label not in present], at)
    return what


def _bring_version(version: Version, wanted: SettledVersion, at: datetime) -> Changes:
    what = {f"version {version.label}: {key}": change for key, change in _apply(version, wanted.columns).items()}
    tasks = [task.name for task in version.task_categories]
    if tasks != list(wanted.task_categories):
        what[f"version {version.label}: task_categories"] = [tasks, list(wanted.task_categories)]
        db.session.execute(delete(TaskCategory).where(TaskCategory.version_id == version.id))
        insert_tasks([(version.id, wanted.task_categories)])
    what |= _bring_assets(version, wanted.assets, at)
    if what:
        version.updated_at = version.metadata_updated_at = at
    return what


def _bring_assets(version: Version, wanted: Sequence[SettledAsset], at: datetime) -> Changes:
    waiting: dict[tuple, list[Asset]] = {}
    for asset in version.assets:
        waiting.setdefault((asset.kind, asset.uri, asset.name), []).append(asset)
    added: list[SettledAsset] = []
    what: Changes = {}
    for settled in wanted:
        alike = waiting.get((settled.columns["kind"], settled.columns["uri"], settled.columns["name"]))
        if not alike:
            added.append(settled)
            continue
        asset = alike.pop(0)
        if changed := _bring_asset(asset, settled):
            asset.updated_at = at
            what |= {f"asset {asset.uuid}: {key}": change for key, change in changed.items()}
    gone = [asset for left in waiting.values() for asset in left]
    if gone:
        db.session.execute(delete(Asset).where(Asset.id.in_([asset.id for asset in gone])))
    store_assets([(version.dataset_id, version.id, settled) for settled in added], at)
    if gone or added:
        what[f"version {version.label}: assets"] = [
            [_named(asset.kind, asset.uri) for asset in gone],
            [_named(one.columns["kind"], one.columns["uri"]) for one in added],
        ]
    return what


def _named(kind: str, uri: str | None) -> str:
    return f"{kind} {uri}" if uri else kind


def _bring_asset(asset: Asset, wanted: SettledAsset) -> Changes:
    what = _apply(asset, wanted.columns)
    fields = [{key: getattr(field, key) for key in _FIELD_KEYS} for field in asset.fields]
    if fields != [dict(field) for field in wanted.fields]:
        what["fields"] = [[field["name"] for field in fields], [field["name"] for field in wanted.fields]]
        db.session.execute(delete(Field).where(Field.asset_id == asset.id))
        insert_fields([(asset.id, wanted.fields)])
    return what
