"""Records of the JSON Lines form read into drafts: refused where they cannot be kept, remarked on where odd."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.changes.drafts import TEXTS, AssetDraft, DatasetDraft, FieldDraft, VersionDraft
from catalog.changes.puts import Put
from catalog.changes.settling import traits
from catalog.harvest.parsing import Refused, fingerprint, parse
from catalog.harvest.remarks import MOST, Remarks, odd
from catalog.vocabulary.licenses import license_id
from catalog.vocabulary.slugs import make_slug
from catalog.vocabulary.text import bounded

# An index of the store holds both beside a slug, in characters of up to four bytes.
_SOURCE_LIMIT = 120
_NATIVE_ID_LIMIT = 300

_RECORD_KEYS = frozenset(
    {
        *("dataset", "metadata", "organization", "created_on", "updated_on", "versions", "assets", "provenance"),
        *("extra", "is_downloadable"),
    }
)
_METADATA_KEYS = frozenset({*TEXTS, "tags", "spatial_resolution"})
_PROVENANCE_KEYS = frozenset({"source", "native_id", "path"})
_VERSION_KEYS = frozenset({"version", "metadata", "origin", "language", "splits", "task_categories"})
_VERSION_FLAGS = {"is_latest": False, "is_mutable": False, "is_downloadable": True}
_VERSION_DATES = ("content_date", "content_start", "content_end", "last_update")
_VERSION_COUNTS = ("row_count", "file_size_bytes")
_ASSET_KEYS = frozenset({"asset_type", "asset_uri", "format", "fields", "version", "name", "description"})
_ASSET_FLAGS = {"is_default": False, "is_managed": False, "is_downloadable": True}
# What may name an asset, the first that is stated.
_NAMES = ("name", "title", "config", "path")
_FORMATS = ("format", "mediatype", "mimetype")
_SIZES = ("size_in_bytes", "size_bytes", "size")
_FIELD_TEXTS = ("name", "alias", "description", "data_type", "unit")
_FIELD_FLAGS = {"is_feature_info": True, "is_filter": True}


@dataclass(frozen=True)
class Record:
    """A record that can be put, what it is called in messages, and remarks on what was odd in it."""

    put: Put
    name: str
    warnings: Sequence[str]


def read_record(line: bytes) -> Record:
    """The record of one line; Refused when it cannot be kept."""
    given, said = parse(line)
    remarks = Remarks(said)
    slug = make_slug(_name(given, remarks))
    try:
        return Record(_put(given, slug, remarks), slug, remarks.all())
    except Refused as refused:
        raise Refused(str(refused), slug) from None


def _name(given: Mapping[str, Any], remarks: Remarks) -> str:
    parts = [part if isinstance(part, dict) else {} for part in (given.get("metadata"), given.get("provenance"))]
    candidates = (given.get("dataset"), parts[0].get("title"), parts[1].get("native_id"))
    for value, what in zip(candidates, ("dataset", "metadata.title", "provenance.native_id"), strict=True):
        if name := remarks.text(value, what):
            return name
    raise Refused("no usable name: dataset, metadata.title and provenance.native_id say nothing")


def _put(given: Mapping[str, Any], slug: str, remarks: Remarks) -> Put:
    provenance = remarks.object(given.get("provenance"), "provenance")
    native_id = remarks.text(provenance.get("native_id"), "provenance.native_id")
    return Put(
        fingerprint=fingerprint(given),
        draft=_draft(given, provenance, slug, remarks),
        source=bounded(remarks.text(provenance.get("source"), "provenance.source") or "", _SOURCE_LIMIT),
        native_id=bounded(native_id, _NATIVE_ID_LIMIT) if native_id else None,
        path=remarks.text(provenance.get("path"), "provenance.path"),
        organization=remarks.text(given.get("organization"), "organization"),
    )


def _draft(given: Mapping[str, Any], provenance: Mapping[str, Any], slug: str, remarks: Remarks) -> DatasetDraft:
    metadata = remarks.object(given.get("metadata"), "metadata")
    texts = {key: text for key in TEXTS if (text := remarks.text(metadata.get(key), f"metadata.{key}"))}
    if texts.get("license") and license_id(texts["license"]) is None:
        remarks.add("the licence is none that has a short name; kept as written")
    numbers = {"spatial_resolution": remarks.measure(metadata.get("spatial_resolution"), "metadata.spatial_resolution")}
    flags = {"is_downloadable": remarks.flag(given.get("is_downloadable"), "is_downloadable", True)}
    extra = {
        **remarks.object(given.get("extra"), "extra"),
        **{key: value for key, value in given.items() if key not in _RECORD_KEYS},
        **{key: value for key, value in metadata.items() if key not in _METADATA_KEYS},
        **_not_objects(given),
        **_odd_number(metadata, numbers),
        **odd(given, flags),
    }
    if more := {key: value for key, value in provenance.items() if key not in _PROVENANCE_KEYS and value is not None}:
        extra["provenance"] = more
    return DatasetDraft(
        slug=slug,
        texts=texts,
        tags=[text for tag in _list(metadata, "tags") if (text := remarks.text(tag, "a tag"))],
        issued_text=remarks.date_text(given.get("created_on"), "created_on"),
        data_updated_text=remarks.date_text(given.get("updated_on"), "updated_on"),
        versions=_versions(_list(given, "versions"), traits(extra), remarks),
        assets=[_asset(asset, f"asset {n}:", remarks) for n, asset in enumerate(_list(given, "assets"), 1)],
        extra=extra or None,
        **numbers,
        **flags,
    )


def _not_objects(given: Mapping[str, Any]) -> dict[str, Any]:
    """What stands where an object should, as it was given."""
    parts = {key: given.get(key) for key in ("metadata", "provenance", "extra")}
    return {key: value for key, value in parts.items() if value is not None and not isinstance(value, dict)}


def _odd_number(said: Mapping[str, Any], numbers: Mapping[str, float | None]) -> dict[str, Any]:
    return {key: value for key, value in odd(said, numbers).items() if numbers[key] is None}


def _list(given: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = given.get(key)
    if value is not None and not isinstance(value, list):
        raise Refused(f"{key} is not a list")
    return value or []


def _versions(given: Sequence[Any], shared: Mapping[str, Any], remarks: Remarks) -> list[VersionDraft]:
    drafts: dict[str, VersionDraft] = {}
    for one in given:
        said = one if isinstance(one, dict) else {"version": one}
        label = remarks.text(said.get("version"), "a version")
        if label is None:
            remarks.add("a version without a name; not used")
            continue
        draft = _version(label, said, shared, remarks)
        if drafts.setdefault(label, draft) != draft:
            remarks.add(f"version {_shown(label)} is described twice; the first counts")
    return list(drafts.values())


def _version(label: str, said: Mapping[str, Any], shared: Mapping[str, Any], remarks: Remarks) -> VersionDraft:
    what = f"version {_shown(label)}:"
    columns = {
        **{key: remarks.flag(said.get(key), f"{what} {key}", default) for key, default in _VERSION_FLAGS.items()},
        **{key: remarks.day(said.get(key), f"{what} {key}") for key in _VERSION_DATES},
        **{key: remarks.count(said.get(key), f"{what} {key}") for key in _VERSION_COUNTS},
        "status": remarks.status(said.get("status"), what),
        "content_date_description": remarks.text(said.get("content_date_description"), f"{what} its date in words"),
    }
    metadata = {
        **remarks.object(said.get("metadata"), f"{what} metadata"),
        **{key: value for key, value in said.items() if key not in _VERSION_KEYS and key not in columns},
        **odd(said, columns),
    }
    return VersionDraft(label=label, metadata=metadata or None, **columns, **{**shared, **traits(said)})


def _asset(said: Any, what: str, remarks: Remarks) -> AssetDraft:
    if isinstance(said, str):
        remarks.add(f"{what} a text; taken as its address")
        said = {"asset_uri": said}
    if not isinstance(said, dict):
        raise Refused(f"{what} neither an object nor an address")
    format_ = _first(said, _FORMATS, what, remarks)
    name = _first(said, _NAMES, what, remarks)
    kind = remarks.text(said.get("asset_type"), f"{what} asset_type")
    if kind is None:
        remarks.add(f"{what} no asset_type; called by its format")
    size = next((value for key in _SIZES if (value := said.get(key)) is not None), None)
    columns = {
        **{key: remarks.flag(said.get(key), f"{what} {key}", default) for key, default in _ASSET_FLAGS.items()},
        "status": remarks.status(said.get("status"), what),
    }
    used = {*_ASSET_KEYS, *columns} | (set() if said.get("name") else {"title"})
    metadata = {key: value for key, value in said.items() if key not in used and value is not None} | odd(said, columns)
    return AssetDraft(
        kind=kind or format_ or "file",
        format=format_,
        uri=remarks.text(said.get("asset_uri"), f"{what} asset_uri"),
        name=name,
        description=remarks.text(said.get("description"), f"{what} description"),
        fields=[field for one in _list(said, "fields") if (field := _field(one, what, remarks))],
        version=remarks.text(said.get("version"), f"{what} version"),
        size_bytes=remarks.count(size, f"{what} size"),
        row_count=_rows(said.get("num_examples")),
        metadata=metadata or None,
        **columns,
    )


def _first(said: Mapping[str, Any], keys: Sequence[str], what: str, remarks: Remarks) -> str | None:
    """The first of the texts under `keys` that says something."""
    return next((text for key in keys if (text := remarks.text(said.get(key), f"{what} {key}"))), None)


def _rows(value: Any) -> int | None:
    """The rows that an asset states: a number, or one for each of its splits."""
    numbers = list(value.values()) if isinstance(value, dict) else [value]
    whole = all(isinstance(number, int) and not isinstance(number, bool) and number >= 0 for number in numbers)
    return sum(numbers) if numbers and whole and sum(numbers) <= MOST else None


def _field(given: Any, what: str, remarks: Remarks) -> FieldDraft | None:
    said = given if isinstance(given, dict) else {"name": given}
    texts = {key: remarks.text(said.get(key), f"{what} field {key}") for key in _FIELD_TEXTS}
    if texts["name"] is None:
        remarks.add(f"{what} a field without a name; not used")
        return None
    flags = {key: remarks.flag(said.get(key), f"{what} field {key}", default) for key, default in _FIELD_FLAGS.items()}
    used = {*texts, *flags}
    extra = {key: value for key, value in said.items() if key not in used and value is not None} | odd(said, flags)
    return FieldDraft(**texts, **flags, extra=extra or None)


def _shown(label: str) -> str:
    return " ".join(label[:40].split())
