"""Datasets, assets and the lists of them as the GFW dialect writes them, key for key."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from catalog.dialects.gfw.params import Paging
from catalog.dialects.gfw.typed import number_of, object_of, text_of, texts_of, whole_of
from catalog.dialects.wire import whole
from catalog.model import Asset, Dataset, Field
from catalog.vocabulary.data_types import gfw_data_type

Json = dict[str, Any]
RASTER = "Raster tile set"
BLOCK_SIZES = (256, 512, 1024, 2048)
"""The sides that a block of a COG can have."""


def page(records: Sequence[Any], links: Json, meta: Json) -> Json:
    """One page of a list, of records as they are written."""
    return {"data": records} | ending(links, meta)


def ending(links: Json, meta: Json) -> Json:
    """What follows the records of a page."""
    return {"status": "success", "links": links, "meta": meta}


def links(address: str, filters: Sequence[tuple[str, str]], paging: Paging, page_count: int) -> Json:
    """The addresses of this page and of those around it; "" where there is none."""
    narrowed = "".join(f"&{name}={quote(value, safe='')}" for name, value in filters)

    def to(number: int) -> str:
        return f"{address}?page[number]={number}&page[size]={paging.size}{narrowed}"

    return {
        "self": to(paging.number),
        "first": to(1),
        "last": to(page_count),
        "prev": to(paging.number - 1) if paging.number > 1 else "",
        "next": to(paging.number + 1) if paging.number < page_count else "",
    }


def meta(size: int, total: int, page_count: int, *, as_integers: bool) -> Json:
    """How long the list is: as strings, or as the integers of the real service."""
    written = whole if as_integers else str
    return {"size": written(size), "total_items": written(total), "total_pages": written(page_count)}


def dataset(dataset: Dataset) -> Json:
    """One dataset."""
    return {
        "created_on": moment(dataset.created_at),
        "updated_on": moment(dataset.updated_at),
        "dataset": dataset.slug,
        "is_downloadable": dataset.is_downloadable,
        "metadata": dataset_metadata(dataset),
        "versions": [version.gfw for version in dataset.versions],
    }


def dataset_metadata(dataset: Dataset) -> Json:
    """What is said of one dataset; the published page's keys come first, in its order."""
    return {
        "title": dataset.title,
        "subtitle": dataset.subtitle,
        "source": dataset.source,
        "license": dataset.license,
        "data_language": dataset.data_language,
        "overview": dataset.overview,
        "citation": dataset.citation,
        "cautions": dataset.cautions,
        "tags": [tag.name for tag in dataset.tags],
        "learn_more": dataset.learn_more,
        "created_on": moment(dataset.created_at),
        "updated_on": moment(dataset.updated_at),
        "spatial_resolution": number_of(dataset.spatial_resolution),
        "resolution_description": dataset.resolution_description,
        "geographic_coverage": dataset.geographic_coverage,
        "update_frequency": dataset.update_frequency,
        "scale": dataset.scale,
        "function": dataset.function,
        "key_restrictions": dataset.key_restrictions,
        "why_added": dataset.why_added,
        "id": dataset.uuid,
    }


def asset(asset: Asset, own_pages: str) -> Json:
    """One asset; one without an address has that of its own page."""
    return {
        "created_on": moment(asset.created_at),
        "updated_on": moment(asset.updated_at),
        "asset_id": asset.uuid,
        "dataset": asset.dataset.slug,
        "version": asset.version.gfw,
        "asset_type": asset.gfw_type,
        "asset_uri": asset_uri(asset, own_pages),
        "status": asset.status.value,
        "is_managed": asset.is_managed,
        "is_downloadable": asset.is_downloadable,
        "metadata": asset_metadata(asset),
    }


def asset_uri(asset: Asset, own_pages: str) -> str:
    """Where an asset lies; one without an address has that of its own page."""
    return asset.uri if asset.uri is not None else f"{own_pages}{asset.uuid}"


def asset_metadata(asset: Asset) -> Json:
    """What is said of one asset, by its type."""
    more = _BY_TYPE.get(asset.gfw_type, _of_table)(asset)
    return {"tags": _tags(asset), **more, "id": asset.metadata_uuid}


def columns(asset: Asset | None, fields: Sequence[Field]) -> list[Json]:
    """The columns of an asset, and of a raster its bands; none for no asset."""
    if asset is not None and asset.gfw_type == RASTER:
        return _bands(fields, (asset.metadata_ or {}).get("bands")) or []
    return [field(one) for one in fields]


def _of_table(asset: Asset) -> Json:
    return {"fields": _fields(asset)}


def _of_tiles(asset: Asset) -> Json:
    said = asset.metadata_ or {}
    return {
        "min_zoom": whole_of(said.get("min_zoom")),
        "max_zoom": whole_of(said.get("max_zoom")),
        "fields": _fields(asset),
    }


def _of_raster(asset: Asset) -> Json:
    said = asset.metadata_ or {}
    return {"bands": _bands(asset.fields, said.get("bands")), "resolution": whole_of(said.get("resolution"))}


def _of_cog(asset: Asset) -> Json:
    said = asset.metadata_ or {}
    size = whole_of(said.get("block_size"))
    return {"block_size": size if size in BLOCK_SIZES else None, "resampling": text_of(said.get("resampling"))}


# What the metadata of an asset holds between its tags and its id; all others are tables.
_BY_TYPE: dict[str, Callable[[Asset], Json]] = {
    "Dynamic vector tile cache": _of_tiles,
    "Static vector tile cache": _of_tiles,
    "Raster tile cache": _of_tiles,
    RASTER: _of_raster,
    "COG": _of_cog,
}
# What a band is described by, in order, each with how it is written.
_BAND: dict[str, Callable[[Any], Any]] = {
    "pixel_meaning": text_of,
    "unit": text_of,
    "description": text_of,
    "statistics": object_of,
    "values_table": object_of,
    "data_type": text_of,
    "compression": text_of,
    "no_data_value": text_of,
}


def _fields(asset: Asset) -> list[Json] | None:
    """The columns; None where none are known."""
    return [field(one) for one in asset.fields] or None


def field(field: Field) -> Json:
    """One column."""
    return {
        "name": field.name,
        "alias": field.alias,
        "description": field.description,
        "data_type": gfw_data_type(field.data_type),
        "unit": field.unit,
        "is_feature_info": field.is_feature_info,
        "is_filter": field.is_filter,
    }


def _bands(fields: Sequence[Field], said: Any) -> list[Json] | None:
    """The bands as their source describes them, else what is known of them as fields; None where none are known."""
    if isinstance(said, list):
        return [_band(band) for band in said if isinstance(band, dict)] or None
    known = [
        {
            "pixel_meaning": field.name,
            "unit": field.unit,
            "description": field.description,
            "data_type": field.data_type,
        }
        for field in fields
    ]
    return [_band(one) for one in known] or None


def _band(said: Json) -> Json:
    return {key: written(said.get(key)) for key, written in _BAND.items()}


def _tags(asset: Asset) -> list[str]:
    """The asset's own tags, else those of its dataset."""
    own = texts_of((asset.metadata_ or {}).get("tags"))
    return own if own is not None else [tag.name for tag in asset.dataset.tags]


def moment(moment: datetime) -> str:
    """`2019-08-24T14:15:22Z`, to the second, as the published page writes it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"
