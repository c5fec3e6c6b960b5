"""`client.dataset(…)`: its items in every way, and addresses that open them to everybody."""

from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

EVERYTHING = {
    "offset": 3,
    "limit": 5,
    "clean": True,
    "desc": True,
    "fields": ["height", "age"],
    "omit": ["age"],
    "unwind": ["height"],
    "skip_empty": True,
    "skip_hidden": True,
    "flatten": ["height"],
    "view": "overview",
}


def test_lists_none(stand, calling):
    page = calling(stand.tokens["bob"], lambda client: client.dataset("alice/trees").list_items())
    assert (page.items, page.total, page.offset, page.count) == ([], 0, 0, 0)
    assert (page.limit, page.desc) == (999_999_999_999, False)


def test_takes_every_parameter(stand, calling):
    page = calling(stand.tokens["bob"], lambda client: client.dataset("alice/trees").list_items(**EVERYTHING))
    assert (page.items, page.offset, page.limit, page.desc) == ([], 3, 5, True)


def test_walks_over_none(stand, calling):
    token = stand.tokens["bob"]
    assert calling(token, lambda client: client.dataset("alice/trees").iterate_items(chunk_size=2)) == []


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ("json", b"[]"),
        ("jsonl", b""),
        ("csv", b"\xef\xbb\xbf"),
        ("html", b"<!DOCTYPE html>"),
        ("xlsx", b"PK"),
        ("xml", b"<?xml"),
        ("rss", b"<?xml"),
    ],
)
def test_comes_in_every_format(stand, calling, form, beginning):
    came = calling(
        stand.tokens["bob"], lambda client: client.dataset("alice/trees").get_items_as_bytes(item_format=form)
    )
    assert bytes(came).startswith(beginning)


@pytest.fixture
def address(stand, calling):
    """Makes an address of the items of Alice's dataset in somebody's name."""

    def make(who, form="alice/trees", **more):
        return calling(stand.tokens[who], lambda client: client.dataset(form).create_items_public_url(**more))

    return make


@pytest.mark.parametrize("form", ["{trees}", "alice/trees", "{alice}~trees"])
def test_an_address_signed_by_who_may_opens_them_to_everybody(stand, address, form):
    name = form.format(trees=stand.things["trees"].public_id, alice=stand.people["alice"].public_id)
    with urlopen(address("alice", name, expires_in=timedelta(hours=1), limit=3, desc=True)) as answer:
        assert (answer.status, answer.read(), answer.headers["X-Apify-Pagination-Limit"]) == (200, b"[]", "3")
    with urlopen(address("alice", name, item_format="csv")) as answer:
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_an_address_without_a_key_opens_nothing(address):
    with pytest.raises(HTTPError, match="401"):
        urlopen(address("bob"))


def test_an_address_ends_with_its_time(address):
    with pytest.raises(HTTPError, match="401"):
        urlopen(address("alice", expires_in=timedelta(seconds=-1)))
