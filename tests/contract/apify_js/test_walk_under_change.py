"""`for await` through datasets while other processes add and take away some: what a walk may repeat and miss."""

import pytest

from tests.support.apify_stand import slugs
from tests.support.given import Given
from tests.support.meanwhile import changing, from_now_on, newest_first, oldest_first, repeated
from tests.support.relay import relayed
from tests.support.server import Server

pytestmark = pytest.mark.node_clients
# The client asks for a thousand at a time.
OLD = [f"old_{n:04}" for n in range(2_100)]
GOING = OLD[:60]


@pytest.mark.parametrize(("is_descending", "place"), [(False, oldest_first), (True, newest_first)])
def test_a_walk_errs_by_no_more_than_what_changed_before_its_position(store, running, is_descending, place):
    given = Given(store.app)
    alice = given.user("alice")
    given.datasets(OLD, owner=alice)
    token = given.token(alice)
    with (
        Server(store.folder, **store.settings) as server,
        relayed(server.url) as relay,
        changing(store, alice.id, adding=100, removing=GOING),
    ):
        since = from_now_on(store)
        names = running("list_datasets.mjs", relay.url, token, walk=True, desc=is_descending)["done"]
        walk = relay.walk(slugs)
        before = since.before(walk, place)
        assert since.added > 0
    assert names == [name for _, page in walk for name in page]
    assert len(walk) >= 3
    # What is added stands at the end of an ascending walk and before the position of a descending one.
    assert repeated(names) <= (before["register"] if is_descending else 0)
    # The client ends its walk where the total of its first page says, so that what came before it stands for others.
    assert len(set(OLD) - set(GOING) - set(names)) <= before["withdraw"] + (before["register"] if is_descending else 0)
