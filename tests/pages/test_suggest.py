"""Suggestions of people: for the signed-in, by handle and name, never by e-mail address."""

import pytest

from tests.support.rows import JSON


@pytest.fixture
def people(given, cast):
    """Beside the cast, somebody whose account is closed."""
    given.disable(given.user("alina", title="Alina Alt"))


def suggested(browser, text):
    answer = browser.open("GET", "/suggest/people", query_string={"q": text}, headers={"Accept": JSON})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.json


@pytest.mark.parametrize("text", ["ali", "ALMEI", " almeida  alice ", "lice"])
def test_finds_by_every_word_of_handle_and_name(browser_of, people, text):
    assert suggested(browser_of("carol"), text) == {"people": [{"handle": "alice", "title": "Alice Almeida"}]}


@pytest.mark.parametrize("text", ["", " ", "\0", "example", "bob@example.org", "%", "_", "x" * 5000, "\u202e"])
def test_finds_nobody_by_anything_else(browser_of, people, text):
    assert suggested(browser_of("carol"), text) == {"people": []}


def test_names_at_most_eight_by_name(browser_of, given, cast):
    for number in range(10):
        given.user(f"zoe-{number}", title=f"Zoe {9 - number}")
    found = suggested(browser_of("carol"), "zoe")["people"]
    assert [one["title"] for one in found] == [f"Zoe {number}" for number in range(8)]


def test_visitors_are_told_to_sign_in(client, browser, people):
    assert client.get("/suggest/people?q=a", headers={"Accept": JSON}).status_code == 401
    assert browser.get("/suggest/people?q=a").status_code == 303


def test_other_sites_cannot_read_it(browser_of, people):
    answer = browser_of("carol").open("GET", "/suggest/people?q=ali", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


# For the search box


def offered(browser, text):
    """The titles of what is suggested, by kind."""
    answer = browser.open("GET", "/suggest", query_string={"q": text}, headers={"Accept": JSON})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return {kind: [one["title"] for one in found] for kind, found in answer.json.items()}


@pytest.fixture
def shelf(given, cast):
    """Open and closed datasets with tags, of an organization and of none."""
    office = given.organization("weather-office", title="Weather Office")
    given.dataset("rain", owner=cast.alice, organization=office, visibility="public", title="Rain", tags=["Weather"])
    given.dataset("storms", owner=cast.alice, title="Weather of storms", tags=["weather, wild"])
    given.dataset("scratch", owner=cast.alice, visibility="public", is_unnamed=True, tags=["weatherproof"])


@pytest.mark.parametrize("text", ["weath", "WEATHER", "wea"])
def test_what_fits_a_beginning_is_offered_as_far_as_it_may_be_seen(browser_of, shelf, text):
    assert offered(browser_of(None), text) == {
        "datasets": ["Rain"],
        "tags": ["Weather"],
        "organizations": ["Weather Office"],
    }
    assert offered(browser_of("alice"), text) == {
        "datasets": ["Weather of storms", "Rain"],
        "tags": ["Weather", "weather, wild"],
        "organizations": ["Weather Office"],
    }


@pytest.mark.parametrize("text", ["", " ", "%", "_", "zzz", "x" * 5000])
def test_nothing_is_offered_for_anything_else(browser_of, shelf, text):
    assert offered(browser_of("alice"), text) == {"datasets": [], "tags": [], "organizations": []}


def test_without_script_the_same_is_a_page_of_links(browser_of, shelf):
    page = browser_of(None).page("/suggest?q=weath")
    assert page.title == "Suggestions for “weath”"
    assert page.link("Rain") == "/datasets/rain"
    assert page.link("Weather") == "/datasets?tag=Weather"
    assert page.link("Weather Office") == "/organizations/weather-office"
    assert page.link("All datasets that match") == "/datasets?q=weath"
