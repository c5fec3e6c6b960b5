"""`client.user(…).get()`: oneself and others."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


def test_tells_one_who_one_is(stand, calling):
    user = calling("get_user.mjs", "alice", id="me")["done"]
    assert (user["id"], user["username"], user["email"]) == (
        stand.people["alice"].public_id,
        "alice",
        "alice@example.org",
    )


def test_tells_of_others_who_they_are_and_no_more(stand, calling):
    user = calling("get_user.mjs", "bob", id="alice")
    whole = {"id": stand.people["alice"].public_id, "username": "alice", "profile": {"name": "Alice Archer"}}
    assert user == {"done": whole}


def test_nobody_is_undefined(calling):
    assert calling("get_user.mjs", "bob", id="nobody") == {"done": None}
