"""The list of organizations, and the page of one."""

import pytest

from tests.support.groups import EITHER
from tests.support.pages import text_of

pytestmark = EITHER


@pytest.fixture
def labs(given, cast):
    """Four organizations: one with public datasets, one with a private one shared with Bob, two with nothing."""
    forest = given.organization("forest-lab", title="Forest Lab", members={cast.alice: "admin", cast.bob: "editor"})
    secret = given.organization("secret-lab", title="Institute of Secrets")
    given.organization("empty-lab", title="Ämter")
    given.organization("own-lab", title="Carol's", members={cast.carol: "viewer"})
    given.dataset("trees", owner=cast.alice, organization=forest, visibility="public", title="Trees")
    given.dataset("roots", owner=cast.alice, organization=forest, visibility="internal")
    given.dataset("seeds", owner=cast.alice, organization=forest)
    given.dataset("buds", owner=cast.alice, organization=forest, is_unnamed=True)
    given.dataset("plans", owner=cast.alice, organization=secret, shared_with=[cast.bob])


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (None, {"forest-lab": "1 dataset"}),
        ("alice", {"empty-lab": "0", "own-lab": "0", "forest-lab": "3", "secret-lab": "1"}),
        ("bob", {"empty-lab": "0", "own-lab": "0", "forest-lab": "3", "secret-lab": "1"}),
        ("carol", {"empty-lab": "0", "own-lab": "0", "forest-lab": "2", "secret-lab": "0"}),
    ],
)
def test_lists_those_that_one_may_know_of_with_what_one_may_see(browser_of, labs, who, expected):
    page = browser_of(who).page("/organizations")
    counts = page.texts("span", "party_list__count")
    assert page.total == len(expected)
    assert set(page.marked("data-key")) == set(expected)
    found = dict(zip(page.marked("data-key"), counts, strict=True))
    assert {key: count.split()[0] for key, count in found.items()} == {
        key: count.split()[0] for key, count in expected.items()
    }


def test_lists_by_title_and_says_so(browser_of, labs):
    page = browser_of("carol").page("/organizations")
    assert page.texts("a", "party_list__link") == ["Carol's", "Forest Lab", "Institute of Secrets", "Ämter"]
    assert page.heading == page.title == "4 organizations, by name"


def test_finds_them_by_words_of_title_and_key(browser_of, labs):
    carol = browser_of("carol")
    box = carol.page("/organizations").find("form", "search_box__form")[0]
    assert (box.get("action"), [field.get("name") for field in box.iter("input")]) == ("/organizations", ["q"])
    found = carol.page("/organizations?q=LAB+forest")
    assert (found.marked("data-key"), found.heading) == (
        ["forest-lab"],
        "1 organization matching “LAB forest”, by name",
    )
    assert carol.page("/organizations?q=äMTER").marked("data-key") == ["empty-lab"]
    assert carol.page("/organizations?q=%25").marked("data-key") == []


def test_a_search_without_a_hit_leads_back_to_all(browser_of, labs):
    carol = browser_of("carol")
    page = carol.page("/organizations?q=zzz")
    assert page.texts("p", "empty__sentence") == ["No organization is called like this."]
    assert text_of(page.find("li", "empty__way")[0]) == "all organizations 4 organizations"
    assert carol.page(page.link("all organizations")).total == 4


def test_comes_in_pages_that_keep_the_search(browser_of, labs):
    carol = browser_of("carol")
    first = carol.page("/organizations?q=lab&size=2")
    assert len(first.marked("data-key")) == 2
    assert first.rel("next") == "/organizations?q=lab&size=2&page=2"
    past = carol.page("/organizations?q=lab&size=2&page=9")
    assert past.texts("p", "empty__sentence") == ["Page 9 is past the end of this list: there are 2 pages."]
    assert past.rel("prev") == "/organizations?q=lab&size=2&page=2"


def test_what_cannot_be_used_is_said(browser_of, labs):
    page = browser_of(None).page("/organizations?sort=name&page=x")
    assert page.notes == ["“sort” is nothing that this page can be asked for.", "“x” is not a page of this list."]


@pytest.mark.parametrize(
    ("who", "key", "expected"),
    [
        (None, "forest-lab", {"trees"}),
        ("alice", "forest-lab", {"trees", "roots", "seeds"}),
        ("bob", "forest-lab", {"trees", "roots", "seeds"}),
        ("carol", "forest-lab", {"trees", "roots"}),
        ("bob", "secret-lab", {"plans"}),
        ("carol", "secret-lab", set()),
        ("carol", "empty-lab", set()),
    ],
)
def test_shows_the_datasets_that_one_may_see(browser_of, labs, who, key, expected):
    reader = browser_of(who)
    page = reader.page(f"/organizations/{key}")
    assert (set(page.marked("data-slug")), page.total) == (expected, len(expected))
    assert page.texts("p", "empty__sentence") == ([] if expected else ["It owns nothing that you may see."])
    if expected:
        assert set(reader.page(page.link("Search in them")).marked("data-slug")) == expected


@pytest.mark.parametrize("key", ["secret-lab", "empty-lab", "own-lab", "nobody-knows", "UPPER"])
def test_one_with_nothing_to_see_does_not_exist_for_visitors(browser_of, labs, key):
    assert browser_of(None).get(f"/organizations/{key}").status_code == 404


def test_members_are_for_members_to_know(browser_of, labs):
    members = browser_of("bob").page("/organizations/forest-lab").texts("div", "record__pair")
    assert members == ["Admin Alice Almeida", "Editor bob"]
    assert "You belong to it" in text_of(browser_of("bob").page("/organizations/forest-lab").root.find("body"))
    for who in ("carol", None):
        page = browser_of(who).page("/organizations/forest-lab")
        assert (page.texts("div", "record__pair"), "Alice" in page.answer.text) == ([], False)


def test_its_datasets_come_in_pages(browser_of, labs):
    bob = browser_of("bob")
    page = bob.page("/organizations/forest-lab?size=2&foo=1")
    assert (len(page.marked("data-slug")), page.total) == (2, 3)
    assert page.notes == ["“foo” is nothing that this page can be asked for."]
    assert len(bob.page(page.link("Next page")).marked("data-slug")) == 1
    past = bob.page("/organizations/forest-lab?size=2&page=3")
    assert past.texts("p", "empty__sentence") == ["Page 3 is past the end of this list: there are 2 pages."]
