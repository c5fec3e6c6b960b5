"""`apify info`: who signed in."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


def test_knows_who_signed_in(stand, signed_in):
    done = signed_in("info")
    assert done.returncode == 0
    assert done.stdout.split() == ["username:", "alice", "userId:", stand.people["alice"].public_id]
