"""Formats under one short name each."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.vocabulary.formats import format_from_uri, short_format

MANY = settings(max_examples=20 * settings.default.max_examples)


@pytest.mark.parametrize(
    ("given_format", "expected"),
    [
        ("CSV", "csv"),
        (".csv", "csv"),
        ("csv.", "csv"),
        (".cvs", "csv"),
        ("text/csv; charset=utf-8", "csv"),
        ("Comma separated values", "csv"),
        ("Comma-Separated Values", "csv"),
        ("Spreadsheet (xls)", "xls"),
        ("XSLX", "xlsx"),
        ("image/tiff; application=geotiff; profile=cloud-optimized", "cog"),
        ("image/tiff; application=geotiff", "tiff"),
        ("TIF", "tiff"),
        ('application/geo+json;profile="http://www.opengis.net/spec/ogcapi-features-1/1.0"', "geojson"),
        ("application/vnd.geo+json", "geojson"),
        ("application/vnd.iso.19115-3+xml", "xml"),
        ("application/rdf+xml", "rdf"),
        ("application/x-ndjson", "jsonl"),
        ("NDJSON", "jsonl"),
        ("ESRI Shapefile", "shp"),
        ("SHP", "shp"),
        ("ESRI Geodatabase (gdb)", "gdb"),
        ("GeoPackage", "gpkg"),
        ("ArcGIS GeoServices REST API", "arcgis"),
        ("Web Page", "html"),
        ("HT ML", "html"),
        ("ZIP + XML", "zip+xml"),
        ("csv+zip", "zip+csv"),
        ("GTFS Realtime", "gtfs-rt"),
        ("http://publications.europa.eu/resource/authority/file-type/SHP", "shp"),
        ("https://www.iana.org/assignments/media-types/text/csv", "csv"),
        ("JPG", "jpeg"),
        ("  Rdata\x00 ", "rdata"),
        ("Something Else", "something else"),
        ("application/vnd.unheard-of", "application/vnd.unheard-of"),
        ("x" * 300, "x" * 100),
    ],
)
def test_one_short_name_for_every_spelling(given_format, expected):
    assert short_format(given_format) == expected


@pytest.mark.parametrize("given_format", [None, "", "  ", ".", "None", "unknown", "N/A", "\u200b"])
def test_nothing_stated_is_no_format(given_format):
    assert short_format(given_format) is None


@pytest.mark.long
@given(st.text())
@MANY
def test_a_short_name_is_its_own_short_name(text):
    short = short_format(text)
    assert short is None or (short_format(short) == short and len(short) <= 100)


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("https://example.org/data/trees.csv", "csv"),
        ("https://example.org/data/Trees.CSV?download=1#top", "csv"),
        ("s3://bucket/a/b.snappy.parquet", "parquet"),
        ("https://example.org/store.zarr/", "zarr"),
        ("https://example.org/a.tif", "tiff"),
        ("data/rain.csv.gz", "gz"),
    ],
)
def test_an_ending_that_is_certain_tells_the_format(uri, expected):
    assert format_from_uri(uri) == expected


@pytest.mark.parametrize(
    "uri",
    [
        None,
        "",
        "https://data.zip",
        "https://example.org/",
        "https://example.org/v1.061",
        "https://example.org/index.php",
        "https://example.org/download?file=a/b.csv",
        "arn:aws:s3:::noaa.json",
        "https://example.org/csv",
        "http://[",
    ],
)
def test_no_format_is_guessed(uri):
    assert format_from_uri(uri) is None


@pytest.mark.real_records
def test_nearly_all_real_formats_have_a_short_name(records):
    given_formats = {asset["format"] for record in records for asset in record["assets"] if asset["format"]}
    long_ones = sorted(short for short in map(short_format, given_formats) if len(short) > 10)
    assert long_ones == ['["text/plain", "https://ml.cms.waikato.ac.nz/weka/arff.html"]']
    assert len({short_format(one) for one in given_formats}) < len(given_formats) / 1.5
