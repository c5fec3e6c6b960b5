"""GET /dataset/{dataset}/{version} and everything below it."""

from datetime import date

import pytest
from flask import Flask

from catalog.db import db
from catalog.model import Asset, Version
from tests.dialects.gfw.reading import faults, uris, walked
from tests.dialects.gfw.test_get_dataset import not_there
from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given, Party

FORM = r"^v\d{1,8}(\.\d{1,3}){0,2}?$|^latest$"
BELOW = ("", "/metadata", "/fields", "/stats", "/extent", "/change_log", "/creation_options", "/assets")
HEIGHT = {"name": "height", "data_type": "float64", "unit": "m"}
BOX = {"extent": {"spatial": {"bbox": [[-10, -20, 30, 40]]}}}


@pytest.fixture
def trees(given: Given, alice: Party, clock: Clock):
    return given.dataset(
        "trees",
        owner=alice,
        visibility="public",
        title="Trees",
        versions=[
            "v1",
            {
                "label": "Release 55",
                "metadata": {"citation": "Me, 2026", "scale": "national"},
                "content_start": date(2020, 1, 1),
            },
        ],
        assets=[
            {"kind": "csv", "uri": "https://x.example/a.csv", "version": "v1", "fields": [HEIGHT]},
            {"kind": "csv", "uri": "https://x.example/b.csv", "fields": [HEIGHT], "metadata": {"stats": {"rows": 5}}},
            {"kind": "shp", "uri": "https://x.example/c.shp", "status": "pending"},
        ],
        extra=BOX,
    )


def _version(app: Flask, is_latest: bool = True) -> Version:
    with app.app_context():
        return db.session.scalars(db.select(Version).filter_by(is_latest=is_latest)).one()


def test_shows_a_version_and_its_saved_assets(app: Flask, client: Script, trees, clock: Clock):
    at = f"{clock.moment:%Y-%m-%dT%H:%M:%SZ}"
    latest = _version(app)
    answer = client.get(f"/dataset/trees/{latest.gfw}")
    saved = next(one for one in client.get("/assets").json["data"] if one["asset_uri"].endswith("b.csv"))
    assert answer.json == {
        "data": {
            "created_on": at,
            "updated_on": at,
            "dataset": "trees",
            "version": latest.gfw,
            "is_latest": True,
            "is_mutable": False,
            "metadata": client.get(f"/dataset/trees/{latest.gfw}/metadata").json["data"],
            "status": "saved",
            "assets": [["csv", "https://x.example/b.csv", saved["asset_id"]]],
        },
        "status": "success",
    }
    assert list(answer.json["data"])[:3] == ["created_on", "updated_on", "dataset"]


def test_says_of_a_version_what_is_said(app: Flask, client: Script, trees, clock: Clock):
    at = f"{clock.moment:%Y-%m-%dT%H:%M:%SZ}"
    latest = _version(app)
    own = {
        "created_on": at,
        "updated_on": at,
        "spatial_resolution": None,
        "resolution_description": None,
        "geographic_coverage": None,
        "update_frequency": None,
        "scale": "national",
        "citation": "Me, 2026",
        "content_date": None,
        "content_date_range": {"start_date": "2020-01-01", "end_date": None},
        "content_date_description": None,
        "last_update": None,
        "id": str(latest.metadata_uuid),
    }
    path = f"/dataset/trees/{latest.gfw}/metadata"
    assert client.get(path).json == {"data": own, "status": "success"}
    assert client.get(f"{path}?include_dataset_metadata=false").json["data"] == own
    with_dataset = client.get(f"{path}?include_dataset_metadata=true").json["data"]
    assert with_dataset == own | {"dataset_metadata": client.get("/dataset/trees/metadata").json["data"]}
    assert faults(client.get(f"{path}?include_dataset_metadata=banana")) == [
        {
            "loc": ["query", "include_dataset_metadata"],
            "msg": "value could not be parsed to a boolean",
            "type": "type_error.bool",
        }
    ]


