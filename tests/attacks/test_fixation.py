"""A session that somebody else planted in a browser is not the one of who signs in there."""

import pytest

from tests.support.callers import HTML, Browser
from tests.support.given import PASSWORD


@pytest.fixture(autouse=True)
def people(given):
    """Alice, who signs in, and Carol, who plants."""
    given.user("alice", password=PASSWORD)
    given.user("carol", password=PASSWORD)


@pytest.fixture
def victim(app):
    """Alice's browser."""
    return Browser(app)


@pytest.fixture
def planter(app):
    """Carol's browser."""
    return Browser(app)


def sign_in_over(browser):
    """Sign in as Alice where somebody is signed in: the form is not shown there, but can be sent. The status."""
    fields = {"name": "alice", "password": PASSWORD, "csrf_token": token_of(browser)}
    return browser.open("POST", "/sign-in", data=fields).status_code


def who(browser):
    """The handle of who is signed in; None for a visitor."""
    answer = browser.open("GET", "/account", headers={"Accept": HTML})
    return next((name for name in ("alice", "carol") if f"/users/{name}" in answer.text), None)


def session_of(browser):
    """What the store knows the session of `browser` by."""
    with browser.session() as kept:
        return kept.get("_user_id")


def token_of(browser):
    """The CSRF token that `browser` is shown."""
    page = browser.page("/")
    return next(one for one in page.root.iter("input") if one.get("name") == "csrf_token").get("value")


def test_a_visitors_session_that_was_planted_is_worth_nothing_after_the_sign_in(planter, victim):
    planter.page("/sign-in")
    planted = planter.cookie()
    assert planted
    victim.set_cookie(planted)
    assert victim.sign_in("alice", PASSWORD).status_code == 303
    assert victim.cookie() != planted
    assert (who(planter), who(victim)) == (None, "alice")


def test_a_persons_session_that_was_planted_is_not_the_one_of_who_signs_in_over_it(planter, victim):
    planter.sign_in("carol", PASSWORD)
    planted, before = planter.cookie(), session_of(planter)
    victim.set_cookie(planted)
    assert sign_in_over(victim) == 303
    assert session_of(victim) not in (None, before)
    planter.set_cookie(planted)
    assert (who(planter), who(victim)) == (None, "alice")


def test_the_tokens_of_a_session_that_was_planted_do_not_serve_in_the_one_after_it(planter, victim):
    planter.sign_in("carol", PASSWORD)
    token = token_of(planter)
    victim.set_cookie(planter.cookie())
    assert sign_in_over(victim) == 303
    for path in ("/account", "/account/tokens", "/sign-out"):
        sent = {"csrf_token": token, "title": "Carol's", "name": "carol's", "scope": "write", "days": "never"}
        assert victim.open("POST", path, data=sent).status_code == 400, path
    assert who(victim) == "alice"


def test_what_was_planted_in_a_session_is_gone_after_the_sign_in(victim):
    victim.page("/sign-in")
    with victim.session() as kept:
        kept["planted"], kept["_user_id"], kept["_fresh"] = "x", "00000000-0000-4000-8000-000000000000", True
    victim.set_cookie(victim.cookie())
    assert victim.sign_in("alice", PASSWORD).status_code == 303
    with victim.session() as kept:
        assert "planted" not in kept
    assert who(victim) == "alice"


def test_every_sign_in_begins_another_session_and_ends_the_one_before_in_this_browser(app, victim):
    victim.sign_in("alice", PASSWORD)
    first, cookie = session_of(victim), victim.cookie()
    assert sign_in_over(victim) == 303
    assert session_of(victim) not in (None, first)
    thief = Browser(app)
    thief.set_cookie(cookie)
    assert (who(thief), who(victim)) == (None, "alice")
