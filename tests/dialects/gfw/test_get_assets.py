"""GET /assets for scripts: every asset of the datasets that the viewer may see, narrowed by what the original takes."""

from uuid import uuid4

import pytest
from flask import Flask

from catalog.db import db
from catalog.model import Asset
from catalog.vocabulary.asset_types import GFW_TYPES
from tests.dialects.gfw.reading import faults, slugs, uris, walked
from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given, Party
from tests.support.statements import Watch

VERSION_FORM = r"^v\d{1,8}(\.\d{1,3}){0,2}?$|^latest$"
DATASET_FORM = r"^[a-z][a-z0-9_-]{2,}$"


def _asset(uri: str, kind: str = "csv", **more) -> dict:
    return {"kind": kind, "uri": uri, **more}


def _row(app: Flask, uri: str | None = None) -> Asset:
    with app.app_context():
        return db.session.scalars(db.select(Asset).filter_by(uri=uri)).one()


@pytest.fixture
def public(given: Given, alice: Party):
    """Makes a public dataset of Alice's."""
    return lambda slug, **said: given.dataset(slug, owner=alice, visibility="public", **said)


# What comes


def test_shows_all_that_is_said_of_an_asset(app: Flask, client: Script, public, clock: Clock):
    public(
        "trees",
        tags=["Forest", "Change"],
        versions=["v1.8"],
        assets=[
            _asset(
                "s3://trees/tiles",
                "Dynamic vector tile cache",
                status="pending",
                is_managed=True,
                is_downloadable=False,
                metadata={"min_zoom": 0, "max_zoom": 22},
                fields=[
                    {
                        "name": "height",
                        "alias": "Height",
                        "description": "How tall",
                        "data_type": "float64",
                        "unit": "m",
                        "is_feature_info": False,
                        "is_filter": False,
                    },
                    {"name": "planted", "data_type": "date"},
                ],
            )
        ],
    )
    row = _row(app, "s3://trees/tiles")
    at = f"{clock.moment:%Y-%m-%dT%H:%M:%SZ}"
    answer = client.get("/assets")
    assert answer.json == {
        "data": [
            {
                "created_on": at,
                "updated_on": at,
                "asset_id": str(row.uuid),
                "dataset": "trees",
                "version": "v1.8",
                "asset_type": "Dynamic vector tile cache",
                "asset_uri": "s3://trees/tiles",
                "status": "pending",
                "is_managed": True,
                "is_downloadable": False,
                "metadata": {
                    "tags": ["Forest", "Change"],
                    "min_zoom": 0,
                    "max_zoom": 22,
                    "fields": [
                        {
                            "name": "height",
                            "alias": "Height",
                            "description": "How tall",
                            "data_type": "double precision",
                            "unit": "m",
                            "is_feature_info": False,
                            "is_filter": False,
                        },
                        {
                            "name": "planted",
                            "alias": None,
                            "description": None,
                            "data_type": "date",
                            "unit": None,
                            "is_feature_info": True,
                            "is_filter": True,
                        },
                    ],
                    "id": str(row.metadata_uuid),
                },
            }
        ],
        "status": "success",
    }
    assert row.metadata_uuid != row.uuid


TABLE = ["tags", "fields", "id"]
TILES = ["tags", "min_zoom", "max_zoom", "fields", "id"]
KEYS = {
    "Dynamic vector tile cache": TILES,
    "Static vector tile cache": TILES,
    "Raster tile cache": TILES,
    "Raster tile set": ["tags", "bands", "resolution", "id"],
    "COG": ["tags", "block_size", "resampling", "id"],
    **dict.fromkeys(("Database table", "Geo database table", "ESRI Shapefile", "Geopackage", "ndjson"), TABLE),
    **dict.fromkeys(("1x1 grid", "csv", "tsv", "S3 Bucket"), TABLE),
}


def test_every_type_has_its_metadata_and_none_breaks_the_list(client: Script, public):
    assert set(GFW_TYPES) < set(KEYS)
    public("trees", assets=[_asset(f"s3://{n}", kind) for n, kind in enumerate(KEYS)])
    records = client.get("/assets").json["data"]
    assert {record["asset_type"]: list(record["metadata"]) for record in records} == KEYS
    absent = {key for record in records for key, value in record["metadata"].items() if value is None}
    assert absent == {"min_zoom", "max_zoom", "fields", "bands", "resolution", "block_size", "resampling"}