def test_a_version_of_which_nothing_is_said_has_metadata_all_the_same(app: Flask, client: Script, trees):
    answer = client.get("/dataset/trees/v1/metadata")
    told = {key for key, value in answer.json["data"].items() if value is not None}
    assert (answer.status_code, told) == (200, {"created_on", "updated_on", "id"})
    assert answer.json["data"]["id"] == str(_version(app, is_latest=False).metadata_uuid)


@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize("name", ["v1.8", "1.8", "1.8.0"])
def test_takes_every_name_of_a_version(client: Script, given, alice, below, name):
    given.dataset("maps", owner=alice, visibility="public", versions=["1.8", "2.0"])
    assert client.get(f"/dataset/maps/{name}{below}").json == client.get(f"/dataset/maps/v1.8{below}").json
    assert client.get(f"/dataset/maps/{name}{below}").status_code == 200


def test_takes_the_label_too(client: Script, trees):
    assert client.get("/dataset/trees/Release%2055").json["data"]["dataset"] == "trees"


@pytest.mark.parametrize("below", BELOW)
def test_a_version_that_is_not_there(client: Script, trees, below):
    assert not_there(client.get(f"/dataset/trees/v9{below}"), "Version with name trees.v9 does not exist")


@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize("name", ["banana", "v123456789", "v1.2.3.4", "v1%0a", "Release%2056"])
def test_what_is_no_version_is_refused_as_one(client: Script, trees, below, name):
    fault = {
        "loc": ["path", "version"],
        "msg": f'string does not match regex "{FORM}"',
        "type": "value_error.str.regex",
        "ctx": {"pattern": FORM},
    }
    assert faults(client.get(f"/dataset/trees/{name}{below}")) == [fault]
    both = faults(client.get(f"/dataset/T/{name}{below}"))
    assert [one["loc"] for one in both] == [["path", "dataset"], ["path", "version"]]


@pytest.mark.parametrize("below", BELOW)
def test_what_one_may_not_see_is_not_there(client: Script, given: Given, alice, bob, carol, below):
    given.dataset("secrets", owner=alice, shared_with=[bob], versions=["v1"])
    for token in (None, given.token(carol)):
        answer = client.get(f"/dataset/secrets/v1{below}", token=token)
        assert not_there(answer, "Version with name secrets.v1 does not exist")
    assert client.get(f"/dataset/secrets/v1{below}", token=given.token(bob)).status_code == 200


def test_fields_are_those_of_the_default_asset(client: Script, trees):
    field = {
        "name": "height",
        "alias": None,
        "description": None,
        "data_type": "double precision",
        "unit": "m",
        "is_feature_info": True,
        "is_filter": True,
    }
    assert client.get("/dataset/trees/v1/fields").json == {"data": [field], "status": "success"}


def test_fields_of_a_raster_are_its_bands(client: Script, given, alice):
    band = {"pixel_meaning": "date_conf", "data_type": "uint16", "no_data_value": "0", "unknown": 1}
    asset = {"kind": "Raster tile set", "uri": "s3://x/{tile}.tif", "metadata": {"bands": [band]}}
    given.dataset("alerts", owner=alice, visibility="public", versions=["v1"], assets=[asset])
    keys = ("pixel_meaning", "unit", "description", "statistics", "values_table", "data_type", "compression")
    assert client.get("/dataset/alerts/v1/fields").json["data"] == [
        dict.fromkeys(keys) | {"pixel_meaning": "date_conf", "data_type": "uint16", "no_data_value": "0"}
    ]


