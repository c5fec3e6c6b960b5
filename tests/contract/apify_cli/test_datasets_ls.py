"""`apify datasets ls`: the table, and the same as JSON."""

import json

import pytest

from tests.support.apify_stand import NAMED
from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


@pytest.mark.parametrize("surroundings", [{}, {"CI": "1"}], ids=["by hand", "in CI"])
def test_draws_a_table(stand, signed_in, surroundings):
    done = signed_in("datasets", "ls", COLUMNS="200", **surroundings)
    assert done.returncode == 0, done.stderr
    assert all(stand.things[slug].public_id in done.stdout for slug in NAMED)
    assert "alice/trees" in done.stdout


def test_tells_the_same_as_json(signed_in):
    done = signed_in("datasets", "ls", "--json", "--unnamed", "--desc", "--limit", "3", "--offset", "1")
    page = json.loads(done.stdout)
    assert (page["total"], page["offset"], page["limit"], page["desc"], page["count"]) == (7, 1, 3, True, 3)


def test_tells_all_of_them_as_json(signed_in):
    page = json.loads(signed_in("datasets", "ls", "--json").stdout)
    assert [item["name"] for item in page["items"]] == [*NAMED, "gifts"]
