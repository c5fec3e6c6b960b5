"""A catalog on a socket, with a cast and their datasets, for the real clients of the Apify dialect."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from catalog.db import db
from tests.support.given import Given, Party, Thing
from tests.support.server import Server
from tests.support.stores import Store, new_store

NAMED = ("trees", "roads", "rain", "rivers", "roofs")
"""What Alice owns, oldest first; Bob is shared the first."""
ALL = (*NAMED, "scratch", "gifts")
"""What her list holds, oldest first: also what has no name, and what is shared with her."""


@dataclass(frozen=True)
class Stand:
    """Where the catalog answers, and who and what is in it."""

    url: str
    tokens: dict[str, str]
    """By handle: a token that writes; `reader` is one of Alice's that does not."""
    people: dict[str, Party]
    things: dict[str, Thing]


def slugs(said: dict[str, Any]) -> list[str]:
    """The names on a page of the list of datasets."""
    return [item["name"] for item in said["data"]["items"]]


@pytest.fixture(scope="session")
def stand(database_url: str, migrated: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """The catalog with its cast, for tests that change nothing."""
    store = new_store(database_url, tmp_path_factory.mktemp("apify_stand"), copied_from=migrated)
    given = Given(store.app)
    alice = given.user("alice", email="alice@example.org", title="Alice Archer")
    bob, carol = given.user("bob"), given.user("carol")
    things = {slug: given.dataset(slug, owner=alice, **said) for slug, said in _SAID.items()}
    given.share(things["trees"], bob)
    things["scratch"] = given.dataset("scratch", owner=alice, is_unnamed=True)
    things["gifts"] = given.dataset("gifts", owner=bob, shared_with=[alice])
    things["maps"] = given.dataset("maps", owner=carol, visibility="public")
    things["secrets"] = given.dataset("secrets", owner=carol)
    people = {"alice": alice, "bob": bob, "carol": carol}
    tokens = {handle: given.token(party, scope="write") for handle, party in people.items()}
    tokens |= {"reader": given.token(alice), "wrong": tokens["alice"][:-1] + "-"}
    with store.app.app_context():
        db.engine.dispose()
    with Server(store.folder, **store.settings) as server:
        yield Stand(server.url, tokens, people, things)


_SAID = {slug: {} for slug in NAMED} | {
    "trees": {
        "title": "Trees",
        "versions": [{"label": "1", "row_count": 12, "file_size_bytes": 4096}],
        "assets": [{"kind": "csv", "uri": "https://files.example/trees.csv", "fields": ["height", "age"]}],
    }
}


@pytest.fixture
def named(stand: Stand) -> Callable[[Sequence[str]], list[str]]:
    """The names that a list shows for what a test calls so."""
    return lambda slugs: [stand.things[slug].public_id if slug == "scratch" else slug for slug in slugs]