def test_stats_are_the_default_assets_own_or_null(client: Script, given, alice):
    asset = {
        "kind": "csv",
        "uri": "https://x.example/a.csv",
        "metadata": {"stats": {"rows": 5}, "creation_options": {"source": "x"}},
    }
    given.dataset("maps", owner=alice, visibility="public", versions=["v1"], assets=[asset])
    given.dataset("bare", owner=alice, visibility="public", versions=["v1"])
    assert client.get("/dataset/maps/v1/stats").json == {"data": {"rows": 5}, "status": "success"}
    assert client.get("/dataset/maps/v1/creation_options").json == {"data": {"source": "x"}, "status": "success"}
    assert client.get("/dataset/bare/v1/stats").json == {"data": None, "status": "success"}
    assert client.get("/dataset/bare/v1/creation_options").json == {"data": {}, "status": "success"}
    assert client.get("/dataset/bare/v1/fields").json == {"data": [], "status": "success"}


def test_the_extent_is_a_box_where_the_source_gave_one(client: Script, given, alice, trees):
    ring = [[-10, -20], [30, -20], [30, 40], [-10, 40], [-10, -20]]
    assert client.get("/dataset/trees/v1/extent").json == {
        "data": {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}],
        },
        "status": "success",
    }


@pytest.mark.parametrize(
    "extra",
    [None, {}, {"extent": 1}, {"extent": {"spatial": []}}, {"extent": {"spatial": {"bbox": [[1, 2]]}}}]
    + [{"extent": {"spatial": {"bbox": box}}} for box in ([], [["a", 1, 2, 3]], [[True, 1, 2, 3]], 7)],
)
def test_the_extent_is_null_where_the_source_gave_none(client: Script, given, alice, extra):
    given.dataset("maps", owner=alice, visibility="public", versions=["v1"], extra=extra)
    assert client.get("/dataset/maps/v1/extent").json == {"data": None, "status": "success"}


def test_the_change_log_tells_what_happened_and_not_by_whom(client: Script, trees, clock: Clock):
    assert client.get("/dataset/trees/v1/change_log").json == {
        "data": [
            {
                "date_time": f"{clock.moment:%Y-%m-%dT%H:%M:%SZ}",
                "status": "success",
                "message": "The dataset was registered.",
                "detail": None,
            }
        ],
        "status": "success",
    }


def test_lists_the_assets_of_a_version_whatever_their_status(app: Flask, client: Script, trees):
    latest = _version(app).gfw
    path = f"/dataset/trees/{latest}/assets"
    assert uris(client.get(path)) == ["https://x.example/b.csv", "https://x.example/c.shp"]
    assert list(client.get(path).json) == ["data", "status"]
    assert uris(client.get(f"{path}?asset_type=csv")) == ["https://x.example/b.csv"]
    assert uris(client.get(f"{path}?is_default=false")) == ["https://x.example/c.shp"]
    assert uris(client.get(f"{path}?dataset=other&version=v7")) == uris(client.get(path))
    pages = walked(client, f"{path}?page[size]=1&asset_type=csv")
    assert [page["meta"] for page in pages] == [{"size": "1", "total_items": "1", "total_pages": "1"}]
    pages = walked(client, f"{path}?page[size]=1")
    assert [one["asset_uri"] for page in pages for one in page["data"]] == uris(client.get(path))
    assert pages[0]["links"]["next"] == f"http://localhost{path}?page[number]=2&page[size]=1"
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count(Asset.id))) == 3


def test_lists_the_assets_of_an_unnamed_dataset_by_its_address(client: Script, given: Given, alice, carol):
    asset = {"kind": "netCDF", "uri": "https://x.example/a.nc"}
    made = given.dataset("d_storage", owner=alice, is_unnamed=True, versions=["v1"], assets=[asset])
    path, token = f"/dataset/{made.slug}/v1/assets", given.token(alice)
    for query in ("", "?page=1", "?asset_type=netCDF", "?q=netcdf"):
        assert uris(client.get(path + query, token=token)) == ["https://x.example/a.nc"], query
    assert uris(client.get("/assets", token=token)) == []
    assert faults(client.get("/assets?asset_type=netCDF", token=token))[0]["loc"] == ["query", "asset_type"]
    assert client.get(path, token=given.token(carol)).status_code == 404
    given.dataset("maps", owner=carol, visibility="public", versions=["v1"])
    query = "/dataset/maps/v1/assets?asset_type=netCDF"
    assert faults(client.get(query, token=given.token(carol)))[0]["loc"] == ["query", "asset_type"]


