"""Kinds of assets as the GFW dialect names them."""

from functools import lru_cache

from catalog.vocabulary.formats import short_format
from catalog.vocabulary.text import fold

GFW_TYPES = (
    "Dynamic vector tile cache",
    "Static vector tile cache",
    "Raster tile cache",
    "Raster tile set",
    "Database table",
    "Geo database table",
    "ESRI Shapefile",
    "Geopackage",
    "ndjson",
    "csv",
    "tsv",
    "1x1 grid",
    "COG",
)

_BY_KIND = {fold(name): name for name in GFW_TYPES}
_BY_FORMAT = {
    "csv": "csv",
    "tsv": "tsv",
    "jsonl": "ndjson",
    "shp": "ESRI Shapefile",
    "gpkg": "Geopackage",
    "cog": "COG",
}


@lru_cache(1_000)
def gfw_type(kind: str, format: str | None) -> str:
    """The one of `GFW_TYPES` that an asset of `kind` and `format` is, by its kind first; otherwise `kind` itself."""
    named = " ".join(fold(kind).replace("_", " ").split())
    if named in _BY_KIND:
        return _BY_KIND[named]
    return _BY_FORMAT.get(short_format(kind)) or _BY_FORMAT.get(short_format(format)) or kind
