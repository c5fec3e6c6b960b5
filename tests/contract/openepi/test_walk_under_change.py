"""Walking through datasets by page while other processes add and take away some: what a walk may repeat and miss."""

from collections import Counter

import pytest

from catalog.db import db
from tests.contract.openepi.conftest import run
from tests.support.given import Given
from tests.support.meanwhile import changing, from_now_on
from tests.support.server import Server

pytestmark = pytest.mark.openepi
OLD = [f"old_{n:03}" for n in range(120)]
GOING = OLD[:60]
SIZE = 4


def test_each_page_is_right_in_itself_and_a_walk_errs_by_no_more_than_what_changed(store):
    given = Given(store.app)
    alice = given.user("alice")
    given.datasets(OLD, owner=alice)
    key = given.token(alice)
    with store.app.app_context():
        db.engine.dispose()
    with Server(store.folder, **store.settings) as server, changing(store, alice.id, adding=150, removing=GOING):
        since = from_now_on(store)
        (came,) = run(server.url, ("pages", SIZE, key))
        added, removed = since.added, since.removed
    assert added > 0
    assert removed > 0
    pages = came["done"]
    names = [name for page in pages for name in page]
    assert all(len(page) <= SIZE and len(set(page)) == len(page) and page == sorted(page) for page in pages)
    # What is added stands before what was there and moves it to later pages, what is taken away to earlier ones.
    assert sum(count - 1 for count in Counter(names).values()) <= added
    assert len(set(OLD) - set(GOING) - set(names)) <= removed
