"""What the OpenAPI documents say of parameters and credentials is what counts."""

import re
from base64 import b64encode

import pytest

from catalog.listing.asking import PERIOD_FORM, parse_period
from tests.support.callers import Script
from tests.support.given import Given

# By dialect an address that every caller who is known may read, and nobody else.
OWN = {"gfw": "/auth/apikeys", "apify": "/v2/datasets", "org": "/api/v1/user"}
LISTS = ("/datasets", "/assets")
TIMES = ("30d", "2026", "2026-05", "2026-05-09", ">2026", "<2026-05", "2026..2027-01", "2026..", "..2026-05-09")
NO_TIMES = ("..", "d", "123456d", "2026-5", "26", "2026-05-09T10:00", "=2026", "<>2026", "2026...2027", "last week")


@pytest.fixture
def token(given: Given) -> str:
    """Alice's, who owns a dataset."""
    alice = given.user("alice")
    given.dataset("trees", owner=alice)
    return given.token(alice)


@pytest.mark.parametrize("dialect", OWN)
def test_every_way_to_bear_a_token_that_counts_is_described_and_no_other(client: Script, token, dialect):
    basic = b64encode(f"__token__:{token}".encode()).decode()
    ways = {
        "bearer": {"headers": {"Authorization": f"Bearer {token}"}},
        "basic": {"headers": {"Authorization": f"Basic {basic}"}},
        "header x-api-key": {"headers": {"X-API-Key": token}},
        "query x-api-key": {"query_string": {"x-api-key": token}},
        "query token": {"query_string": {"token": token}},
    }
    counting = {way for way, how in ways.items() if client.get(OWN[dialect], **how).status_code == 200}
    schemes = client.get(f"/openapi/{dialect}.json").json["components"]["securitySchemes"].values()
    assert {one.get("scheme") or f"{one['in']} {one['name'].lower()}" for one in schemes} == counting


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("name", ["sort", "visibility", "ownership"])
def test_a_gfw_list_takes_the_words_that_are_described_and_no_other(client: Script, token, path, name):
    schema = parameters_of(client, path)[name]
    words = schema.get("items", schema)["enum"]
    answers = [
        client.get(path, query_string={name: word}, token=token).status_code for word in [*words, f"{words[0]}x"]
    ]
    assert answers == [*[200] * len(words), 422]


@pytest.mark.parametrize("path", LISTS)
def test_a_gfw_list_comes_in_the_order_that_is_described(client: Script, given, path):
    alice = given.user("alice")
    for slug in ("maps", "oaks", "elms"):
        given.dataset(
            slug, owner=alice, visibility="public", assets=[{"kind": "csv", "uri": f"https://x.example/{slug}"}]
        )
    order = parameters_of(client, path)["sort"]["default"]
    assert client.get(path).json == client.get(f"{path}?sort={order}").json != client.get(f"{path}?sort=-{order}").json


@pytest.mark.parametrize("path", LISTS)
def test_a_gfw_list_takes_as_many_values_as_are_described(client: Script, path):
    repeated = {name: one for name, one in parameters_of(client, path).items() if one.get("type") == "array"}
    assert list(repeated) == ["tag", "license", "organization", "owner", "format", "type", "year", "visibility"]
    for name in repeated.keys() - {"visibility"}:
        values = [str(1000 + number) for number in range(repeated[name]["maxItems"])]
        assert client.get(path, query_string={name: values}).status_code == 200
        assert client.get(path, query_string={name: [*values, "one more"]}).status_code == 422


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("time", [*TIMES, *NO_TIMES])
def test_a_gfw_list_takes_times_of_the_form_that_is_described(client: Script, path, time):
    form = parameters_of(client, path)["updated"]["pattern"]
    assert form == PERIOD_FORM
    assert bool(re.search(form, time, re.ASCII)) == (parse_period(time) is not None)
    assert client.get(path, query_string={"updated": time}).status_code == (200 if parse_period(time) else 422)


def test_says_that_items_after_a_mark_are_no_json(client: Script):
    operation = client.get("/openapi/apify.json").json["paths"]["/v2/datasets/{dataset_id}/items"]["get"]
    [bom] = [one for one in operation["parameters"] if one["name"] == "bom"]
    assert "With json the answer is not JSON as it stands then" in bom["description"]


@pytest.mark.parametrize("kind", ["Table", "Tiles", "Raster", "Cog"])
def test_the_metadata_of_assets_are_described_by_type(client: Script, kind):
    schemas = client.get("/openapi/gfw.json").json["components"]["schemas"]
    assert {"$ref": f"#/components/schemas/{kind}Metadata"} in schemas["AssetMetadata"]["anyOf"]
    assert schemas[f"{kind}Metadata"]["required"] == list(schemas[f"{kind}Metadata"]["properties"])


def parameters_of(client: Script, path: str) -> dict[str, dict]:
    """The schemas of the parameters of the GFW list at `path`, by name."""
    operation = client.get("/openapi/gfw.json").json["paths"][path]["get"]
    return {one["name"]: one["schema"] for one in operation["parameters"]}