def test_shows_what_a_source_says_of_rasters(client, public):
    band = {
        "pixel_meaning": "year",
        "unit": "a",
        "description": "Year of loss",
        "statistics": {"min": 0},
        "values_table": {"rows": [{"value": 1, "meaning": "2001"}], "default_meaning": "none"},
        "data_type": "uint8",
        "compression": "DEFLATE",
        "no_data_value": "0",
    }
    said = {"bands": [{**dict(reversed(band.items())), "secret": 1}, {"unit": "m"}], "resolution": 10, "tags": ["loss"]}
    public(
        "trees",
        tags=["Forest"],
        assets=[
            _asset("s3://set", "Raster tile set", metadata=said),
            _asset("s3://cog", "COG", metadata={"block_size": 512, "resampling": "nearest"}),
        ],
    )
    raster, cog = (record["metadata"] for record in client.get("/assets").json["data"])
    assert (raster["tags"], raster["resolution"]) == (["loss"], 10)
    assert raster["bands"] == [band, dict.fromkeys(band) | {"unit": "m"}]
    assert [list(one) for one in raster["bands"]] == [list(band)] * 2
    assert (cog["tags"], cog["block_size"], cog["resampling"]) == (["Forest"], 512, "nearest")


def test_fields_of_a_raster_are_its_bands_where_nothing_else_is_known(client, public):
    field = {"name": "B4", "description": "Red", "unit": "nm", "data_type": "uint16"}
    public("trees", assets=[_asset("s3://set", "Raster tile set", fields=[field])])
    (band,) = client.get("/assets").json["data"][0]["metadata"]["bands"]
    assert {key: value for key, value in band.items() if value is not None} == {
        "pixel_meaning": "B4",
        "unit": "nm",
        "description": "Red",
        "data_type": "uint16",
    }


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("int64", "bigint"), ("string", "text"), ("timestamp", "timestamp"), ("quaternion", "text"), (None, None)],
)
def test_fields_have_the_nearest_type_that_the_dialect_knows(client, public, stored, shown):
    public("trees", assets=[_asset("s3://a", fields=[{"name": "a", "data_type": stored}])])
    assert client.get("/assets").json["data"][0]["metadata"]["fields"][0]["data_type"] == shown


def test_an_asset_without_an_address_has_that_of_its_own_page(app: Flask, app_with, client, public):
    public("trees", assets=[{"kind": "csv"}, _asset("s3://other")])
    uuid = _row(app).uuid
    assert uris(client.get("/assets")) == [f"http://localhost/assets/{uuid}", "s3://other"]
    there = Script(app_with(public_url="https://data.example.org", trusted_hosts=("localhost",)))
    assert uris(there.get("/assets"))[0] == f"https://data.example.org/assets/{uuid}"


# In which order, and by pages


def test_comes_oldest_first(client, given, alice, clock):
    for slug in ("trees", "maps", "rain"):
        clock.tick()
        given.dataset(slug, owner=alice, visibility="public", assets=[_asset(f"s3://{slug}")])
    assert uris(client.get("/assets")) == ["s3://trees", "s3://maps", "s3://rain"]
    assert uris(client.get("/assets?sort=-created")) == ["s3://rain", "s3://maps", "s3://trees"]
    assert uris(client.get("/assets?sort=dataset")) == ["s3://maps", "s3://rain", "s3://trees"]


@pytest.mark.parametrize("size", [7, 15, 190])
@pytest.mark.parametrize("query", ["", "&sort=-created", "&sort=dataset", "&sort=-dataset", "&sort=-name"])
def test_assets_of_one_moment_are_met_once_each_page_after_page(app_with, given, alice, public, size, query):
    for slug in ("maps", "trees"):
        public(slug, assets=[_asset(f"s3://{slug}/{n}") for n in range(95)])
    client = Script(app_with(batch_rows=25))
    pages = walked(client, f"/assets?page[size]={size}{query}")
    met = [record["asset_uri"] for page in pages for record in page["data"]]
    assert (len(met), len(set(met))) == (190, 190)
    assert met == uris(client.get(f"/assets?{query}"))
    assert {page["meta"]["total_items"] for page in pages} == {"190"}


