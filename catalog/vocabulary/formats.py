"""Formats of files under one short name each, however they were spelled."""

import re

from catalog.vocabulary.memory import remembering
from catalog.vocabulary.text import fold, tidy

UNKNOWN_FORMAT = "unknown"
"""What the org dialect calls a format that nobody states."""
_LONGEST = 100

# Each short name with its spellings: file endings, media types and words, folded. The short name spells itself.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    # tables
    "csv": ("text/csv", "application/csv", "text/comma-separated-values", "comma separated values", "cvs"),
    "tsv": ("text/tab-separated-values", "text/tsv", "tab separated values", "tab", "tab-delimited"),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xslx",
        "excel (.xlsx)",
        "excel xlsx",
    ),
    "xls": ("application/vnd.ms-excel", "application/msexcel", "excel (.xls)", "microsoft excel"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", "opendocument spreadsheet"),
    "parquet": (
        *("application/vnd.apache.parquet", "application/x-parquet", "application/parquet", "apache parquet"),
        "parquet file",
    ),
    "arrow": ("application/vnd.apache.arrow.file", "application/vnd.apache.arrow.stream", "apache arrow"),
    "feather": ("application/feather",),
    "avro": ("application/avro", "application/vnd.apache.avro"),
    "orc": ("application/vnd.apache.orc",),
    "dta": ("stata", "application/x-stata"),
    "sqlite": ("application/vnd.sqlite3", "application/x-sqlite3", "sqlite3"),
    "arff": ("application/x-arff",),
    # trees and texts
    "json": ("application/json", "text/json", "application/x-json"),
    "jsonl": (
        *("ndjson", "application/jsonl", "application/jsonlines", "application/x-jsonlines", "application/x-ndjson"),
        *("application/ndjson", "jsonlines", "json lines", "newline delimited json", "ldjson"),
    ),
    "jsonld": ("application/ld+json", "json-ld"),
    "xml": ("application/xml", "text/xml", "extensible markup language"),
    "rdf": ("application/rdf+xml", "rdf/xml", "rdf_xml", "rdf-xml"),
    "ttl": ("text/turtle", "turtle", "application/x-turtle", "rdf_turtle"),
    "nt": ("application/n-triples", "n-triples", "rdf_n_triples"),
    "rss": ("application/rss+xml",),
    "atom": ("application/atom+xml",),
    "yaml": ("application/yaml", "text/yaml", "application/x-yaml", "yml"),
    "html": ("text/html", "application/xhtml+xml", "htm", "ht ml", "web page", "webpage", "website"),
    "txt": ("text/plain", "text/txt", "text", "plain text", "ascii"),
    "pdf": ("application/pdf", "application/x-pdf", "portable document format"),
    "odt": ("application/vnd.oasis.opendocument.text",),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    "doc": ("application/msword",),
    # places
    "geojson": ("application/geo+json", "application/vnd.geo+json", "application/geojson", "text/geojson"),
    "topojson": ("text/topojson", "application/topo+json", "application/vnd.topo+json"),
    "geoparquet": ("application/vnd.geoparquet", "application/x-geoparquet"),
    "gpkg": ("geopackage", "application/geopackage+sqlite3", "application/x-gpkg", "ogc geopackage"),
    "shp": (
        *("shapefile", "shapefiles", "esri shapefile", "esri shape file", "esri shape", "shape", "zipped shapefile"),
        *("application/x-shapefile", "application/vnd.shp", "shp.zip", "zipped shp"),
    ),
    "gdb": ("file geodatabase", "esri geodatabase", "esri file geodatabase", "filegdb", "fgdb", "geodatabase"),
    "kml": ("application/vnd.google-earth.kml+xml", "application/vnd.google-earth.kml", "google earth"),
    "kmz": ("application/vnd.google-earth.kmz", "application/vnd.google-earth.kmz+xml"),
    "gml": ("application/gml+xml", "application/vnd.ogc.gml", "geography markup language"),
    "las": ("application/vnd.las",),
    "laz": ("application/vnd.laszip",),
    "copc": ("application/vnd.laszip+copc", "cloud optimized point cloud"),
    "gtfs": ("general transit feed specification", "gtfs static", "gtfs schedule"),
    "gtfs-rt": ("gtfs realtime", "gtfs-realtime", "gtfsrt", "gtfs rt"),
    # grids and images
    "tiff": (
        "tif",
        "image/tiff",
        "image/x-tiff",
        "geotiff",
        "geotif",
        "image/geotiff",
        "image/tiff;application=geotiff",
    ),
    "cog": (
        *("image/tiff;application=geotiff;profile=cloud-optimized", "cloud optimized geotiff", "cloudoptimizedgeotiff"),
        *("image/vnd.stac.geotiff;cloud-optimized=true",),
    ),
    "netcdf": (
        "application/netcdf",
        "application/x-netcdf",
        "application/vnd.netcdf",
        "nc",
        "nc4",
        "netcdf4",
        "netcdf-4",
    ),
    "hdf5": ("application/x-hdf5", "h5", "he5"),
    "hdf": ("application/x-hdf", "hdf4"),
    "grib": ("grb", "application/x-grib", "application/wmo-grib"),
    "grib2": ("grb2", "application/x-grib2", "application/wmo-grib2"),
    "zarr": ("application/vnd+zarr", "application/vnd.zarr", "application/x-zarr"),
    "jpeg": ("image/jpeg", "image/jpg", "jpg", "img/jpeg"),
    "jp2": ("image/jp2", "jpeg2000", "jpeg 2000", "jpeg-2000"),
    "png": ("image/png", "png 24"),
    "gif": ("image/gif",),
    "webp": ("image/webp",),
    "ecw": ("application/x-raster-ecw",),
    "img": ("application/x-erdas-hfa", "erdas imagine"),
    "dicom": ("application/dicom", "image/dicom", "dcm"),
    "mp3": ("audio/mpeg",),
    # bundles
    "zip": ("application/zip", "application/x-zip-compressed", "application/x-zip", "zip file"),
    "zip+csv": ("csv+zip", "csv/zip", "zip/csv", "zipped csv", "csv.zip"),
    "zip+xml": ("xml+zip", "xml/zip", "zip/xml"),
    "gz": ("application/gzip", "application/x-gzip", "gzip"),
    "tar": ("application/x-tar", "application/tar"),
    "bz2": ("application/x-bzip2", "application/bzip2"),
    "xz": ("application/x-xz",),
    "7z": ("application/x-7z-compressed", "7zip", "7-zip"),
    "rar": ("application/vnd.rar", "application/x-rar-compressed"),
    "warc": ("application/warc",),
    "protobuf": (
        "pb",
        "application/x-protobuf",
        "application/x-google-protobuf",
        "application/protobuf",
        "protocol buffers",
    ),
    "binary": ("application/octet-stream", "application/x-binary", "bin"),
    # services
    "wms": ("ogc wms", "wms_srvc", "application/vnd.ogc.wms_xml", "web map service"),
    "wmts": ("ogc wmts", "wmts_srvc", "web map tile service"),
    "wfs": ("ogc wfs", "wfs_srvc", "application/vnd.ogc.wfs_xml", "web feature service"),
    "arcgis": (
        *("arcgis geoservices rest api", "arcgis geoservice", "arcgis rest api", "arcgis rest", "arcgis server"),
        *("esri rest", "esri rest api", "geoservice"),
    ),
    "api": ("rest api", "web api", "ponto de acesso à api"),
    "app": ("application", "web application"),
    "odata": ("odata api",),
    "git": ("git+https", "git repository"),
}
_SHORT = {spelling: short for short, spellings in _SPELLINGS.items() for spelling in (short, *spellings)}
_NOTHING = frozenset({"none", "null", "n/a", "na", "-", "unknown", "undefined", "not specified", "?"})

