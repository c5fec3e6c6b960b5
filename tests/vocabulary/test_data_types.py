"""Types of fields as the GFW dialect names them."""

import pytest

from catalog.vocabulary.data_types import GFW_DATA_TYPES, gfw_data_type


def test_there_are_the_seventeen_types_of_the_dialect():
    assert GFW_DATA_TYPES == (
        "date",
        "timestamp",
        "timestamp without time zone",
        "character varying",
        "text",
        "bigint",
        "double precision",
        "integer",
        "numeric",
        "smallint",
        "geometry",
        "ARRAY",
        "boolean",
        "jsonb",
        "time",
        "uuid",
        "xml",
    )


@pytest.mark.parametrize("name", GFW_DATA_TYPES)
def test_a_type_is_itself_in_any_case(name):
    assert gfw_data_type(name) == name
    assert gfw_data_type(f" {name.swapcase()} ") == name


@pytest.mark.parametrize(
    ("given_type", "expected"),
    [
        ("string", "text"),
        ("STRING", "text"),
        ("sc:Text", "text"),
        ("any", "text"),
        ("DOUBLE", "double precision"),
        ("float32", "double precision"),
        ("number", "numeric"),
        ("decimal(10, 2)", "numeric"),
        ("INT", "integer"),
        ("int64", "bigint"),
        ("uint8", "smallint"),
        ("uint16", "integer"),
        ("uint32", "bigint"),
        ("uint64", "numeric"),
        ("ClassLabel", "integer"),
        ("year", "integer"),
        ("bool_", "boolean"),
        ("sequence<string>", "ARRAY"),
        ("sequence<Sequence>", "ARRAY"),
        ("list<int32>", "ARRAY"),
        ("STRING_LIST", "ARRAY"),
        ("text[]", "ARRAY"),
        ("integer[3]", "ARRAY"),
        ("Translation", "jsonb"),
        ("struct", "jsonb"),
        ("RECORD", "jsonb"),
        ("timestamp[us, tz=UTC]", "timestamp"),
        ("timestamp[s]", "timestamp"),
        ("datetime", "timestamp"),
        ("varchar(255)", "character varying"),
        ("GEOMETRY", "geometry"),
        ("sc:GeoCoordinates", "geometry"),
        ("sc:Float, sc:Integer", "double precision"),
        ("wd:Q3985153, sc:Text", "text"),
        ("esriFieldTypeOID", "integer"),
        ("Audio", "text"),
        ("whatever", "text"),
    ],
)
def test_every_other_type_is_the_nearest(given_type, expected):
    assert gfw_data_type(given_type) == expected


@pytest.mark.parametrize("given_type", [None, "", "  "])
def test_no_type_stays_none(given_type):
    assert gfw_data_type(given_type) is None


@pytest.mark.real_records
def test_real_types_are_mapped_to_all_that_occur(records):
    assets = [asset for record in records for asset in record["assets"]]
    types = {field.get("data_type") for asset in assets for field in asset["fields"] or []}
    assert {gfw_data_type(one) for one in types} == {
        *("text", "integer", "ARRAY", "jsonb", "bigint", "boolean", "double precision", "smallint"),
        *("timestamp", "date", "time", "numeric", "geometry", None),
    }
