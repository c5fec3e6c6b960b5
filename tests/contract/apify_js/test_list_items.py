"""`client.dataset(…).listItems()`: a page of none with every parameter, and `for await`."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]
EVERYTHING = {
    "offset": 3,
    "limit": 5,
    "clean": True,
    "desc": True,
    "fields": ["height", "age"],
    "omit": ["age"],
    "unwind": ["height"],
    "skipEmpty": True,
    "skipHidden": True,
    "flatten": ["height"],
    "view": "overview",
}


def test_lists_none(calling):
    page = calling("items.mjs", "bob", id="alice/trees", how="list", options={})["done"]
    assert (page["items"], page["total"], page["offset"], page["count"]) == ([], 0, 0, 0)
    assert page["limit"] == 999_999_999_999


def test_takes_every_parameter(calling):
    page = calling("items.mjs", "bob", id="alice/trees", how="list", options=EVERYTHING)["done"]
    assert (page["items"], page["offset"], page["limit"]) == ([], 3, 5)


def test_walks_over_none(calling):
    assert calling("items.mjs", "bob", id="alice/trees", how="walk", options={"chunkSize": 2}) == {"done": []}