# Lists of values that name a format by the last part of an address.
_REGISTER = re.compile(
    r"https?://(?:publications\.europa\.eu/resource/authority/file-type|www\.iana\.org/assignments/media-types)/(.+)"
)
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+_-]+")
_SUFFIX = re.compile(r"[a-z]+/[a-z0-9._-]+\+(xml|json|zip|gzip|yaml)")
_BRACKETED = re.compile(r"[^()]+\(\.?([a-z0-9]+)\)")

# Endings of addresses that say for certain what lies there.
_CERTAIN_ENDINGS = frozenset(
    {
        *("csv", "tsv", "xlsx", "xls", "ods", "parquet", "arrow", "feather", "avro", "orc", "dta", "sqlite", "arff"),
        *("json", "jsonl", "ndjson", "jsonld", "xml", "rdf", "ttl", "nt", "rss", "atom", "yaml", "yml", "html", "htm"),
        *("txt", "pdf", "odt", "docx", "doc", "geojson", "topojson", "geoparquet", "gpkg", "shp", "kml", "kmz", "gml"),
        *("las", "laz", "tif", "tiff", "nc", "nc4", "h5", "hdf", "grib", "grib2", "grb", "grb2", "zarr", "jpg", "jpeg"),
        *("jp2", "png", "gif", "webp", "zip", "gz", "tar", "bz2", "xz", "7z", "rar", "warc", "pb"),
    }
)
_LAST_PART = re.compile(r"[^/]/[^/]+\.([A-Za-z0-9]{2,10})/?$")


@remembering(1_000)
def short_format(given: str | None) -> str | None:
    """The short name ("csv", "geojson") of the format spelled `given`; one unknown as given, in lower case.

    None when nothing is stated.
    """
    spelling = " ".join(fold(tidy(given or "")).split())
    if found := _REGISTER.fullmatch(spelling):
        spelling = found[1]
    spelling = spelling.strip(". ")
    if not spelling or spelling in _NOTHING:
        return None
    return next((_SHORT[name] for name in _readings(spelling) if name in _SHORT), spelling[:_LONGEST].rstrip())


def format_from_uri(uri: str | None) -> str | None:
    """The short name of the format that the file ending in `uri` stands for; None unless it is certain."""
    found = _LAST_PART.search(re.split("[?#]", uri or "", maxsplit=1)[0])
    ending = found[1].lower() if found else None
    return _SHORT[ending] if ending in _CERTAIN_ENDINGS else None


def _readings(spelling: str) -> list[str]:
    """What `spelling` may be looked up as, the most telling first."""
    bare = spelling.split(";", 1)[0].strip()
    readings = [spelling, re.sub(r'[\s"]', "", spelling), bare]
    if _MEDIA_TYPE.fullmatch(bare):
        if suffix := _SUFFIX.fullmatch(bare):
            readings.append(suffix[1])
        return readings
    dashed = re.sub(r"[\s_-]+", " ", bare)
    readings += [dashed, re.sub(r"\s*\+\s*", "+", dashed), re.sub(r" (?:file|format)s?$", "", dashed)]
    if bracketed := _BRACKETED.fullmatch(bare):
        readings.append(bracketed[1])
    return readings
