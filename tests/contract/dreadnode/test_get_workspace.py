"""`ApiClient.get_workspace`: the one that is listed."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_is_the_one_that_is_listed(told):
    assert [told("alice", "get_workspace")] == told("alice", "list_workspaces")