def test_following_the_links_of_a_narrowed_list_meets_all_of_it_and_nothing_else(client, public):
    for slug in ("maps", "trees"):
        public(
            slug, versions=["v1", "v2"], assets=[_asset(f"s3://{slug}/{n}", version=f"v{n % 2 + 1}") for n in range(9)]
        )
    pages = walked(client, "/assets?is_latest=true&page[size]=3")
    met = [record["asset_uri"] for page in pages for record in page["data"]]
    assert met == [f"s3://{slug}/{n}" for slug in ("maps", "trees") for n in range(1, 9, 2)]
    assert pages[0]["links"]["next"] == "http://localhost/assets?page[number]=2&page[size]=3&is_latest=true"


def test_links_keep_every_filter_percent_encoded(client, public):
    public("trees", versions=["Release 1"], assets=[_asset("s3://a?b=c&d", "S3 Bucket"), _asset("s3://2", "S3 Bucket")])
    query = "dataset=trees&version=Release%201&asset_type=S3%20Bucket&is_latest=true&q=b"
    answer = client.get(f"/assets?{query}&size=1&asset_uri=s3%3A%2F%2Fa%3Fb%3Dc%26d")
    link = f"http://localhost/assets?page[number]=1&page[size]=1&{query}&asset_uri=s3%3A%2F%2Fa%3Fb%3Dc%26d"
    assert answer.json["links"] == {"self": link, "first": link, "last": link, "prev": "", "next": ""}


# What narrows


@pytest.fixture
def shelf(public) -> None:
    public(
        "trees",
        versions=["2017-04-07", "1.8", "Release 9"],
        assets=[
            _asset("s3://old", version="1.8", is_default=True),
            _asset("s3://old/tiles", "Raster tile cache", version="1.8"),
            _asset("s3://new", "S3 Bucket", version="2017-04-07"),
            _asset("s3://shared", version="Release 9"),
        ],
    )
    public("maps", versions=["1"], assets=[_asset("s3://shared", "ESRI Shapefile"), _asset("s3://gpkg", "Geopackage")])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dataset=trees&version=v1.8", ["s3://old", "s3://old/tiles"]),
        ("dataset=trees&version=1.8", ["s3://old", "s3://old/tiles"]),
        ("dataset=trees&version=1.8.0", ["s3://old", "s3://old/tiles"]),
        ("dataset=trees&version=v20170407", ["s3://new"]),
        ("dataset=trees&version=20170407", ["s3://new"]),
        ("dataset=trees&version=2017-04-07", ["s3://new"]),
        ("dataset=trees&version=2017.4.7", ["s3://new"]),
        ("dataset=trees&version=latest", ["s3://new"]),
        ("dataset=trees&version=Release%209", ["s3://shared"]),
        ("dataset=trees&version=9.0.0", ["s3://shared"]),
        ("dataset=trees&version=v9", ["s3://shared"]),
        ("dataset=trees&version=v7", []),
        ("dataset=maps&version=v1", ["s3://shared", "s3://gpkg"]),
        ("dataset=maps&version=v1.8", []),
        ("dataset=nothing&version=v1", []),
        ("dataset=nothing&version=latest", []),
        ("asset_type=csv", ["s3://old", "s3://shared"]),
        ("asset_type=Geopackage", ["s3://gpkg"]),
        ("asset_type=S3%20Bucket", ["s3://new"]),
        ("asset_type=COG", []),
        ("asset_uri=s3%3A%2F%2Fold", ["s3://old"]),
        ("asset_uri=s3://shared", ["s3://shared", "s3://shared"]),
        ("asset_uri=s3://nowhere", []),
        ("asset_uri=", []),
        ("asset_uri=s3://ol%00d", []),
        ("is_latest=true", ["s3://new", "s3://shared", "s3://gpkg"]),
        ("is_latest=false", ["s3://old", "s3://old/tiles", "s3://shared"]),
        ("is_default=true", ["s3://old", "s3://new", "s3://shared", "s3://shared"]),
        ("is_default=false", ["s3://old/tiles", "s3://gpkg"]),
        ("is_default=false&is_default=true&is_latest=1", ["s3://new", "s3://shared"]),
        ("asset_type=csv&type=S3%20Bucket", []),
        ("type=csv&type=S3%20Bucket", ["s3://old", "s3://new", "s3://shared"]),
        ("format=shp", []),
        ("q=gpkg", ["s3://gpkg"]),
        ("owner=alice&is_latest=yes&asset_type=Geopackage", ["s3://gpkg"]),
    ],
)
def test_filters_narrow_the_list_together(client, shelf, query, expected):
    whole = client.get(f"/assets?{query}")
    assert sorted(uris(whole)) == sorted(expected)
    paged = client.get(f"/assets?{query}&page[size]=10")
    assert (uris(paged), paged.json["meta"]["total_items"]) == (uris(whole), str(len(expected)))


