"""Kinds of assets as the GFW dialect names them."""

import pytest

from catalog.vocabulary.asset_types import GFW_TYPES, gfw_type


@pytest.mark.parametrize("name", GFW_TYPES)
def test_a_type_is_itself_however_it_is_written(name):
    assert gfw_type(name, None) == name
    assert gfw_type(name.upper().replace(" ", "_"), "zip") == name


@pytest.mark.parametrize(
    ("kind", "format", "expected"),
    [
        ("CKAN resource", "CSV", "csv"),
        ("CKAN resource", "text/tab-separated-values", "tsv"),
        ("cr:FileSet", "application/jsonlines", "ndjson"),
        ("NDJSON", None, "ndjson"),
        ("Shapefile", "ZIP", "ESRI Shapefile"),
        ("dcat:Distribution", "SHP", "ESRI Shapefile"),
        ("gpkg", None, "Geopackage"),
        ("STAC asset", "image/tiff; application=geotiff; profile=cloud-optimized", "COG"),
        ("Raster tile set", "COG", "Raster tile set"),
        ("S3 Bucket", None, "S3 Bucket"),
        ("GTFS-RT vp", "pb", "GTFS-RT vp"),
        ("CKAN resource", "zip+csv", "CKAN resource"),
        ("", None, ""),
    ],
)
def test_kind_or_format_means_one_of_the_types_or_the_kind_stays(kind, format, expected):
    assert gfw_type(kind, format) == expected
