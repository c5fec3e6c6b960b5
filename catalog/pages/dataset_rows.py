"""What the rows of a dataset's form say together, and about what is stored: checked, and made into a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from wtforms import Field

from catalog.changes.drafts import AssetDraft, DatasetDraft, VersionDraft
from catalog.changes.redrafting import draft_of
from catalog.model import Dataset
from catalog.model.version import Status
from catalog.pages.dataset_form import (
    MOST_SHOWN,
    AssetRow,
    DatasetForm,
    VersionRow,
    as_count,
    as_day,
    as_number,
    is_address,
)
from catalog.vocabulary.dates import parse_moment

TEXTS = (
    *("title", "subtitle", "overview", "source", "license", "citation", "cautions", "learn_more", "data_language"),
    *("geographic_coverage", "update_frequency"),
)
_DAYS = ("content_date", "content_start", "content_end", "last_update")


@dataclass(frozen=True)
class Stored:
    """A dataset as it is stored, which an edit begins with; nothing, for one that is new."""

    draft: DatasetDraft
    versions: Mapping[str, VersionDraft] = field(default_factory=dict)
    assets: Mapping[str, AssetDraft] = field(default_factory=dict)

    @classmethod
    def of(cls, dataset: Dataset) -> "Stored":
        """What `dataset`, loaded with all that is in it, holds."""
        draft = draft_of(dataset)
        return cls(draft, {one.label: one for one in draft.versions}, {str(one.uuid): one for one in draft.assets})


def values_of(stored: Stored) -> dict[str, Any]:
    """What the form shows of what is stored: all of it, but for rows beyond the first MOST_SHOWN, which stay."""
    draft = stored.draft
    return {
        **{key: draft.texts.get(key, "") for key in TEXTS},
        "tags": "\n".join(draft.tags),
        "spatial_resolution": _number(draft.spatial_resolution),
        "issued_text": draft.issued_text or "",
        "data_updated_text": draft.data_updated_text or "",
        "versions": [version_values(one) for one in islice(stored.versions.values(), MOST_SHOWN)],
        "assets": [asset_values(one) for one in islice(stored.assets.values(), MOST_SHOWN)],
    }


def version_values(one: VersionDraft) -> dict[str, Any]:
    """What a row shows of a version."""
    return {
        "was": one.label,
        "label": one.label,
        "is_latest": one.is_latest,
        "status": one.status,
        "row_count": "" if one.row_count is None else str(one.row_count),
        **{key: day.isoformat() if (day := getattr(one, key)) else "" for key in _DAYS},
    }


def asset_values(one: AssetDraft) -> dict[str, Any]:
    """What a row shows of an asset."""
    texts = {key: getattr(one, key) or "" for key in ("kind", "format", "uri", "name", "description", "version")}
    return {"was": str(one.uuid), **texts, "is_default": one.is_default}


def unshown(form: DatasetForm, stored: Stored) -> dict[str, int]:
    """How many of the stored versions and assets the form does not show, which stay as they are."""
    return {
        "versions": len(stored.versions.keys() - _named(form.versions)),
        "assets": len(stored.assets.keys() - _named(form.assets)),
    }


def check(form: DatasetForm, stored: Stored) -> bool:
    """Whether the fields and the rows can be used together; each that cannot says why."""
    is_valid = form.validate()
    versions, assets = kept_versions(form), kept_assets(form)
    checks = [
        *(_check_texts(form, stored), _check_versions(versions, form, stored), _check_removed(form, stored)),
        _check_assets(assets, form, stored),
    ]
    return is_valid and all(checks)


def _check_texts(form: DatasetForm, stored: Stored) -> bool:
    """A title stays one; dates that are typed are dates, and those that came with a record stay as they are."""
    held = stored.draft
    if held.texts.get("title") and not form.title.data:
        _blame(form.title, "Enter a title")
    for dated, before in ((form.issued_text, held.issued_text), (form.data_updated_text, held.data_updated_text)):
        given = kept(dated.data, before)
        if given and given != before and parse_moment(given) is None:
            _blame(dated, "Enter a date as in 2026, 2026-01 or 2026-01-31")
    return not any(one.errors for one in (form.title, form.issued_text, form.data_updated_text))


def _check_versions(rows: Sequence[VersionRow], form: DatasetForm, stored: Stored) -> bool:
    elsewhere = stored.versions.keys() - _named(form.versions)
    seen: set[str] = set()
    for row in rows:
        if not row.called:
            _blame(row.label, "Enter a label for this version")
        elif row.called in seen:
            _blame(row.label, f"There is another version called “{row.called[:60]}”")
        elif row.called in elsewhere:
            _blame(row.label, f"There is a version called “{row.called[:60]}” already, which this form does not show")
        seen.add(row.called)
        if row.content_start.data and row.content_end.data and row.content_start.data > row.content_end.data:
            _blame(row.content_end, "The content ends before it begins")
    for row in [row for row in rows if row.is_latest.data][1:]:
        _blame(row.is_latest, "One version is the latest: another one is ticked")
    if not any(row.is_latest.data for row in rows) and (unticked := _unticked(rows, stored)):
        _blame(unticked.is_latest, "One version is the latest: tick another one instead")
    return not any(row.errors for row in rows)


def _unticked(rows: Sequence[VersionRow], stored: Stored) -> VersionRow | None:
    """The row of the latest version, which could stay it; None where it goes or is not in the form."""
    held = (stored.versions.get(row.was.data) for row in rows)
    found = (row for row, one in zip(rows, held, strict=True) if one and one.is_latest)
    return next((row for row in found if row.status.data == Status.SAVED), None)


def _check_removed(form: DatasetForm, stored: Stored) -> bool:
    """A version goes only where no asset beyond the form belongs to it."""
    shown = _named(form.assets)
    held = {one.version for uuid, one in stored.assets.items() if uuid not in shown}
    removed = [entry.form for entry in form.versions.entries if entry.form.is_removed.data]
    blamed = [row for row in removed if row.was.data in held]
    for row in blamed:
        _blame(row.is_removed, "It has assets that this form does not show")
    return not blamed


def _check_assets(rows: Sequence[AssetRow], form: DatasetForm, stored: Stored) -> bool:
    labels = {row.called for row in kept_versions(form)} | (stored.versions.keys() - _named(form.versions))
    latest = _latest(form, stored)
    defaults: set[str] = set()
    for row in rows:
        held = stored.assets.get(row.was.data)
        if not row.kind.data and not row.format.data:
            _blame(row.kind, "Say of what kind this asset is, such as CSV")
        uri = kept(row.uri.data, held.uri if held else None)
        if uri and (held is None or uri != held.uri) and not is_address(uri):
            _blame(row.uri, "Enter an address that begins with https://, http://, s3://, gs://, ftp:// or the like")
        if row.version.data and row.version.data not in labels:
            _blame(row.version, f"There is no version “{row.version.data[:60]}” of this dataset")
        of = row.version.data or latest
        if row.is_default.data and of in defaults:
            _blame(row.is_default, "One asset of a version is its default: another one is ticked")
        if row.is_default.data:
            defaults.add(of)
    return not any(row.errors for row in rows)


def _latest(form: DatasetForm, stored: Stored) -> str:
    """The label of the version that is to be the latest, which holds assets that name none; empty where none is set."""
    named = _named(form.versions)
    ticked = [row.called for row in kept_versions(form) if row.is_latest.data]
    unnamed = [label for label, one in stored.versions.items() if one.is_latest and label not in named]
    return next(iter(ticked + unnamed), "")


def _named(rows: Any) -> set[str]:
    return {entry.form.was.data for entry in rows.entries}


def _blame(field: Field, words: str) -> None:
    field.errors = [*field.errors, words]


def pair(form: DatasetForm, stored: Stored) -> None:
    """Let each new row whose label a stored version has meanwhile stand for it; what was not typed is as stored."""
    named, rows = _named(form.versions), kept_versions(form)
    is_ticked = any(row.is_latest.data for row in rows)
    for row in rows:
        held = stored.versions.get(row.label.data) if not row.was.data else None
        if held is not None and held.label not in named:
            named.add(held.label)
            _stand_for(row, held, is_ticked=is_ticked)


def _stand_for(row: VersionRow, held: VersionDraft, *, is_ticked: bool) -> None:
    for key, value in version_values(held).items():
        typed = row[key]
        is_untouched = not typed.data or typed.data == typed.default
        if is_untouched and not (key == "is_latest" and is_ticked):
            typed.data = value


def kept_versions(form: DatasetForm) -> list[VersionRow]:
    """The versions that the form names, without those to be removed and rows that are empty."""
    rows = [entry.form for entry in form.versions.entries]
    return [row for row in rows if not row.is_removed.data and not row.is_empty]


def kept_assets(form: DatasetForm) -> list[AssetRow]:
    """The assets that the form names, without those to be removed and rows that are empty."""
    rows = [entry.form for entry in form.assets.entries]
    return [row for row in rows if not row.is_removed.data and (row.was.data or not row.is_empty)]


def drafted(form: DatasetForm, stored: Stored) -> DatasetDraft:
    """`stored` as the form, which was checked, changes it; what the form does not show stays."""
    base = stored.draft
    texts = dict(base.texts)
    for key in TEXTS:
        texts[key] = kept(form[key].data, base.texts.get(key)) or ""
    return replace(
        base,
        texts={key: text for key, text in texts.items() if text},
        tags=_tags(form.tags.data, base.tags),
        spatial_resolution=_resolution(form.spatial_resolution.data, base.spatial_resolution),
        issued_text=kept(form.issued_text.data, base.issued_text),
        data_updated_text=kept(form.data_updated_text.data, base.data_updated_text),
        versions=_versions(form, stored),
        assets=_assets(form, stored),
    )


def kept(given: str, held: str | None) -> str | None:
    """What was given, or what is held where only line ends differ, which a field of one line cannot hold."""
    if held is not None and given.replace("\n", "") == held.strip().replace("\n", ""):
        return held
    return given or None


def _versions(form: DatasetForm, stored: Stored) -> list[VersionDraft]:
    named = _named(form.versions)
    unnamed = [one for label, one in stored.versions.items() if label not in named]
    drafts = [*unnamed, *(_version(row, stored.versions.get(row.was.data)) for row in kept_versions(form))]
    ticked = {row.called for row in kept_versions(form) if row.is_latest.data}
    return [replace(one, is_latest=one.label in ticked) for one in drafts] if ticked else drafts


def _version(row: VersionRow, held: VersionDraft | None) -> VersionDraft:
    return replace(
        held or VersionDraft(label=row.called),
        is_latest=row.is_latest.data,
        status=row.status.data,
        row_count=as_count(row.row_count.data) if row.row_count.data else None,
        **{key: as_day(row[key].data) if row[key].data else None for key in _DAYS},
    )


def _assets(form: DatasetForm, stored: Stored) -> list[AssetDraft]:
    named = _named(form.assets)
    rows = kept_assets(form)
    chosen = {row.version.data or _latest(form, stored) for row in rows if row.is_default.data}
    unnamed = [
        replace(one, is_default=one.is_default and one.version not in chosen)
        for uuid, one in stored.assets.items()
        if uuid not in named
    ]
    return [*unnamed, *(_asset(row, stored.assets.get(row.was.data)) for row in rows)]


def _asset(row: AssetRow, held: AssetDraft | None) -> AssetDraft:
    base = held or AssetDraft(kind="")
    said = {key: kept(row[key].data, getattr(base, key)) for key in ("format", "uri", "name", "description", "version")}
    kind = kept(row.kind.data, base.kind) or said["format"]
    return replace(base, kind=kind, is_default=row.is_default.data, **said)


def _tags(given: str, held: Sequence[str]) -> list[str]:
    """One a line or between commas; a tag that is held stays whole, also with a comma in it."""
    tags = []
    for line in given.split("\n"):
        tags += [line] if line.strip() in held else line.split(",")
    return [tag for one in tags if (tag := one.strip())]


def _number(number: float | None) -> str:
    """`number` as it is read back, without a point where it is whole; nothing for none."""
    return "" if number is None else repr(number).removesuffix(".0")


def _resolution(given: str, held: float | None) -> float | None:
    return held if held is not None and given == repr(held) else as_number(given) if given else None