@pytest.mark.parametrize(
    "word", ["1", "on", "t", "true", "y", "yes", "TRUE", "Yes", "0", "off", "f", "false", "n", "NO"]
)
def test_truth_has_many_words(client, shelf, word):
    expected = "true" if word.lower() in ("1", "on", "t", "true", "y", "yes") else "false"
    assert uris(client.get(f"/assets?is_latest={word}")) == uris(client.get(f"/assets?is_latest={expected}"))


def test_a_name_that_binds_one_version_does_not_mean_another_by_its_label(client, public):
    """The label `v1` of the second version is the first one's derived name, and stays the first one's."""
    public(
        "trees",
        versions=["1", "v1", "3", "1.0"],
        assets=[_asset(f"s3://{label}", version=label) for label in ("1", "v1", "3", "1.0")],
    )
    shown = {record["asset_uri"]: record["version"] for record in client.get("/assets").json["data"]}
    for uri, name in shown.items():
        assert uris(client.get(f"/assets?dataset=trees&version={name}")) == [uri]
    for label in ("1", "3", "1.0"):
        assert uris(client.get(f"/assets?dataset=trees&version={label}")) == [f"s3://{label}"]


def test_the_address_of_its_own_page_finds_an_asset_that_has_no_other(app: Flask, client, public):
    public("trees", assets=[{"kind": "csv"}, _asset("s3://other")])
    (own,) = (uri for uri in uris(client.get("/assets")) if uri.startswith("http"))
    other = _row(app, "s3://other").uuid
    assert uris(client.get("/assets", query_string={"asset_uri": own})) == [own]
    for strange in (f"http://localhost/assets/{other}", f"http://localhost/assets/{uuid4()}", f"{own}x", own[1:]):
        assert uris(client.get("/assets", query_string={"asset_uri": strange})) == []


@pytest.mark.parametrize("query", ["dataset=trees", "version=v1.8", "version=latest", "version=Release%209"])
def test_a_dataset_needs_a_version_and_a_version_a_dataset(client, shelf, query):
    answer = client.get(f"/assets?{query}&page[size]=3")
    sentence = "Must provide dataset and version"
    assert (answer.status_code, answer.json) == (400, {"status": "failed", "message": sentence, "detail": sentence})


def test_faults_of_single_parameters_come_before_that(client, shelf):
    (fault,) = faults(client.get("/assets?dataset=trees&is_latest=perhaps"))
    assert fault["loc"] == ["query", "is_latest"]


# What cannot be used


def _form(name: str, pattern: str) -> dict:
    message = f'string does not match regex "{pattern}"'
    return {"loc": ["query", name], "msg": message, "type": "value_error.str.regex", "ctx": {"pattern": pattern}}


