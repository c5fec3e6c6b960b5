"""Walking through datasets while other processes add and take away some: what a walk may repeat and miss."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from apify_client import ApifyClient

from tests.support.apify_stand import slugs
from tests.support.given import Given, Party
from tests.support.meanwhile import Meanwhile, Place, changing, from_now_on, newest_first, oldest_first, repeated
from tests.support.relay import relayed
from tests.support.server import Server
from tests.support.stores import Store

OLD = [f"old_{n:03}" for n in range(60)]
GOING = OLD[:40]
CHUNK = 3
PLACES = {False: oldest_first, True: newest_first}


@pytest.fixture
def alice(store: Store) -> Party:
    """Who owns what there is, and what comes."""
    given = Given(store.app)
    alice = given.user("alice")
    given.datasets(OLD, owner=alice)
    return alice


@dataclass(frozen=True)
class Walk:
    """The names that a walk met, and what happened before its position, by the journal's verb."""

    names: list[str]
    before: Counter[str]


@dataclass(frozen=True)
class Walks:
    """What was listed at first, a walk in each direction, and what happened from the first to the last."""

    standing: list[str]
    ascending: Walk
    descending: Walk
    since: Meanwhile


@pytest.fixture
def walk(store: Store, alice: Party) -> Iterator[Callable[[], Walks]]:
    """Lists Alice's datasets by the client, then walks through them both ways at once."""
    token = Given(store.app).token(alice)
    with Server(store.folder, **store.settings) as server, ThreadPoolExecutor(2) as walkers:

        def walked(since: Meanwhile, desc: bool, place: Place) -> Walk:
            with relayed(server.url) as relay:
                datasets = ApifyClient(token, api_url=relay.url).datasets()
                names = [item.name for item in datasets.iterate(chunk_size=CHUNK, desc=desc)]
                pages = relay.walk(slugs)
            assert names == [name for _, page in pages for name in page]
            return Walk(names, since.before(pages, place))

        def walk() -> Walks:
            since = from_now_on(store)
            standing = [item.name for item in ApifyClient(token, api_url=server.url).datasets().list(limit=1000).items]
            ascending, descending = walkers.map(lambda desc: walked(since, desc, PLACES[desc]), PLACES)
            return Walks(standing, ascending, descending, since)

        yield walk


def test_while_others_add_nothing_is_missed_and_a_descending_walk_alone_repeats(store, alice, walk):
    with changing(store, alice.id, adding=60):
        walks = walk()
        assert walks.since.added > 0
    assert repeated(walks.ascending.names) == 0
    assert walks.ascending.names[: len(walks.standing)] == walks.standing
    assert set(walks.standing) - set(walks.descending.names) == set()
    assert repeated(walks.descending.names) <= walks.descending.before["register"]


def test_with_removals_a_walk_errs_by_no_more_than_what_changed_before_its_position(store, alice, walk):
    with changing(store, alice.id, adding=60, removing=GOING):
        walks = walk()
        assert walks.since.removed > 0
    assert repeated(walks.ascending.names) == 0
    assert repeated(walks.descending.names) <= walks.descending.before["register"]
    for one in (walks.ascending, walks.descending):
        assert len(set(walks.standing) - set(GOING) - set(one.names)) <= one.before["withdraw"]
