"""`client.dataset(…).create_items_public_url()`: addresses that open items to everybody."""

from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest


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
