"""`client.datasets().list()`: every parameter, and `for await`."""

import pytest

from tests.support.apify_stand import ALL, NAMED
from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [*NAMED, "gifts"]),
        ({"unnamed": True}, ALL),
        ({"desc": True}, ["gifts", *NAMED[::-1]]),
        ({"ownership": "sharedWithMe"}, ["gifts"]),
        (
            {"unnamed": True, "limit": 3, "offset": 2, "desc": True, "ownership": "ownedByMe"},
            ["rivers", "rain", "roads"],
        ),
        ({"offset": 50}, []),
    ],
)
def test_lists_what_is_asked_for(stand, calling, named, asked, expected):
    page = calling("list_datasets.mjs", "alice", **asked)["done"]
    assert [item["name"] for item in page["items"]] == named(expected)
    assert (page["offset"], page["limit"]) == (asked.get("offset", 0), asked.get("limit", 1000))
    assert (page["desc"], page["count"]) == ("desc" in asked, len(expected))


@pytest.mark.parametrize("asked", [{}, {"limit": 1}, {"limit": 3}, {"limit": 1000, "offset": 2}, {"desc": True}])
def test_walks_to_the_end(stand, calling, named, asked):
    names = calling("list_datasets.mjs", "alice", walk=True, unnamed=True, **asked)["done"]
    whole = named(ALL[::-1] if asked.get("desc") else ALL)
    assert names == whole[asked.get("offset", 0) :][: asked.get("limit")]
