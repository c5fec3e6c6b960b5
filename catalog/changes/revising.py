"""A dataset brought from what it is to what a settled draft says, touching only what differs."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
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


def load_whole(dataset_ids: Collection[int]) -> Sequence[Dataset]:
    """Datasets with everything that a revision can touch, whoever may see them; in no order."""
    if not dataset_ids:
        return []
    wanted = (
        select(Dataset)
        .where(Dataset.id.in_(dataset_ids))
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
    return db.session.scalars(wanted).all()


def names_of(dataset: Dataset) -> dict[str, Names]:
    """The names that the versions of a dataset have, by label."""
    return {version.label: Names(version.gfw, version.semver, version.semver_key) for version in dataset.versions}


def bring(dataset: Dataset, wanted: SettledDataset, at: datetime) -> Changes:
    """Make `dataset` (as from `load_whole`) what `wanted` says, until `finish`; what changed, as {key: [old, new]}."""
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
    return what


def finish(datasets: Iterable[Dataset]) -> None:
    """Write what was brought, and forget what was loaded of `datasets`: rows inside them came and went."""
    db.session.flush()
    for dataset in datasets:
        db.session.expire(dataset)


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
    what: Changes = {} if set(present) == set(labels) else {"versions": [list(present), labels]}
    gone = [version for label, version in present.items() if label not in labels]
    for version in gone:  # it lets go of its names, which a new one may take; its assets may move before it goes
        version.gfw = version.semver = f"gone {version.id}"
    for version in wanted:
        if version.label in present:
            what |= _bring_version(present[version.label], version, at)
    if gone:
        db.session.flush()
    new = [version for version in wanted if version.label not in present]
    ids = {label: version.id for label, version in present.items()}
    ids |= store_versions([(dataset.id, replace(version, assets=())) for version in new], at)
    what |= _bring_assets(dataset, wanted, ids, at)
    if gone:
        dataset.download_count -= sum(version.download_count for version in gone)
        db.session.flush()
        db.session.execute(delete(Version).where(Version.id.in_([version.id for version in gone])))
    return what


def _bring_version(version: Version, wanted: SettledVersion, at: datetime) -> Changes:
    what = {f"version {version.label}: {key}": change for key, change in _apply(version, wanted.columns).items()}
    tasks = [task.name for task in version.task_categories]
    if tasks != list(wanted.task_categories):
        what[f"version {version.label}: task_categories"] = [tasks, list(wanted.task_categories)]
        db.session.execute(delete(TaskCategory).where(TaskCategory.version_id == version.id))
        insert_tasks([(version.id, wanted.task_categories)])
    if what:
        version.updated_at = version.metadata_updated_at = at
    return what


def _bring_assets(dataset: Dataset, wanted: Sequence[SettledVersion], ids: Mapping[str, int], at: datetime) -> Changes:
    present = [(version.label, asset) for version in dataset.versions for asset in version.assets]
    places = [(version.label, settled) for version in wanted for settled in version.assets]
    pairs = _pair(present, places)
    what: Changes = {}
    touched: set[str] = set()
    for place, (label, settled) in enumerate(places):
        if place not in pairs:
            continue
        old_label, asset = pairs[place]
        changed = _bring_asset(asset, settled)
        if old_label != label:
            changed["version"] = [old_label, label]
            asset.version_id = ids[label]
        if changed:
            asset.updated_at = at
            touched |= {old_label, label}
            what |= {f"asset {asset.uuid}: {key}": change for key, change in changed.items()}
    kept = {asset.id for _, asset in pairs.values()}
    gone = [(label, asset) for label, asset in present if asset.id not in kept]
    added = [one for place, one in enumerate(places) if place not in pairs]
    for label in dict.fromkeys(label for label, _ in [*gone, *added]):
        what[f"version {label}: assets"] = [
            [_named(asset.kind, asset.uri) for of, asset in gone if of == label],
            [_named(one.columns["kind"], one.columns["uri"]) for of, one in added if of == label],
        ]
        touched.add(label)
    if gone:
        db.session.execute(delete(Asset).where(Asset.id.in_([asset.id for _, asset in gone])))
    store_assets([(dataset.id, ids[label], settled) for label, settled in added], at)
    for version in dataset.versions:
        if version.label in touched:
            version.updated_at = at
    return what


# By what an asset is known again, one after the other: unchanged in its version, moved to another version, said anew
# of the same address, the same one at another address.
_KNOWN_BY: tuple[Callable[[str, str, str | None, str | None], tuple | None], ...] = (
    lambda label, kind, uri, name: (label, kind, uri, name),
    lambda label, kind, uri, name: (kind, uri, name),
    lambda label, kind, uri, name: (label, uri) if uri else None,
    lambda label, kind, uri, name: (label, kind, name) if name else None,
)


def _pair(
    present: Sequence[tuple[str, Asset]], places: Sequence[tuple[str, SettledAsset]]
) -> dict[int, tuple[str, Asset]]:
    """Which asset goes to which of the `places`, by their numbers; each keeps its address then."""
    by_uuid = {asset.uuid: (label, asset) for label, asset in present}
    pairs: dict[int, tuple[str, Asset]] = {}
    for place, (_, settled) in enumerate(places):
        if settled.uuid is not None and (known := by_uuid.pop(settled.uuid, None)):
            pairs[place] = known
    left = list(by_uuid.values())
    for known_by in _KNOWN_BY:
        waiting: dict[tuple | None, list[tuple[str, Asset]]] = {}
        for label, asset in left:
            waiting.setdefault(known_by(label, asset.kind, asset.uri, asset.name), []).append((label, asset))
        waiting.pop(None, None)
        for place, (label, settled) in enumerate(places):
            said = settled.columns
            if place not in pairs and (alike := waiting.get(known_by(label, said["kind"], said["uri"], said["name"]))):
                pairs[place] = alike.pop(0)
        taken = {asset.id for _, asset in pairs.values()}
        left = [one for one in left if one[1].id not in taken]
    return pairs


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
