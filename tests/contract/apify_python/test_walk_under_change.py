"""Walking through datasets while other processes add and take away some: what a walk may repeat and miss."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from apify_client import ApifyClient

from tests.support.given import Given, Party
from tests.support.meanwhile import Meanwhile, changing, from_now_on
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


@pytest.fixture
def datasets(store: Store, alice: Party) -> Iterator[Any]:
    """Alice's datasets, by the client."""
    token = Given(store.app).token(alice)
    with Server(store.folder, **store.settings) as server:
        yield ApifyClient(token, api_url=server.url).datasets()


@pytest.fixture
def walk(store: Store, datasets: Any) -> Callable[..., tuple[list[str], list[str], Meanwhile]]:
    """Lists what there is, then walks: the names of both, and what happened from the first to the last."""

    def walked(**asked: Any) -> tuple[list[str], list[str], Meanwhile]:
        since = from_now_on(store)
        standing = [item.name for item in datasets.list(limit=1000).items]
        return standing, [item.name for item in datasets.iterate(chunk_size=CHUNK, **asked)], since

    return walked


def repeated(names: list[str]) -> int:
    """How many of `names` are there once more."""
    return sum(count - 1 for count in Counter(names).values())


def test_an_ascending_walk_repeats_and_misses_nothing_while_others_add(store, alice, walk):
    with changing(store, alice.id, adding=150):
        standing, names, since = walk()
        assert since.added > 0
    assert repeated(names) == 0
    assert names[: len(standing)] == standing


def test_a_descending_walk_misses_nothing_and_repeats_at_most_what_was_added(store, alice, walk):
    with changing(store, alice.id, adding=150):
        standing, names, since = walk(desc=True)
        added = since.added
    assert added > 0
    assert set(standing) - set(names) == set()
    assert repeated(names) <= added


@pytest.mark.parametrize("desc", [False, True])
def test_with_removals_a_walk_misses_at_most_what_was_removed(store, alice, walk, desc):
    with changing(store, alice.id, adding=150, removing=OLD[:100]):
        standing, names, since = walk(desc=desc)
        added, removed = since.added, since.removed
    assert removed > 0
    assert repeated(names) <= (added if desc else 0)
    gone = {name for name in standing if name in OLD[:100]}
    assert len(set(standing) - gone - set(names)) <= removed
