"""GET /asset/{asset_id} and everything below it."""

from uuid import uuid4

import pytest

from tests.dialects.gfw.reading import faults
from tests.dialects.gfw.test_get_dataset import not_there
from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given, Party
from tests.support.groups import EITHER

pytestmark = EITHER

BELOW = ("", "/metadata", "/fields", "/stats", "/extent", "/change_log", "/creation_options", "/tasks")
HEIGHT = {
    "name": "height",
    "alias": None,
    "description": None,
    "data_type": "double precision",
    "unit": "m",
    "is_feature_info": True,
    "is_filter": True,
}


@pytest.fixture
def asset_id(client: Script, given: Given, alice: Party) -> str:
    """A table of a public dataset."""
    asset = {
        "kind": "csv",
        "uri": "https://x.example/a.csv",
        "fields": [{"name": "height", "data_type": "float64", "unit": "m"}],
        "metadata": {"stats": {"rows": 5}, "creation_options": {"delimiter": ","}},
    }
    given.dataset("trees", owner=alice, visibility="public", tags=["forest"], versions=["v1"], assets=[asset])
    return client.get("/assets").json["data"][0]["asset_id"]


def test_one_asset_comes_as_in_the_list(client: Script, asset_id: str):
    answer = client.get(f"/asset/{asset_id}")
    assert answer.json == {"data": client.get("/assets").json["data"][0], "status": "success"}
    assert client.get(f"/asset/{asset_id.upper()}").json == answer.json


def test_says_what_is_known_of_it(client: Script, asset_id: str, clock: Clock):
    def data(below: str):
        answer = client.get(f"/asset/{asset_id}{below}")
        assert (answer.status_code, list(answer.json), answer.json["status"]) == (200, ["data", "status"], "success")
        return answer.json["data"]

    metadata = data("/metadata")
    assert metadata == {"tags": ["forest"], "fields": [HEIGHT], "id": metadata["id"]}
    assert data("/fields") == [HEIGHT]
    assert data("/fields/height") == HEIGHT
    assert data("/stats") == {"rows": 5}
    assert data("/creation_options") == {"delimiter": ","}
    assert data("/extent") is None
    assert data("/tasks") == []
    assert [one["message"] for one in data("/change_log")] == ["The dataset was registered."]


def test_its_tasks_are_a_list_like_any_other(client: Script, asset_id: str):
    address = f"http://localhost/asset/{asset_id}/tasks?page[number]=1&page[size]=5"
    assert client.get(f"/asset/{asset_id}/tasks?page[size]=5").json == {
        "data": [],
        "status": "success",
        "links": {"self": address, "first": address, "last": address, "prev": "", "next": ""},
        "meta": {"size": "5", "total_items": "0", "total_pages": "1"},
    }
    assert [one["loc"] for one in faults(client.get(f"/asset/{asset_id}/tasks?page[size]=0"))] == [
        ["query", "page[size]"]
    ]


def test_names_all_that_is_wrong_at_once_first_in_the_path(client: Script):
    said = [one["loc"] for one in faults(client.get("/asset/x/tasks?page=0&size=x"))]
    assert said == [["path", "asset_id"], ["query", "page"], ["query", "size"]]
    assert [one["loc"] for one in faults(client.get(f"/asset/{uuid4()}/tasks?page=0"))] == [["query", "page"]]


@pytest.mark.parametrize("below", BELOW)
def test_a_closed_catalog_tells_visitors_nothing_of_what_they_sent(app_with, below):
    answer = Script(app_with(public_access=False)).get(f"/asset/x{below}?page=0")
    assert (answer.status_code, answer.json["message"]) == (401, "Not authenticated")


def test_a_field_that_is_not_there(client: Script, asset_id: str):
    assert not_there(client.get(f"/asset/{asset_id}/fields/x"), f"Asset {asset_id} has no field x")


@pytest.mark.parametrize("below", BELOW)
def test_what_one_may_not_see_is_not_there(client: Script, given: Given, alice, bob, carol, below):
    asset = {"kind": "csv", "uri": "https://x.example/s.csv"}
    given.dataset("secrets", owner=alice, shared_with=[bob], versions=["v1"], assets=[asset])
    asset_id = client.get("/assets", token=given.token(bob)).json["data"][0]["asset_id"]
    for token in (None, given.token(carol)):
        answer = client.get(f"/asset/{asset_id}{below}", token=token)
        assert not_there(answer, f"Could not find requested asset {asset_id}")
    nobodys = str(uuid4())
    assert not_there(client.get(f"/asset/{nobodys}{below}"), f"Could not find requested asset {nobodys}")
    for party in (alice, bob):
        assert client.get(f"/asset/{asset_id}{below}", token=given.token(party)).status_code == 200


@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize("text", ["x", "1", "10000000000000000000000000000000000000"])
def test_what_is_no_id_is_refused_as_one(client: Script, below, text):
    assert faults(client.get(f"/asset/{text}{below}")) == [
        {"loc": ["path", "asset_id"], "msg": "value is not a valid uuid", "type": "type_error.uuid"}
    ]


def test_a_type_that_the_catalog_leaves_out_is_not_there(app_with, client: Script, given: Given, alice):
    asset = {"kind": "netCDF", "uri": "https://x.example/b.nc"}
    given.dataset("maps", owner=alice, visibility="public", versions=["v1"], assets=[asset])
    asset_id = client.get("/assets").json["data"][0]["asset_id"]
    assert client.get(f"/asset/{asset_id}").status_code == 200
    strict = Script(app_with(gfw_asset_types="known"))
    assert not_there(strict.get(f"/asset/{asset_id}"), f"Could not find requested asset {asset_id}")
