"""`ApiClient.health_check`: what the client asks before anything else."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_the_platform_is_well(told):
    assert told("alice", "health_check")["status"] == "ok"
