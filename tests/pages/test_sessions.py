"""Sessions: what a cookie is worth, the list of them, and what ends them."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from catalog.changes.sessions import begin
from catalog.db import db
from catalog.model import Session, User
from catalog.pages.browsers import browser_in_words
from tests.support.callers import Browser
from tests.support.given import PASSWORD

_STRANGE = "02fb8980-d8d9-43ab-a95e-07fdda4c4ff9"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
    "Safari/537.36 Edg/140.0.0.0"
)


def is_signed_in(browser):
    return browser.open("GET", "/account").status_code == 200


def sessions(app):
    with app.app_context():
        return db.session.scalars(select(Session).order_by(Session.id)).all()


@pytest.fixture
def phone(app, cast):
    """A session of Alice's in another browser."""
    with app.app_context():
        begin(db.session.get_one(User, cast.alice.id), agent=SAFARI, days=14)


def test_a_copied_cookie_is_worth_nothing_after_the_sign_out(app, browser_of):
    alice, thief = browser_of("alice"), Browser(app)
    thief.set_cookie(alice.cookie())
    assert is_signed_in(thief)
    alice.submit("/", "/sign-out")
    assert not is_signed_in(thief)
    assert sessions(app) == []


def test_the_cookie_names_the_session_and_not_the_user(browser_of, app, cast):
    alice = browser_of("alice")
    with alice.session() as kept:
        assert UUID(kept["_user_id"]) == sessions(app)[0].uuid
        assert str(cast.alice.uuid) not in str(dict(kept))


def test_every_sign_in_is_another_session(app, browser_of):
    browser_of("alice"), browser_of("alice")
    assert len({one.uuid for one in sessions(app)}) == 2


def test_signing_in_again_in_the_same_browser_ends_the_session_it_was_in(app, browser_of):
    alice, thief = browser_of("alice"), Browser(app)
    thief.set_cookie(alice.cookie())
    answer = alice.submit("/account", "/sign-in", name="bob", password=PASSWORD)
    assert (answer.status_code, alice.page("/account").texts("p", "mono")) == (303, ["bob"])
    assert not is_signed_in(thief)
    assert len(sessions(app)) == 1


def test_a_session_runs_out(app, browser_of, clock):
    alice = browser_of("alice")
    clock.tick(days=14, seconds=-1)
    assert is_signed_in(alice)
    clock.tick()
    assert not is_signed_in(alice)
    browser_of("bob")
    assert len(sessions(app)) == 1, "those that ran out are removed by the next sign-in"


@pytest.mark.parametrize("kept", ["", "x", "0" * 32, _STRANGE, f"{_STRANGE}.1", None, 7, ["a"]])
def test_a_cookie_that_names_no_session_is_a_visitors(browser_of, kept):
    visitor = browser_of(None)
    with visitor.session() as session:
        session["_user_id"] = kept
    assert visitor.page("/datasets").link("Sign in")


def test_using_it_is_noted_and_never_written_by_the_page(app, browser_of, clock):
    alice = browser_of("alice")
    begun = sessions(app)[0].last_used_at
    later = clock.tick(hours=1)
    alice.page("/datasets")
    assert sessions(app)[0].last_used_at == begun
    with app.app_context():
        app.extensions["catalog_tally"].flush()
    assert sessions(app)[0].last_used_at == later


# The list


def test_lists_one_s_own_with_this_one_marked(app, browser_of, phone):
    browser_of("bob")
    alice = Browser(app)
    shown = alice.page("/sign-in")
    token = next(one for one in shown.root.iter("input") if one.get("name") == "csrf_token").get("value")
    fields = {"name": "alice", "password": PASSWORD, "csrf_token": token}
    alice.post("/sign-in", data=fields, headers={"User-Agent": FIREFOX})
    page = alice.page("/account/sessions")
    assert page.texts("p", "entries__name") == ["Firefox on Linux this one", "Safari on iPhone"]
    assert page.total == 2


def test_ends_one(app, browser_of, phone):
    alice = browser_of("alice")
    other = sessions(app)[0].uuid
    answer = alice.submit("/account/sessions", f"/account/sessions/{other}/end")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/sessions")
    assert other not in {one.uuid for one in sessions(app)}
    page = alice.page("/account/sessions")
    assert (page.texts("p", "flash__words"), page.total) == (["The session has ended."], 1)


def test_ends_nobody_else_s(app, browser_of, phone):
    bob = browser_of("bob")
    other = sessions(app)[0].uuid
    assert bob.submit("/account/sessions", f"/account/sessions/{other}/end").status_code == 404
    assert bob.submit("/account/sessions", f"/account/sessions/{uuid4()}/end").status_code == 404
    assert len(sessions(app)) == 2


def test_ends_all_others(app, browser_of, phone):
    alice, also_alice, bob = browser_of("alice"), browser_of("alice"), browser_of("bob")
    alice.submit("/account/sessions", "/account/sessions/end-others")
    assert alice.page("/account/sessions").texts("p", "flash__words") == ["2 other sessions ended."]
    assert [is_signed_in(one) for one in (alice, also_alice, bob)] == [True, False, True]


def test_ending_the_session_one_is_in_signs_out(app, browser_of):
    alice = browser_of("alice")
    alice.submit("/account/sessions", f"/account/sessions/{sessions(app)[0].uuid}/end")
    assert not is_signed_in(alice)


def test_a_page_costs_no_statement_more_for_the_session(browser_of, statements):
    alice, visitor = browser_of("alice"), browser_of(None)
    counts = []
    for one in (visitor, alice):
        with statements() as seen:
            one.open("GET", "/openapi/org.json")
        counts.append(len(seen))
        with statements() as seen:
            one.open("GET", "/nowhere", headers={"Accept": "text/html"})
        counts.append(len(seen))
    assert counts == [0, 0, 0, 2], "the session with its user and the roles, and what touched them last"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (SAFARI, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("x" * 300, "x" * 59 + "…"),
        (None, "A browser without a name"),
        ("", "A browser without a name"),
    ],
)
def test_browsers_in_words(agent, words):
    assert browser_in_words(agent) == words


@pytest.mark.parametrize("agent", ["", "\0\0", "<script>alert(1)</script>", "x" * 5000])
def test_a_browser_may_call_itself_anything(app, browser_of, agent):
    alice = browser_of("alice")
    with app.app_context():
        user = db.session.scalars(select(User).where(User.handle == "alice")).one()
        begin(user, agent=agent, days=1)
    assert alice.page("/account/sessions").total == 2
