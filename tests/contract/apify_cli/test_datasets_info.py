"""`apify datasets info`: one dataset, by every name that a person would give."""

import json

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


@pytest.mark.parametrize("form", ["alice/trees", "{trees}"])
def test_tells_of_one(stand, signed_in, form):
    done = signed_in("datasets", "info", form.format(trees=stand.things["trees"].public_id))
    assert done.returncode == 0, done.stderr
    for said in ("Owned by alice", stand.things["trees"].public_id, "12 clean / 12 total", "Storage size: 4.1 KB"):
        assert said in done.stdout


def test_tells_it_as_json(stand, signed_in):
    told = json.loads(signed_in("datasets", "info", "~trees", "--json").stdout)
    assert (told["id"], told["user"]["username"]) == (stand.things["trees"].public_id, "alice")


def test_says_that_there_is_none(signed_in):
    done = signed_in("datasets", "info", "carol/secrets")
    assert "not found" in done.stdout + done.stderr
