"""`ApiClient.get_organization`: for its members."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_tells_its_name(told):
    assert told("alice", "get_organization")["name"] == "Acme"


def test_is_for_members(told):
    assert told("carol", "get_organization") == {"failed": ["RuntimeError", "403: You are not a member of “acme”."]}
