"""Records of the JSON Lines form read into drafts: what cannot be kept is refused, what is odd is kept and remarked on."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from catalog.changes.drafts import TEXTS, AssetDraft, DatasetDraft, FieldDraft, VersionDraft
from catalog.changes.putting import Put
from catalog.changes.settling import traits
from catalog.vocabulary.dates import parse_moment
from catalog.vocabulary.licenses import license_id
from catalog.vocabulary.slugs import make_slug
from catalog.vocabulary.text import bounded, tidy

LINE_LIMIT = 4_000_000
_RECORD_KEYS = (
    "dataset",
    "metadata",
    "organization",
    "created_on",
    "updated_on",
    "versions",
    "assets",
    "provenance",
    "extra",
    "is_downloadable",
)
_ASSET_KEYS = (
    "asset_type",
    "asset_uri",
    "format",
    "mediatype",
    "mimetype",
    "fields",
    "version",
    "name",
    "title",
    "description",
    "is_default",
    "is_managed",
    "is_downloadable",
    "status",
)
_FIELD_KEYS = ("name", "alias", "description", "data_type", "unit", "is_feature_info", "is_filter")
_DATES = ("content_date", "content_start", "content_end", "last_update")
_COUNTS = ("row_count", "file_size_bytes")
_VERSION_KEYS = (
    "version",
    "is_latest",
    "is_mutable",
    "is_downloadable",
    "status",
    "content_date_description",
    "metadata",
    "origin",
    "language",
    "splits",
    "task_categories",
    *_DATES,
    *_COUNTS,
)
# What may name an asset, the first that is stated.
_NAMES = ("name", "title", "config", "path")
_STATUSES = ("saved", "pending", "failed")
_MOST = 2**63 - 1


class Refused(ValueError):
    """The record cannot be kept; the text says why."""


@dataclass(frozen=True)
class Record:
    """A record that can be put, what it is called in messages, and remarks on what was odd in it."""

    put: Put
    name: str
    warnings: Sequence[str]


@dataclass
class _Remarks:
    said: list[str] = field(default_factory=list)

    def text(self, value: Any, what: str) -> str | None:
        """`value` as text; what is no text is kept as its JSON and remarked on."""
        if value is None:
            return None
        if not isinstance(value, str):
            self.said.append(f"{what} is not a text; kept as written")
            value = ", ".join(value) if _is_texts(value) else json.dumps(value, ensure_ascii=False)
        return tidy(value) or None

    def flag(self, value: Any, what: str, default: bool) -> bool:
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.said.append(f"{what} is neither true nor false; taken as {str(default).lower()}")
        return default

    def count(self, value: Any, what: str) -> int | None:
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            number = int(value) if not isinstance(value, bool) else -1
        except (ValueError, TypeError, OverflowError):
            number = -1
        if 0 <= number <= _MOST:
            return number
        self.said.append(f"{what} {str(value)[:40]!r} is not a number of things")
        return None

    def day(self, value: Any, what: str) -> date | None:
        text = self.text(value, what)
        moment = parse_moment(text)
        if text is not None and moment is None:
            self.said.append(f"{what} {text[:40]!r} is not a date")
        return moment.date() if moment else None

    def object(self, value: Any, what: str) -> dict[str, Any] | None:
        if value is None or isinstance(value, dict):
            return value or None
        self.said.append(f"{what} is not an object; not used")
        return None


def read_record(line: bytes) -> Record:
    """The record of one line; Refused when it cannot be kept."""
    if len(line) > LINE_LIMIT:
        raise Refused(f"the record is longer than {LINE_LIMIT:,} bytes")
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError as fault:
        raise Refused(f"not JSON: {fault}") from None
    if not isinstance(given, dict):
        raise Refused("not a JSON object")
    remarks = _Remarks()
    metadata = _part(given, "metadata", dict) or {}
    provenance = _part(given, "provenance", dict) or {}
    native_id = remarks.text(provenance.get("native_id"), "provenance.native_id")
    native_id = bounded(native_id) if native_id else None
    name = _name(given, metadata, native_id)
    draft = _draft(given, metadata, provenance, make_slug(name), remarks)
    put = Put(
        draft=draft,
        source=bounded(remarks.text(provenance.get("source"), "provenance.source") or ""),
        native_id=native_id,
        path=remarks.text(provenance.get("path"), "provenance.path"),
        fingerprint=hashlib.sha256(orjson.dumps(given, option=orjson.OPT_SORT_KEYS)).digest(),
        organization=remarks.text(given.get("organization"), "organization"),
    )
    return Record(put, draft.slug, tuple(remarks.said))


def _part(given: Mapping[str, Any], key: str, kind: type) -> Any:
    value = given.get(key)
    if value is not None and not isinstance(value, kind):
        raise Refused(f"{key} is not {'a list' if kind is list else 'an object'}")
    return value


def _name(given: Mapping[str, Any], metadata: Mapping[str, Any], native_id: str | None) -> str:
    for value in (given.get("dataset"), metadata.get("title"), native_id):
        if isinstance(value, str) and tidy(value):
            return tidy(value)
    raise Refused("no usable name: dataset, metadata.title and provenance.native_id say nothing")


def _draft(
    given: Mapping[str, Any], metadata: Mapping[str, Any], provenance: Mapping[str, Any], slug: str, remarks: _Remarks
) -> DatasetDraft:
    texts = {key: text for key in TEXTS if (text := remarks.text(metadata.get(key), f"metadata.{key}"))}
    if texts.get("license") and license_id(texts["license"]) is None:
        remarks.said.append("the licence is none that has a short name; kept as written")
    extra = dict(_part(given, "extra", dict) or {})
    extra |= {key: value for key, value in given.items() if key not in _RECORD_KEYS}
    extra |= {key: value for key, value in metadata.items() if key not in (*TEXTS, "tags", "spatial_resolution")}
    if more := {
        key: value
        for key, value in provenance.items()
        if key not in ("source", "native_id", "path") and value is not None
    }:
        extra["provenance"] = more
    shared = traits(extra)
    tags = _part(metadata, "tags", list) or []
    return DatasetDraft(
        slug=slug,
        texts=texts,
        tags=[text for tag in tags if (text := remarks.text(tag, "a tag"))],
        spatial_resolution=_resolution(metadata.get("spatial_resolution"), remarks),
        is_downloadable=remarks.flag(given.get("is_downloadable"), "is_downloadable", True),
        issued_text=_date_text(given.get("created_on"), "created_on", remarks),
        data_updated_text=_date_text(given.get("updated_on"), "updated_on", remarks),
        versions=_versions(_part(given, "versions", list) or [], shared, remarks),
        assets=[_asset(asset, n, remarks) for n, asset in enumerate(_part(given, "assets", list) or [])],
        extra=extra or None,
    )


def _date_text(value: Any, what: str, remarks: _Remarks) -> str | None:
    text = remarks.text(value, what)
    if text is not None and parse_moment(text) is None:
        remarks.said.append(f"{what} {text[:40]!r} is not a date; kept as written")
    return text


def _resolution(value: Any, remarks: _Remarks) -> float | None:
    try:
        number = float(value) if value is not None else None
    except (ValueError, TypeError, OverflowError):
        number = math.nan
    if number is None or math.isfinite(number):
        return number
    remarks.said.append(f"metadata.spatial_resolution {str(value)[:40]!r} is not a number")
    return None


def _versions(given: Sequence[Any], shared: Mapping[str, Any], remarks: _Remarks) -> list[VersionDraft]:
    drafts: dict[str, VersionDraft] = {}
    for one in given:
        said = one if isinstance(one, dict) else {"version": one}
        label = remarks.text(said.get("version"), "a version")
        if label is None:
            remarks.said.append("a version without a name; not used")
        elif label not in drafts:
            drafts[label] = _version(label, said, shared, remarks)
    return list(drafts.values())


def _version(label: str, said: Mapping[str, Any], shared: Mapping[str, Any], remarks: _Remarks) -> VersionDraft:
    what = f"version {label[:40]}:"
    metadata = {
        **(remarks.object(said.get("metadata"), f"{what} metadata") or {}),
        **{key: value for key, value in said.items() if key not in _VERSION_KEYS},
    }
    return VersionDraft(
        label=label,
        is_latest=remarks.flag(said.get("is_latest"), f"{what} is_latest", False),
        is_mutable=remarks.flag(said.get("is_mutable"), f"{what} is_mutable", False),
        is_downloadable=remarks.flag(said.get("is_downloadable"), f"{what} is_downloadable", True),
        status=_status(said.get("status"), what, remarks),
        content_date_description=remarks.text(said.get("content_date_description"), f"{what} content_date_description"),
        metadata=metadata or None,
        **{key: remarks.day(said.get(key), f"{what} {key}") for key in _DATES},
        **{key: remarks.count(said.get(key), f"{what} {key}") for key in _COUNTS},
        **{**shared, **traits(said)},
    )


def _status(value: Any, what: str, remarks: _Remarks) -> str:
    if value is None or value in _STATUSES:
        return value or "saved"
    remarks.said.append(f"{what} status {str(value)[:40]!r} is not one of {', '.join(_STATUSES)}; taken as saved")
    return "saved"


def _asset(said: Any, n: int, remarks: _Remarks) -> AssetDraft:
    what = f"asset {n + 1}:"
    if not isinstance(said, dict):
        raise Refused(f"asset {n + 1} is not an object")
    given_format = next(
        (text for key in ("format", "mediatype", "mimetype") if (text := remarks.text(said.get(key), f"{what} {key}"))),
        None,
    )
    kind = remarks.text(said.get("asset_type"), f"{what} asset_type")
    if kind is None:
        remarks.said.append(f"{what} no asset_type; called by its format")
    size = next(
        (value for key in ("size_in_bytes", "size_bytes", "size") if (value := said.get(key)) is not None), None
    )
    metadata = {key: value for key, value in said.items() if key not in _ASSET_KEYS and value is not None}
    fields = _part(said, "fields", list) or []
    return AssetDraft(
        kind=kind or given_format or "file",
        format=given_format,
        uri=remarks.text(said.get("asset_uri"), f"{what} asset_uri"),
        name=next((text for key in _NAMES if (text := remarks.text(said.get(key), f"{what} {key}"))), None),
        description=remarks.text(said.get("description"), f"{what} description"),
        fields=[field for one in fields if (field := _field(one, what, remarks))],
        version=remarks.text(said.get("version"), f"{what} version"),
        size_bytes=remarks.count(size, f"{what} size"),
        row_count=_rows(said.get("num_examples")),
        status=_status(said.get("status"), what, remarks),
        is_default=remarks.flag(said.get("is_default"), f"{what} is_default", False),
        is_managed=remarks.flag(said.get("is_managed"), f"{what} is_managed", False),
        is_downloadable=remarks.flag(said.get("is_downloadable"), f"{what} is_downloadable", True),
        metadata=metadata or None,
    )


def _rows(value: Any) -> int | None:
    """The rows that an asset states: a number, or one for each of its splits."""
    numbers = list(value.values()) if isinstance(value, dict) else [value]
    whole = all(isinstance(number, int) and not isinstance(number, bool) and number >= 0 for number in numbers)
    return sum(numbers) if numbers and whole else None


def _field(said: Any, what: str, remarks: _Remarks) -> FieldDraft | None:
    if isinstance(said, str):
        said = {"name": said}
    if not isinstance(said, dict):
        remarks.said.append(f"{what} a field is neither a text nor an object; not used")
        return None
    texts = {
        key: remarks.text(said.get(key), f"{what} field {key}")
        for key in ("name", "alias", "description", "data_type", "unit")
    }
    if texts["name"] is None:
        remarks.said.append(f"{what} a field without a name; not used")
        return None
    more = {key: value for key, value in said.items() if key not in _FIELD_KEYS and value is not None}
    return FieldDraft(
        **texts,
        is_feature_info=remarks.flag(said.get("is_feature_info"), f"{what} is_feature_info", True),
        is_filter=remarks.flag(said.get("is_filter"), f"{what} is_filter", True),
        extra=more or None,
    )


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
