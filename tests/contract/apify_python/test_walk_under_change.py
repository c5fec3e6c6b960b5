"""Walking through datasets while other processes add and take away some: what a walk may repeat and miss."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from apify_client import ApifyClient

from tests.support.given import Given, Party
from tests.support.meanwhile import changing, from_now_on
from tests.support.server import Server
from tests.support.stores import Store

OLD = [f"old_{n:03}" for n in range(120)]
CHUNK = 3


@pytest.fixture
def alice(store: Store) -> Party:
    """Who owns what there is, and what comes."""
    given = Given(store.app)
    alice = given.user("alice")
    given.datasets(OLD, owner=alice)
    return alice


@dataclass(frozen=True)
class Walks:
    """What was listed at first, the names of a walk in each direction, and what happened from the first to the last."""

    standing: list[str]
    ascending: list[str]
    descending: list[str]
    added: int
    removed: int


@pytest.fixture
def walk(store: Store, alice: Party) -> Iterator[Callable[[], Walks]]:
    """Lists Alice's datasets by the client, then walks through them both ways at once."""
    token = Given(store.app).token(alice)
    with Server(store.folder, **store.settings) as server, ThreadPoolExecutor(2) as walkers:

        def names(desc: bool) -> list[str]:
            datasets = ApifyClient(token, api_url=server.url).datasets()
            return [item.name for item in datasets.iterate(chunk_size=CHUNK, desc=desc)]

        def walk() -> Walks:
            since = from_now_on(store)
            standing = [item.name for item in ApifyClient(token, api_url=server.url).datasets().list(limit=1000).items]
            ascending, descending = walkers.map(names, (False, True))
            return Walks(standing, ascending, descending, since.added, since.removed)

        yield walk


def repeated(names: list[str]) -> int:
    """How many of `names` are there once more."""
    return sum(count - 1 for count in Counter(names).values())


def test_while_others_add_nothing_is_missed_and_a_descending_walk_alone_repeats(store, alice, walk):
    with changing(store, alice.id, adding=150):
        walks = walk()
    assert walks.added > 0
    assert repeated(walks.ascending) == 0
    assert walks.ascending[: len(walks.standing)] == walks.standing
    assert set(walks.standing) - set(walks.descending) == set()
    assert repeated(walks.descending) <= walks.added


def test_with_removals_a_walk_misses_at_most_what_was_removed(store, alice, walk):
    going = set(OLD[:100])
    with changing(store, alice.id, adding=150, removing=OLD[:100]):
        walks = walk()
    assert walks.removed > 0
    assert repeated(walks.ascending) == 0
    assert repeated(walks.descending) <= walks.added
    for names in (walks.ascending, walks.descending):
        assert len(set(walks.standing) - going - set(names)) <= walks.removed