@pytest.mark.parametrize("name", ["", "ab", "Trees", "9lives", "tr%C3%ABes", "a%20b", "trees%0A", "tre%00es", "_ab"])
def test_a_dataset_has_a_form(client, shelf, name):
    assert faults(client.get(f"/assets?dataset={name}&version=v1")) == [_form("dataset", DATASET_FORM)]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "v",
        "vv1",
        "v1.2.3.4",
        "v123456789",
        "v1.2345",
        "newest",
        "Release%2010",
        "v1%0A",
        "v%00",
        "Latest",
        "%D9%A1",
    ],
)
def test_a_version_has_a_form_unless_it_is_the_label_of_one(client, shelf, name):
    assert faults(client.get(f"/assets?dataset=trees&version={name}")) == [_form("version", VERSION_FORM)]


@pytest.mark.parametrize("kind", ["", "nope", "CSV", "csv%20", "s3%20bucket", "%00", "'"])
def test_a_type_is_one_of_the_thirteen_or_a_kind_that_the_viewer_sees(client, shelf, kind):
    words = ", ".join(f"'{word}'" for word in GFW_TYPES)
    assert faults(client.get(f"/assets?asset_type={kind}")) == [
        {
            "loc": ["query", "asset_type"],
            "msg": f"value is not a valid enumeration member; permitted: {words}",
            "type": "type_error.enum",
            "ctx": {"enum_values": list(GFW_TYPES)},
        }
    ]


@pytest.mark.parametrize("word", ["", "banana", "2", "truee", "%20true", "%00", "None"])
@pytest.mark.parametrize("name", ["is_latest", "is_default"])
def test_truth_has_not_any_word(client, shelf, name, word):
    said = {"msg": "value could not be parsed to a boolean", "type": "type_error.bool"}
    assert faults(client.get(f"/assets?{name}={word}")) == [{"loc": ["query", name], **said}]


def test_names_all_that_is_wrong_at_once_in_the_order_of_the_parameters(client, shelf):
    query = "page[size]=0&sort=x&is_default=x&is_latest=x&asset_type=x&version=x&dataset=x&updated=x&page[number]=x"
    names = [
        "dataset",
        "version",
        "asset_type",
        "is_latest",
        "is_default",
        "page[number]",
        "page[size]",
        "updated",
        "sort",
    ]
    assert [fault["loc"] for fault in faults(client.get(f"/assets?{query}"))] == [["query", name] for name in names]


# Who sees what


@pytest.fixture
def cast(given: Given, alice: Party, bob: Party, carol: Party) -> dict[str, str]:
    given.dataset(
        "trees",
        owner=alice,
        shared_with=[bob],
        versions=["Release 9"],
        assets=[_asset("s3://trees", "Secret kind")],
    )
    given.dataset("rain", owner=alice, visibility="internal", assets=[_asset("s3://rain")])
    given.dataset("maps", owner=carol, visibility="public", assets=[_asset("s3://maps")])
    given.dataset("work", owner=carol, visibility="public", is_unnamed=True, assets=[_asset("s3://work", "Draft")])
    return {party.name: given.token(party) for party in (alice, bob, carol)}


@pytest.mark.parametrize(
    ("who", "query", "expected"),
    [
        (None, "", ["s3://maps"]),
        ("alice", "", ["s3://trees", "s3://rain", "s3://maps"]),
        ("bob", "", ["s3://trees", "s3://rain", "s3://maps"]),
        ("carol", "", ["s3://rain", "s3://maps"]),
        ("carol", "dataset=trees&version=v9", []),
        ("carol", "dataset=trees&version=latest", []),
        ("carol", "asset_uri=s3://trees", []),
        ("bob", "dataset=trees&version=Release%209", ["s3://trees"]),
        ("bob", "asset_type=Secret%20kind", ["s3://trees"]),
        ("bob", "ownership=sharedWithMe", ["s3://trees"]),
        ("alice", "ownership=ownedByMe", ["s3://trees", "s3://rain"]),
        (None, "ownership=ownedByMe", []),
    ],
)
def test_each_sees_what_is_theirs_to_see(client, cast, who, query, expected):
    assert uris(client.get(f"/assets?{query}", token=cast.get(who))) == expected
    paged = client.get(f"/assets?{query}&page=1", token=cast.get(who))
    assert (uris(paged), paged.json["meta"]["total_items"]) == (expected, str(len(expected)))


