"""`ApiClient.get_default_project_key`: none."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_is_none(told):
    assert told("alice", "get_default_project_key") is None
