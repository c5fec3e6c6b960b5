"""`apify login`: a wrong token is refused."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


def test_a_wrong_token_signs_nobody_in(stand, calling):
    done = calling("login", "--token", stand.tokens["wrong"])
    assert "the provided API token is not valid" in done.stdout + done.stderr
    assert "alice" not in calling("info").stdout
