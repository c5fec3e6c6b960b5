"""The first page."""

import pytest

from tests.support.groups import EITHER
from tests.support.pages import text_of

pytestmark = EITHER


@pytest.fixture
def store(given, cast):
    """Eight datasets of Alice, one of which is shared with Bob, and one that is Bob's own."""
    lab = given.organization("lab", title="Forest Lab")
    given.organization("empty-lab")
    given.datasets([f"set_{number}" for number in range(7)], owner=cast.alice, visibility="public", organization=lab)
    given.dataset("plans", owner=cast.alice, shared_with=[cast.bob], assets=[{"kind": "csv"}, {"kind": "zip"}])
    given.dataset("staff", owner=cast.bob, visibility="internal")
    given.dataset("scratch", owner=cast.bob, is_unnamed=True)


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        (None, "7 datasets, 0 assets and 1 organization that you may see."),
        ("alice", "9 datasets, 2 assets and 2 organizations that you may see."),
        ("bob", "9 datasets, 2 assets and 2 organizations that you may see."),
        ("carol", "8 datasets, 0 assets and 2 organizations that you may see."),
    ],
)
def test_counts_what_the_reader_may_see(browser_of, store, who, counts):
    assert browser_of(who).page("/").texts("p", "home__counts") == [counts]


def test_shows_the_newest(browser_of, store):
    visitor = browser_of(None)
    page = visitor.page("/")
    assert page.marked("data-slug") == ["set_6", "set_5", "set_4", "set_3", "set_2", "set_1"]
    assert visitor.page(page.link("All, newest first")).marked("data-slug")[:2] == ["set_6", "set_5"]


def test_shows_what_is_mine_and_what_is_shared_with_me(browser_of, store):
    bob = browser_of("bob")
    page = bob.page("/")
    assert [text_of(item) for item in page.find("a", "home__link")] == ["staff", "plans"]
    assert bob.page(page.link("All: Yours")).marked("data-slug") == ["staff"]
    assert bob.page(page.link("All: Shared with you")).marked("data-slug") == ["plans"]


def test_says_so_where_nothing_is_mine_or_shared(browser_of, store):
    page = browser_of("carol").page("/")
    assert page.texts("p", "empty__sentence") == ["You own no dataset yet.", "Nothing is shared with you yet."]
    assert browser_of(None).page("/").texts("p", "empty__sentence") == []


def test_searches_from_its_box(browser_of, store):
    form = browser_of(None).page("/").find("form", "search_box__form")[0]
    assert (form.get("action"), form.get("method")) == ("/datasets", "get")
    assert [field.get("name") for field in form.iter("input")] == ["q"]


def test_an_empty_catalog_has_a_first_page(browser_of, cast):
    page = browser_of(None).page("/")
    assert page.texts("p", "home__counts") == ["0 datasets, 0 assets and 0 organizations that you may see."]
    assert page.texts("p", "empty__sentence") == ["There is nothing here that you may see yet."]
