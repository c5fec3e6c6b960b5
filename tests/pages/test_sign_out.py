"""The way out, and what every form has to carry."""

from time import time

import pytest
from itsdangerous import TimestampSigner

from tests.support.callers import Browser
from tests.support.given import PASSWORD
from tests.support.pages import text_of


def token_of(page):
    """The token that the forms of a page carry."""
    return next(one for one in page.root.iter("input") if one.get("name") == "csrf_token").get("value")


def test_ends_the_session_and_says_so(browser_of):
    alice = browser_of("alice")
    answer = alice.submit("/", "/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    page = alice.page("/")
    assert page.texts("p", "flash__words") == ["You are signed out."]
    assert page.link("Sign in") == "/sign-in"
    assert alice.page("/").texts("p", "flash__words") == []


def test_is_not_reached_by_a_link(browser_of):
    alice = browser_of("alice")
    answer = alice.get("/sign-out")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, POST")
    assert "/users/alice" in alice.page("/").links()


def test_a_page_that_stood_open_for_long_can_still_sign_out(browser_of, monkeypatch):
    alice = browser_of("alice")
    token = token_of(alice.page("/"))
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: int(time()) + 8 * 3600)
    assert alice.post("/sign-out", data={"csrf_token": token}).status_code == 303


@pytest.mark.parametrize("sent", [None, "", "x", "foreign", "stale"])
@pytest.mark.parametrize("form", ["/sign-out", "/sign-in"])
def test_a_form_without_its_own_token_changes_nothing(browser_of, form, sent):
    alice, stranger = browser_of("alice" if form == "/sign-out" else None), browser_of("bob")
    tokens = {"foreign": token_of(stranger.page("/")), "stale": token_of(browser_of(None).page("/sign-in"))}
    fields = {"name": "carol", "password": PASSWORD}
    if sent is not None:
        fields["csrf_token"] = tokens.get(sent, sent)
    before = "/users/alice" in alice.page("/").links()
    answer = alice.post(form, data=fields)
    assert (answer.status_code, answer.page.heading) == (400, "The request could not be read")
    assert answer.page.link("Browse all datasets") == "/datasets"
    links = alice.page("/").links()
    assert ("/users/alice" in links, "/users/carol" in links) == (before, False)


def test_a_token_in_the_address_does_not_serve(browser_of):
    alice = browser_of("alice")
    assert alice.post(f"/sign-out?csrf_token={token_of(alice.page('/'))}").status_code == 400


def test_a_form_sent_by_another_site_over_https_is_refused(app_with, cast):
    browser = Browser(app_with(public_url="https://catalog.example"))
    place = {"base_url": "https://catalog.example"}
    page = browser.page("/sign-in", **place)
    fields = {"name": "bob", "password": PASSWORD, "csrf_token": token_of(page)}
    answer = browser.post("/sign-in", data=fields, headers={"Referer": "https://evil.example/"}, **place)
    assert answer.status_code == 400
    assert browser.page("/", **place).link("Sign in")


def test_every_form_that_posts_is_in_the_menu_or_at_the_door(browser_of):
    page = browser_of("alice").page("/datasets")
    posting = [(form.get("action"), text_of(form)) for form in page.root.iter("form") if form.get("method") == "post"]
    assert posting == [("/sign-out", "Sign out")]
