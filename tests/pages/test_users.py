"""The page of one user."""

import pytest


@pytest.fixture
def store(given, cast):
    """Alice belongs to two organizations, in one of them with Bob; she owns four datasets."""
    given.organization("forest-lab", title="Forest Lab", members={cast.alice: "admin", cast.bob: "viewer"})
    given.organization("own-lab", title="Own Lab", members={cast.alice: "admin"})
    given.dataset("trees", owner=cast.alice, visibility="public")
    given.dataset("roots", owner=cast.alice, visibility="internal")
    given.dataset("seeds", owner=cast.alice, shared_with=[cast.bob])
    given.dataset("buds", owner=cast.alice)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("alice", {"trees", "roots", "seeds", "buds"}),
        ("bob", {"trees", "roots", "seeds"}),
        ("carol", {"trees", "roots"}),
    ],
)
def test_shows_the_datasets_that_one_may_see(browser_of, store, who, expected):
    reader = browser_of(who)
    page = reader.page("/users/alice")
    assert (page.heading, set(page.marked("data-slug")), page.total) == ("Alice Almeida", expected, len(expected))
    assert set(reader.page(page.link("Search in them")).marked("data-slug")) == expected


def test_tells_the_organizations_that_both_belong_to(browser_of, store):
    links = {who: browser_of(who).page("/users/alice").links() for who in ("alice", "bob", "carol")}
    known = {who: {href for href in found if href.startswith("/organizations/")} for who, found in links.items()}
    assert known == {
        "alice": {"/organizations/forest-lab", "/organizations/own-lab"},
        "bob": {"/organizations/forest-lab"},
        "carol": set(),
    }


def test_is_for_the_signed_in(browser_of, store):
    answer = browser_of(None).get("/users/alice?page=2")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=/users/alice?page%3D2")
    nobody = browser_of(None).get("/users/nobody")
    assert (nobody.status_code, nobody.headers["Location"]) == (303, "/sign-in?next=/users/nobody")
    assert browser_of("bob").get("/users/nobody").status_code == 404


def test_says_so_to_who_owns_nothing(browser_of, store):
    assert browser_of("bob").page("/users/bob").texts("p", "empty__sentence") == ["You own no dataset yet."]
    assert browser_of("carol").page("/users/bob").texts("p", "empty__sentence") == ["Owns nothing that you may see."]


def test_comes_in_pages(browser_of, store):
    alice = browser_of("alice")
    page = alice.page("/users/alice?size=3")
    assert len(alice.page(page.link("Next page")).marked("data-slug")) == 1
    past = alice.page("/users/alice?size=3&page=9")
    assert past.texts("p", "empty__sentence") == ["Page 9 is past the end of this list: there are 2 pages."]


def test_the_menu_leads_to_ones_own(browser_of, store):
    page = browser_of("alice").page("/")
    assert page.link("Alice Almeida") == "/users/alice"
    assert browser_of("alice").page("/users/alice").texts("div", "page_head__marks") == [
        "alice Copy the handle This is you"
    ]
