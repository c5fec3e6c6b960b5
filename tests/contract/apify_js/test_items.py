"""`client.dataset(…)`: its items in every way, its statistics, and addresses that open the items to everybody."""

from base64 import b64decode
from urllib.request import urlopen

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


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("json", b"[]"), ("csv", b"\xef\xbb\xbf"), ("html", b"<!DOCTYPE"), ("xlsx", b"PK"), ("xml", b"<?xml")],
)
def test_comes_in_every_format(calling, form, beginning):
    options = {"attachment": True, "xmlRoot": "trees", "delimiter": ";", "skipHeaderRow": True}
    came = calling("items.mjs", "bob", id="alice/trees", how="download", format=form, options=options)
    assert b64decode(came["done"]).startswith(beginning)


def test_an_address_signed_by_who_may_opens_them_to_everybody(calling):
    options = {"expiresInSecs": 60, "limit": 3}
    address = calling("items.mjs", "alice", id="alice/trees", how="address", options=options)["done"]
    with urlopen(address) as answer:
        assert (answer.status, answer.read(), answer.headers["X-Apify-Pagination-Limit"]) == (200, b"[]", "3")


def test_statistics_are_none(calling):
    assert calling("items.mjs", "bob", id="alice/trees", how="statistics") == {"done": {"fieldStatistics": None}}
