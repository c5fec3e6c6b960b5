"""`ApiClient.get_user`: who is calling."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_knows_the_caller(told):
    user = told("alice", "get_user")
    assert (user["username"], user["email_address"], user["full_name"]) == (
        "alice",
        "alice@example.org",
        "Alice Archer",
    )
    assert told("bob", "get_user")["email_address"] == ""
