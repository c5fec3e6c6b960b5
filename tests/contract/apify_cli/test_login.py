"""`apify login` and `apify info`."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


def test_knows_who_signed_in(stand, signed_in):
    done = signed_in("info")
    assert done.returncode == 0
    assert done.stdout.split() == ["username:", "alice", "userId:", stand.people["alice"].public_id]


def test_a_wrong_token_signs_nobody_in(stand, calling):
    done = calling("login", "--token", stand.tokens["wrong"])
    assert "the provided API token is not valid" in done.stdout + done.stderr
    assert "alice" not in calling("info").stdout
