"""A stored dataset as the draft that would make it: what an edit begins with, so that it loses nothing."""

from catalog.changes.drafts import TEXTS, AssetDraft, DatasetDraft, FieldDraft, VersionDraft
from catalog.model import Asset, Dataset, Field, Version


def draft_of(dataset: Dataset) -> DatasetDraft:
    """What `dataset`, loaded with all that is in it, would be revised by without anything changing."""
    return DatasetDraft(
        slug=dataset.slug,
        texts={key: text for key in TEXTS if (text := getattr(dataset, key)) is not None},
        tags=[tag.name for tag in dataset.tags],
        spatial_resolution=dataset.spatial_resolution,
        is_downloadable=dataset.is_downloadable,
        issued_text=dataset.issued_text,
        data_updated_text=dataset.data_updated_text,
        versions=[_version(version) for version in dataset.versions],
        assets=[asset_draft_of(version, asset) for version in dataset.versions for asset in version.assets],
        extra=dataset.extra,
    )


def asset_draft_of(version: Version, asset: Asset) -> AssetDraft:
    """An asset of `version` with its fields and all that its source says of it."""
    return AssetDraft(
        kind=asset.kind,
        format=asset.format,
        uri=asset.uri,
        name=asset.name,
        description=asset.description,
        fields=[_field(field) for field in asset.fields],
        version=version.label,
        size_bytes=asset.size_bytes,
        status=asset.status.value,
        is_default=asset.is_default,
        is_managed=asset.is_managed,
        is_downloadable=asset.is_downloadable,
        metadata=asset.metadata_,
        uuid=asset.uuid,
    )


def _version(version: Version) -> VersionDraft:
    return VersionDraft(
        label=version.label,
        is_latest=version.is_latest,
        is_mutable=version.is_mutable,
        is_downloadable=version.is_downloadable,
        status=version.status.value,
        row_count=version.row_count,
        file_size_bytes=version.file_size_bytes,
        content_date=version.content_date,
        content_start=version.content_start,
        content_end=version.content_end,
        content_date_description=version.content_date_description,
        last_update=version.last_update,
        metadata=version.metadata_,
        origin=version.origin,
        language=version.language,
        splits=version.splits,
        task_categories=[task.name for task in version.task_categories],
    )


def _field(field: Field) -> FieldDraft:
    return FieldDraft(
        name=field.name,
        alias=field.alias,
        description=field.description,
        data_type=field.data_type,
        unit=field.unit,
        is_feature_info=field.is_feature_info,
        is_filter=field.is_filter,
        extra=field.extra,
    )