def test_links_of_a_page_hold_no_blanks(client: Script, trees):
    pages = walked(client, "/dataset/trees/Release%2055/assets?page[size]=1")
    address = "http://localhost/dataset/trees/Release%2055/assets?page[number]={}&page[size]=1"
    assert pages[0]["links"] == {
        "self": address.format(1),
        "first": address.format(1),
        "last": address.format(2),
        "prev": "",
        "next": address.format(2),
    }
    assert [len(page["data"]) for page in pages] == [1, 1]


@pytest.mark.parametrize(
    ("path", "locs"),
    [
        ("T/x y/metadata?include_dataset_metadata=banana", ["dataset", "version", "include_dataset_metadata"]),
        ("trees/v1/metadata?include_dataset_metadata=banana", ["include_dataset_metadata"]),
        ("trees/banana/metadata?include_dataset_metadata=banana", ["version", "include_dataset_metadata"]),
        ("nothing/v1/metadata?include_dataset_metadata=banana", ["include_dataset_metadata"]),
        ("T/v1/assets?asset_type=x&is_latest=x&page=0", ["dataset", "asset_type", "is_latest", "page"]),
        ("nothing/v1/assets?page=0", ["page"]),
        ("trees/banana/assets?sort=x", ["version", "sort"]),
    ],
)
def test_names_all_that_is_wrong_at_once_first_in_the_path(client: Script, trees, path, locs):
    said = [one["loc"] for one in faults(client.get(f"/dataset/{path}"))]
    assert [name for _, name in said] == locs
    assert said == sorted(said, key=lambda loc: loc[0])


@pytest.mark.parametrize("below", BELOW)
def test_a_closed_catalog_tells_visitors_nothing_of_what_they_sent(app_with, trees, below):
    client = Script(app_with(public_access=False))
    answer = client.get(f"/dataset/T/banana{below}?include_dataset_metadata=banana&page=0")
    assert (answer.status_code, answer.json["message"]) == (401, "Not authenticated")


def test_a_default_asset_of_another_type_answers_for_nothing_where_the_catalog_is_set_so(
    app_with, client: Script, given: Given, alice
):
    said = {"stats": {"rows": 5}, "creation_options": {"source": "x"}}
    assets = [
        {"kind": "netCDF", "uri": "https://x.example/b.nc", "fields": [HEIGHT], "metadata": said},
        {"kind": "csv", "uri": "https://x.example/a.csv", "fields": [HEIGHT], "metadata": said},
    ]
    given.dataset("maps", owner=alice, visibility="public", versions=["v1"], assets=assets)
    strict = Script(app_with(gfw_asset_types="known"))
    for below, left in (("fields", []), ("stats", None), ("creation_options", {})):
        assert client.get(f"/dataset/maps/v1/{below}").json["data"]
        assert strict.get(f"/dataset/maps/v1/{below}").json == {"data": left, "status": "success"}
    assert [kind for kind, _, _ in strict.get("/dataset/maps/v1").json["data"]["assets"]] == ["csv"]


def test_only_known_types_where_the_catalog_is_set_so(app_with, given: Given, alice):
    assets = [{"kind": "csv", "uri": "https://x.example/a.csv"}, {"kind": "netCDF", "uri": "https://x.example/b.nc"}]
    given.dataset("maps", owner=alice, visibility="public", versions=["v1"], assets=assets)
    client = Script(app_with(gfw_asset_types="known"))
    assert [uri for _, uri, _ in client.get("/dataset/maps/v1").json["data"]["assets"]] == ["https://x.example/a.csv"]
    assert uris(client.get("/dataset/maps/v1/assets")) == ["https://x.example/a.csv"]
