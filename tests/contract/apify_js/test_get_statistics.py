"""`client.dataset(…).getStatistics()`."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


def test_statistics_are_none(calling):
    assert calling("items.mjs", "bob", id="alice/trees", how="statistics") == {"done": {"fieldStatistics": None}}
