"""Walking through datasets by page while other processes add and take away some: what a walk may repeat and miss."""

import pytest

from catalog.db import db
from tests.contract.openepi.conftest import run
from tests.support.given import Given
from tests.support.meanwhile import changing, from_now_on, repeated
from tests.support.relay import relayed
from tests.support.server import Server

pytestmark = pytest.mark.openepi
OLD = [f"old_{n:03}" for n in range(60)]
GOING = OLD[:30]
SIZE = 4


def slugs(said):
    """What a page holds; nothing where it lies past the end."""
    return [row["dataset"] for row in said["data"]] if said["status"] == "success" else []


def test_each_page_is_right_in_itself_and_a_walk_errs_by_no_more_than_what_changed(store):
    given = Given(store.app)
    alice = given.user("alice")
    given.datasets(OLD, owner=alice)
    key = given.token(alice)
    with store.app.app_context():
        db.engine.dispose()
    with (
        Server(store.folder, **store.settings) as server,
        relayed(server.url) as relay,
        changing(store, alice.id, adding=60, removing=GOING),
    ):
        since = from_now_on(store)
        (came,) = run(relay.url, ("pages", SIZE, key))
        walk = relay.walk(slugs)
        before = since.before(walk)
        assert since.added > 0
        assert since.removed > 0
    pages = [page for page in came["done"] if page]
    assert pages == [page for _, page in walk]
    names = [name for page in pages for name in page]
    assert all(len(page) <= SIZE and repeated(page) == 0 and page == sorted(page) for page in pages)
    # What is added before the position of a walk moves what follows to later pages, what is taken away to earlier ones.
    assert repeated(names) <= before["register"]
    assert len(set(OLD) - set(GOING) - set(names)) <= before["withdraw"]
