"""`ApiClient.list_projects`: none, for members."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_there_are_none(told):
    assert told("alice", "list_projects") == []


def test_is_for_members(told):
    assert told("carol", "list_projects") == {"failed": ["RuntimeError", "403: You are not a member of “acme”."]}
