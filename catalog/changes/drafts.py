"""What a dataset is to become: values that forms, imports and dialects hand to the verbs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

# The metadata keys of the GFW dialect that are plain text, in its order.
TEXTS = (
    "resolution_description",
    "geographic_coverage",
    "update_frequency",
    "scale",
    "citation",
    "title",
    "subtitle",
    "source",
    "license",
    "data_language",
    "overview",
    "function",
    "cautions",
    "key_restrictions",
    "why_added",
    "learn_more",
)


@dataclass(frozen=True, kw_only=True)
class FieldDraft:
    """A column or band."""

    name: str
    alias: str | None = None
    description: str | None = None
    data_type: str | None = None
    unit: str | None = None
    is_feature_info: bool = True
    is_filter: bool = True
    extra: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class AssetDraft:
    """A file, table or service; `version` names the label that it belongs to, None the latest.

    `uuid` tells which asset of the store it was, where one is revised.
    """

    kind: str
    format: str | None = None
    uri: str | None = None
    name: str | None = None
    description: str | None = None
    fields: Sequence[FieldDraft] = ()
    version: str | None = None
    size_bytes: int | None = None
    row_count: int | None = None
    status: str = "saved"
    is_default: bool = False
    is_managed: bool = False
    is_downloadable: bool = True
    metadata: Mapping[str, Any] | None = None
    uuid: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class VersionDraft:
    """A version by its label; `is_latest` only where the source says so."""

    label: str
    is_latest: bool = False
    is_mutable: bool = False
    is_downloadable: bool = True
    status: str = "saved"
    row_count: int | None = None
    file_size_bytes: int | None = None
    content_date: date | None = None
    content_start: date | None = None
    content_end: date | None = None
    content_date_description: str | None = None
    last_update: date | None = None
    metadata: Mapping[str, Any] | None = None
    origin: Mapping[str, Any] | None = None
    language: Sequence[str] | None = None
    splits: Mapping[str, Any] | None = None
    task_categories: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class DatasetDraft:
    """Everything that is said about a dataset; `texts` holds the keys of TEXTS that are stated."""

    slug: str
    texts: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    spatial_resolution: float | None = None
    is_downloadable: bool = True
    issued_text: str | None = None
    data_updated_text: str | None = None
    versions: Sequence[VersionDraft] = ()
    assets: Sequence[AssetDraft] = ()
    extra: Mapping[str, Any] | None = None
