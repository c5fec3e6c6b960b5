"""`for await` through datasets while other processes add some: nothing that was there is repeated or missed."""

import pytest

from tests.support.given import Given
from tests.support.meanwhile import changing, from_now_on
from tests.support.server import Server

pytestmark = pytest.mark.node_clients
# The client asks for a thousand at a time.
OLD = [f"old_{n:04}" for n in range(3_500)]


def test_an_ascending_walk_repeats_and_misses_nothing_while_others_add(store, running):
    given = Given(store.app)
    alice = given.user("alice")
    given.datasets(OLD, owner=alice)
    token = given.token(alice)
    with Server(store.folder, **store.settings) as server, changing(store, alice.id, adding=400):
        since = from_now_on(store)
        names = running("list_datasets.mjs", server.url, token, walk=True)["done"]
        assert since.added > 0
    assert names[: len(OLD)] == OLD
    assert len(set(names)) == len(names)
