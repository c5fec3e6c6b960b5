"""`client.dataset(…).createItemsPublicUrl()`: an address that opens items to everybody."""

from urllib.request import urlopen

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


def test_an_address_signed_by_who_may_opens_them_to_everybody(calling):
    options = {"expiresInSecs": 60, "limit": 3}
    address = calling("items.mjs", "alice", id="alice/trees", how="address", options=options)["done"]
    with urlopen(address) as answer:
        assert (answer.status, answer.read(), answer.headers["X-Apify-Pagination-Limit"]) == (200, b"[]", "3")
