"""Whatever type a source wrote, metadata go out in the type that the contract names, or as null."""

import pytest

from tests.support.callers import Script
from tests.support.given import Given, Party
from tests.support.groups import EITHER

pytestmark = EITHER

BAND_TEXTS = ("pixel_meaning", "unit", "description", "data_type", "compression", "no_data_value")


def told_of_asset(client: Script, given: Given, alice: Party, kind: str, said: dict) -> dict:
    """The metadata of an asset of that kind of whose source `said` is known."""
    asset = {"kind": kind, "uri": "https://x.example/a", "metadata": said}
    given.dataset("maps", owner=alice, visibility="public", tags=["forest"], versions=["v1"], assets=[asset])
    listed = client.get("/assets").json["data"][0]
    assert client.get(f"/asset/{listed['asset_id']}/metadata").json["data"] == listed["metadata"]
    return listed["metadata"]


@pytest.mark.parametrize(
    ("given_number", "expected"),
    [(30.0, 30), (10.5, 10.5), (float(2**53 - 1), 2**53 - 1), (float(2**53), float(2**53)), (1e30, 1e30)],
)
def test_a_number_of_any_size_is_written(client: Script, given: Given, alice, given_number, expected):
    given.dataset("trees", owner=alice, visibility="public", spatial_resolution=given_number)
    answer = client.get("/datasets")
    assert answer.status_code == 200, answer.text
    told = answer.json["data"][0]["metadata"]["spatial_resolution"]
    assert (told, type(told)) == (expected, type(expected))
    for path in ("/datasets?page=1", "/dataset/trees", "/dataset/trees/metadata"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *((same, same) for same in (30, 10.5, 1e30, None)),
        *(("30", 30), (30.0, 30), (2**63 - 1, float(2**63)), ("1" * 400, None)),
        *((odd, None) for odd in ("10 m", "", "nan", "inf", True, [], {})),
    ],
)
def test_the_resolution_of_a_version_is_a_number_or_null(client: Script, given: Given, alice, said, expected):
    version = {"label": "v1", "metadata": {"spatial_resolution": said}}
    given.dataset("trees", owner=alice, visibility="public", versions=[version])
    answer = client.get("/dataset/trees/v1/metadata")
    assert answer.status_code == 200, answer.text
    told = answer.json["data"]["spatial_resolution"]
    assert (told, type(told)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("said", "expected"), [("as is", "as is"), (30, "30"), *((odd, None) for odd in (True, ["a"], {"a": 1}, None))]
)
def test_what_a_version_says_otherwise_is_text_or_null(client: Script, given: Given, alice, said, expected):
    keys = ("resolution_description", "geographic_coverage", "update_frequency", "scale", "citation")
    version = {"label": "v1", "metadata": dict.fromkeys(keys, said)}
    given.dataset("trees", owner=alice, visibility="public", versions=[version])
    told = client.get("/dataset/trees/v1/metadata").json["data"]
    assert {key: told[key] for key in keys} == dict.fromkeys(keys, expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [(["a", 2020, None, ["b"], {}, True], ["a", "2020"]), ([], []), ("a", ["forest"]), ({"a": 1}, ["forest"])],
)
def test_tags_of_an_asset_are_texts(client: Script, given: Given, alice, said, expected):
    assert told_of_asset(client, given, alice, "csv", {"tags": said})["tags"] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [(0, 0), (12.0, 12), ("12", 12), *((odd, None) for odd in (1.5, "far", True, [1], {}, 2**53, 1e30))],
)
def test_zooms_and_resolutions_are_whole_or_null(client: Script, given: Given, alice, said, expected):
    tiles = told_of_asset(client, given, alice, "Raster tile cache", {"min_zoom": said, "max_zoom": said})
    assert (tiles["min_zoom"], tiles["max_zoom"]) == (expected, expected)
    asset = {"kind": "Raster tile set", "uri": "https://x.example/b", "metadata": {"resolution": said}}
    given.dataset("tiles", owner=alice, visibility="public", versions=["v1"], assets=[asset])
    assert client.get("/assets?dataset=tiles&version=v1").json["data"][0]["metadata"]["resolution"] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"block_size": 512, "resampling": "average"}, (512, "average")),
        ({"block_size": "1024", "resampling": ["average"]}, (1024, None)),
        ({"block_size": 500, "resampling": {}}, (None, None)),
        ({"block_size": [512, 512], "resampling": None}, (None, None)),
    ],
)
def test_blocks_of_a_cog_have_one_of_four_sizes(client: Script, given: Given, alice, said, expected):
    told = told_of_asset(client, given, alice, "COG", said)
    assert (told["block_size"], told["resampling"]) == expected


def test_bands_say_texts_and_objects(client: Script, given: Given, alice):
    odd = {key: ["x"] for key in BAND_TEXTS} | {"statistics": [1], "values_table": "x"}
    sound = dict.fromkeys(BAND_TEXTS, "x") | {
        "statistics": {"min": 0},
        "values_table": {"rows": []},
        "no_data_value": 0,
    }
    told = told_of_asset(client, given, alice, "Raster tile set", {"bands": [odd, sound, "none"]})
    assert told["bands"] == [dict.fromkeys(odd), sound | {"no_data_value": "0"}]


def test_the_description_names_every_way_in(client: Script, given: Given, alice):
    document, token = client.get("/openapi/gfw.json").json, given.token(alice)
    schemes = document["components"]["securitySchemes"]
    assert schemes == {
        "bearer": {"type": "http", "scheme": "bearer"},
        "basic": {
            "type": "http",
            "scheme": "basic",
            "description": "The name is `__token__`, the password a token.",
        },
        "key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
        "key_in_query": {"type": "apiKey", "in": "query", "name": "x-api-key"},
    }
    assert document["paths"]["/auth/apikeys"]["get"]["security"] == [{name: []} for name in schemes]
    assert client.get(f"/auth/apikeys?x-api-key={token}").status_code == 200


def test_the_description_names_these_types(client: Script):
    schemas = client.get("/openapi/gfw.json").json["components"]["schemas"]
    tiles, raster, cog = (schemas[f"{kind}Metadata"]["properties"] for kind in ("Tiles", "Raster", "Cog"))
    whole, text = {"type": ["integer", "null"]}, {"type": ["string", "null"]}
    assert (tiles["min_zoom"], tiles["max_zoom"], raster["resolution"]) == (whole, whole, whole)
    assert cog["block_size"] == {"type": ["integer", "null"], "enum": [256, 512, 1024, 2048, None]}
    assert cog["resampling"] == text
    assert {"tags", "id"} <= set(schemas["TableMetadata"]["required"])
    band = schemas["Band"]["properties"]
    assert {name: band[name] for name in BAND_TEXTS} == dict.fromkeys(BAND_TEXTS, text)
