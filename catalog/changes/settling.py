"""Drafts settled into rows: names derived, assets given to their versions, one default and one latest chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from catalog.changes.drafts import TEXTS, AssetDraft, DatasetDraft, VersionDraft
from catalog.model.version import Status
from catalog.vocabulary.asset_types import GFW_TYPES, gfw_type
from catalog.vocabulary.dates import parse_moment
from catalog.vocabulary.formats import short_format
from catalog.vocabulary.licenses import license_id
from catalog.vocabulary.memory import remembering
from catalog.vocabulary.prose import RENDERER_VERSION, render, summary
from catalog.vocabulary.sizes import size_category
from catalog.vocabulary.text import bounded, fold, tidy
from catalog.vocabulary.versions import Names, derive

LATEST = "latest"
# The label of the version that holds the assets of a dataset without any: it is called v1 and 1.0.0.
FIRST = "1"
# The largest number that a database can count to.
_MOST = 2**63 - 1
RENDERED = ("overview", "cautions", "license", "citation", "source", "learn_more")


@dataclass(frozen=True)
class SettledVersion:
    """A version as it will stand in the store, with the assets that it holds."""

    label: str
    names: Names
    columns: Mapping[str, Any]
    task_categories: tuple[str, ...]
    assets: tuple["SettledAsset", ...]


@dataclass(frozen=True)
class SettledAsset:
    """An asset as it will stand in the store."""

    columns: Mapping[str, Any]
    fields: tuple[Mapping[str, Any], ...]
    uuid: UUID | None = None
    """Which asset of the store it was, where that is known."""


@dataclass(frozen=True)
class SettledDataset:
    """A dataset as it will stand in the store, but for whose it is and what it is called."""

    columns: Mapping[str, Any]
    tags: tuple[str, ...]
    versions: tuple[SettledVersion, ...]


def settle(
    draft: DatasetDraft, *, names: Mapping[str, Names] | None = None, columns: Mapping[str, Any] | None = None
) -> SettledDataset:
    """`draft` as rows; versions whose label is in `names` keep those; `columns`: its `dataset_columns`, if known."""
    versions = _settle_versions(draft, names or {})
    latest = next((version for version in versions if version.columns["is_latest"]), None)
    row_count = latest.columns["row_count"] if latest else None
    columns = dataset_columns(draft) if columns is None else columns
    return SettledDataset(
        columns={**columns, "item_count": row_count or 0, "clean_item_count": row_count or 0},
        tags=tuple(dict.fromkeys(bounded(tag) for given in draft.tags if (tag := tidy(given)))),
        versions=versions,
    )


def dataset_columns(draft: DatasetDraft) -> dict[str, Any]:
    """The columns that say what the dataset is about; texts that are blank are null."""
    texts = {key: tidy(draft.texts.get(key) or "") or None for key in TEXTS}
    brief = summary(texts["subtitle"], texts["overview"])
    return {
        **texts,
        **{f"{key}_html": _rendered(texts[key]) for key in RENDERED},
        "renderer": RENDERER_VERSION,
        "spatial_resolution": draft.spatial_resolution,
        "license_id": license_id(texts["license"]),
        "summary": brief,
        "summary_folded": fold(brief) if brief else None,
        "is_downloadable": draft.is_downloadable,
        "issued_text": draft.issued_text,
        "issued_on": parse_moment(draft.issued_text),
        "data_updated_text": draft.data_updated_text,
        "extra": dict(draft.extra) if draft.extra else None,
    } | found_by(texts["title"], draft.slug, texts["subtitle"], texts["overview"])


@remembering(20_000)
def _rendered(text: str | None) -> str | None:
    return None if text is None else render(text)


def called(settled: SettledDataset, slug: str) -> SettledDataset:
    """`settled` as it is found under `slug` instead of the one that its draft asks for."""
    texts = settled.columns
    found = found_by(texts["title"], slug, texts["subtitle"], texts["overview"])
    return replace(settled, columns={**texts, **found})


def found_by(title: str | None, slug: str, subtitle: str | None, overview: str | None) -> dict[str, str]:
    """The columns that lists sort and search by."""
    parts = (title, slug, subtitle, overview)
    return {"title_folded": fold(title or slug)[:500], "found_in": fold("\n".join(part for part in parts if part))}


def _settle_versions(draft: DatasetDraft, settled: Mapping[str, Names]) -> tuple[SettledVersion, ...]:
    drafts = {version.label: version for version in draft.versions}
    for asset in draft.assets:
        if asset.version is not None and asset.version not in drafts:
            drafts[asset.version] = _like(draft.versions, asset.version)
    if draft.assets and not drafts:
        drafts[FIRST] = _like(draft.versions, FIRST, extra=draft.extra)
    kept = {label: settled[label] for label in drafts if label in settled}
    names = kept | derive([label for label in drafts if label not in kept], taken=kept.values())
    ordered = sorted(drafts.values(), key=lambda version: names[version.label].key)
    latest = _latest(ordered)
    held = _held(draft.assets, latest)
    return tuple(
        _settle_version(version, names[version.label], version.label == latest, held.get(version.label, ()))
        for version in ordered
    )


def _like(others: Sequence[VersionDraft], label: str, extra: Mapping[str, Any] | None = None) -> VersionDraft:
    """A version that only its assets speak of; it is for the same tasks and languages as those that are described."""
    example = others[0] if others else None
    if example is None:
        return VersionDraft(label=label, **traits(extra))
    return VersionDraft(
        label=label, origin=example.origin, language=example.language, task_categories=example.task_categories
    )


def traits(extra: Mapping[str, Any] | None) -> dict[str, Any]:
    """What `extra` says of every version: origin, and language and task_categories where they are lists of text."""
    extra = extra or {}
    found: dict[str, Any] = {
        key: list(extra[key]) for key in ("language", "task_categories") if _is_texts(extra.get(key))
    }
    if isinstance(extra.get("origin"), dict):
        found["origin"] = extra["origin"]
    if isinstance(extra.get("splits"), dict):
        found["splits"] = extra["splits"]
    return found


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _latest(ordered: Sequence[VersionDraft]) -> str | None:
    """The label of the one latest version: the one set as such, else the one called so, else the highest saved one."""
    saved = [version for version in ordered if version.status == Status.SAVED]
    chosen = (
        [version for version in saved if version.is_latest]
        or [version for version in saved if version.label.lower() == LATEST]
        or saved
    )
    return chosen[-1].label if chosen else None


def _held(assets: Iterable[AssetDraft], latest: str | None) -> dict[str, list[AssetDraft]]:
    held: dict[str, list[AssetDraft]] = {}
    for asset in assets:
        held.setdefault(asset.version if asset.version is not None else latest, []).append(asset)
    return held


def _settle_version(draft: VersionDraft, names: Names, is_latest: bool, assets: Sequence[AssetDraft]) -> SettledVersion:
    default = next((n for n, asset in enumerate(assets) if asset.is_default), 0)
    settled = tuple(_settle_asset(asset, is_default=n == default) for n, asset in enumerate(assets))
    row_count = draft.row_count if draft.row_count is not None else (assets[0].row_count if len(assets) == 1 else None)
    columns = {
        "gfw": names.gfw,
        "semver": names.semver,
        "semver_key": names.key,
        "is_latest": is_latest,
        "is_mutable": draft.is_mutable,
        "is_downloadable": draft.is_downloadable,
        "status": Status(draft.status),
        "format": settled[default].columns["format"] if settled else None,
        "row_count": row_count,
        "file_size_bytes": draft.file_size_bytes if draft.file_size_bytes is not None else _whole_size(assets),
        "size_category": size_category(row_count),
        "content_date": draft.content_date,
        "content_start": draft.content_start,
        "content_end": draft.content_end,
        "content_date_description": draft.content_date_description,
        "last_update": draft.last_update,
        "metadata": dict(draft.metadata) if draft.metadata else None,
        "origin": dict(draft.origin) if draft.origin else None,
        "language": list(draft.language) if draft.language else None,
        "splits": dict(draft.splits) if draft.splits else None,
    }
    tasks = tuple(dict.fromkeys(bounded(task) for given in draft.task_categories if (task := tidy(given))))
    return SettledVersion(draft.label, names, columns, tasks, settled)


def _whole_size(assets: Sequence[AssetDraft]) -> int | None:
    """The size of all assets together, where every one of them states its own."""
    sizes = [asset.size_bytes for asset in assets]
    return sum(sizes) if sizes and None not in sizes and sum(sizes) <= _MOST else None


def _settle_asset(draft: AssetDraft, *, is_default: bool) -> SettledAsset:
    shown_format = short_format(draft.format)
    kind = bounded(draft.kind)
    type_ = gfw_type(kind, shown_format)
    columns = {
        "kind": kind,
        "gfw_type": type_,
        "is_gfw_known": type_ in GFW_TYPES,
        "format": shown_format,
        "uri": draft.uri,
        "name": draft.name,
        "description": draft.description,
        "title_folded": fold(draft.name or draft.kind)[:500],
        "found_in": fold("\n".join(part for part in (draft.name, draft.description, draft.kind, draft.uri) if part)),
        "size_bytes": draft.size_bytes,
        "status": Status(draft.status),
        "is_managed": draft.is_managed,
        "is_default": is_default,
        "is_downloadable": draft.is_downloadable,
        "metadata": dict(draft.metadata) if draft.metadata else None,
    }
    fields = tuple(
        {
            "position": position,
            "name": field.name,
            "alias": field.alias,
            "description": field.description,
            "data_type": field.data_type,
            "unit": field.unit,
            "is_feature_info": field.is_feature_info,
            "is_filter": field.is_filter,
            "extra": dict(field.extra) if field.extra else None,
        }
        for position, field in enumerate(draft.fields)
    )
    return SettledAsset(columns, fields, draft.uuid)