@pytest.mark.parametrize(
    "query",
    ["asset_type=Secret%20kind", "dataset=trees&version=Release%209", "asset_type=Draft"],
)
def test_hides_that_a_kind_or_a_label_exists_where_nothing_of_it_is_visible(client, cast, query):
    hidden = client.get(f"/assets?{query}", token=cast["carol"])
    unheard = client.get(f"/assets?{query}x", token=cast["carol"])
    assert (hidden.status_code, hidden.json) == (unheard.status_code, unheard.json) == (422, hidden.json)


def test_own_page_of_a_hidden_asset_finds_nothing(app: Flask, client, given, alice, bob):
    given.dataset("trees", owner=alice, assets=[{"kind": "csv"}])
    own = f"http://localhost/assets/{_row(app).uuid}"
    assert uris(client.get(f"/assets?asset_uri={own}", token=given.token(alice))) == [own]
    assert uris(client.get(f"/assets?asset_uri={own}", token=given.token(bob))) == []


def test_shows_the_known_types_alone_where_the_operator_wants_that(app_with, shelf):
    client = Script(app_with(gfw_asset_types="known"))
    expected = ["s3://gpkg", "s3://old", "s3://old/tiles", "s3://shared", "s3://shared"]
    assert sorted(uris(client.get("/assets"))) == expected
    assert client.get("/assets?page=1").json["meta"]["total_items"] == "5"
    assert faults(client.get("/assets?asset_type=S3%20Bucket"))[0]["type"] == "type_error.enum"
    assert slugs(client.get("/datasets")) == ["maps", "trees"]


# On the wire, and what it costs


@pytest.mark.parametrize("path", ["/assets", "/assets.json", "/assets?size=9", "/assets?size=5000"])
def test_is_kept_packed_and_read_like_the_list_of_datasets(client, given, alice, path):
    given.dataset("trees", owner=alice, visibility="public", assets=[_asset(f"s3://{n}") for n in range(9)])
    answer = client.get(path, headers={"Origin": "https://elsewhere.example", "Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "max-age=0"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    private = client.head(path, token=given.token(alice))
    assert (private.status_code, private.headers["Cache-Control"]) == (200, "private, max-age=0")


def test_the_address_with_a_slash_leads_to_the_one_without(client):
    answer = client.get("/assets/?is_latest=true")
    assert (answer.status_code, answer.headers["Location"]) == (307, "/assets?is_latest=true")


@pytest.mark.parametrize(
    "narrowed",
    [
        "tag={}",
        "tag={}&dataset={}&version=latest&is_default=false&is_latest=true&q=s3",
        "tag={}&dataset={}&version=Release%209&asset_type=S3%20Bucket",
    ],
)
def test_a_page_costs_the_same_few_statements_at_1_row_and_at_200(client, given, alice, statements: Watch, narrowed):
    token, costs = given.token(alice), []
    for slug, count in (("few", 2), ("many", 201)):
        given.dataset(
            slug,
            owner=alice,
            tags=[slug],
            versions=["Release 9"],
            assets=[_asset(f"s3://{n}", "S3 Bucket", fields=["a", "b"]) for n in range(count)],
        )
        client.get("/assets?page[size]=1&q=any", token=token)  # which lets the index read what was written
        with statements() as seen:
            answer = client.get(f"/assets?page[size]=200&{narrowed.format(slug, slug)}", token=token)
        assert len(answer.json["data"]) in (1, 2, 200)
        costs.append(len(seen))
    assert costs[1] <= costs[0] <= 8


def test_a_whole_list_costs_the_same_few_statements_a_batch(app_with, public, statements: Watch):
    public("trees", assets=[_asset(f"s3://{n}", fields=["a"]) for n in range(40)])
    costs = {}
    for rows in (40, 20, 10, 5):
        client = Script(app_with(batch_rows=rows))
        with statements() as seen:
            assert len(uris(client.get("/assets"))) == 40
        costs[rows] = len(seen)
    # A batch is its rows, their datasets' tags and their fields; after a full one, one more question finds the end.
    assert {rows: cost - 3 * 40 // rows for rows, cost in costs.items()} == dict.fromkeys(costs, 2)
