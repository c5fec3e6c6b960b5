"""Walking through datasets by page while other processes add and take away some: what a walk may repeat and miss."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.given import Given, Party
from tests.support.meanwhile import changing, from_now_on, newest_first, oldest_first, repeated
from tests.support.relay import relayed
from tests.support.server import Server
from tests.support.stores import Store

pytestmark = pytest.mark.dreadnode
OLD = [f"old_{n:03}" for n in range(60)]
GOING = OLD[:30]
SIZE = 4
# More pages than a walk can need; those past the end are empty.
PAGES = range(1, 51)


@pytest.fixture
def alice(store: Store) -> Party:
    """Who owns what there is, and what comes."""
    given = Given(store.app)
    alice = given.user("alice")
    given.datasets(OLD, owner=alice)
    return alice


@pytest.fixture
def token(store: Store, alice: Party) -> str:
    return Given(store.app).token(alice)


@pytest.fixture
def server(store: Store, token: str) -> Iterator[Server]:
    with Server(store.folder, **store.settings) as server:
        yield server


def slugs(said: Any) -> list[str]:
    """What a page holds; whatever else was asked for holds none."""
    listed = said.get("datasets", []) if isinstance(said, dict) else []
    return [one["name"].rpartition("/")[2] for one in listed]


@pytest.mark.parametrize(("direction", "place"), [("asc", oldest_first), ("desc", newest_first)])
def test_each_page_is_right_in_itself_and_a_walk_errs_by_no_more_than_what_changed(
    store, alice, token, server, running, direction, place
):
    asked = {"sort_by": "created_at", "sort_dir": direction, "limit": SIZE}
    with relayed(server.url) as relay, changing(store, alice.id, adding=60, removing=GOING):
        since = from_now_on(store)
        came = running(relay.url, token, *(("list_datasets", "alice", {**asked, "page": page}) for page in PAGES))
        pages = [[package["name"] for package in one["done"]] for one in came]
        before = since.before(relay.walk(slugs), place)
        assert since.added > 0
        assert since.removed > 0
    for page in pages:
        assert len(page) <= SIZE
        assert repeated(page) == 0
    names = [name for page in pages for name in page]
    missed = {name for name in OLD if name not in GOING} - set(names)
    # What is added stands at the end of an ascending walk and before the position of a descending one.
    assert repeated(names) <= (before["register"] if direction == "desc" else 0)
    assert len(missed) <= before["withdraw"]


def test_the_tool_walks_too(store, alice, token, server, tool):
    """It asks for pages of 200."""
    more = [f"more_{n:03}" for n in range(400)]
    Given(store.app).datasets(more, owner=alice)
    with relayed(server.url) as relay, changing(store, alice.id, adding=60, removing=GOING):
        since = from_now_on(store)
        key = {"DREADNODE_SERVER": relay.url, "DREADNODE_API_KEY": token, "DREADNODE_ORGANIZATION": "alice"}
        done = tool("dataset", "list", "--json", "--limit", "1000", **key)
        walk = relay.walk(slugs)
        before = since.before(walk, newest_first)
        assert since.added > 0
        assert since.removed > 0
    assert done.returncode == 0, done.stderr
    names = [one["name"] for one in json.loads(done.stdout)]
    assert names == [name for _, page in walk for name in page]
    assert len(walk) > 2
    assert repeated(names) <= before["register"]
    assert len({*OLD, *more} - set(GOING) - set(names)) <= before["withdraw"]
