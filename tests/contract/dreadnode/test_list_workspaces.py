"""`ApiClient.list_workspaces`: each organization has one, for its members."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_names_the_one_of_the_organization(told):
    (workspace,) = told("alice", "list_workspaces")
    assert workspace["org_id"] == told("alice", "get_organization")["id"]


def test_is_for_members(told):
    assert told("carol", "list_workspaces") == {"failed": ["RuntimeError", "403: You are not a member of “acme”."]}
