"""`ApiClient.list_user_organizations`: where the caller belongs."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_names_where_one_belongs_and_oneself(told):
    assert [one["key"] for one in told("alice", "list_user_organizations")] == ["acme", "alice"]
