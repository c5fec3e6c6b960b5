"""Tokens: made on a page that shows the secret once, listed, revoked."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from catalog.db import WRITES, db
from catalog.model import Token, TokenKind
from tests.support.given import PASSWORD
from tests.support.groups import EITHER
from tests.support.pages import text_of

pytestmark = EITHER

ASKED = {"name": "Nightly harvest", "scope": "read", "days": "30"}


def tokens(app):
    with app.app_context():
        return db.session.scalars(select(Token).order_by(Token.id)).all()


def made(browser, **asked):
    """The page that answers, and the secret on it."""
    answer = browser.submit("/account/tokens/new", "/account/tokens", **(ASKED | asked))
    assert answer.status_code == 200, answer.text
    return answer, text_of(answer.page.find("code", "secret__text")[0])


def test_shows_the_secret_once_on_the_page_that_answers(app, browser_of, client):
    alice = browser_of("alice")
    answer, secret = made(alice)
    assert re.fullmatch(r"catalog_[A-Za-z0-9]{40,}", secret)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Location" not in answer.headers
    assert client.get("/v2/datasets", token=secret).status_code == 200
    assert secret not in alice.page("/account/tokens").answer.text
    with alice.session() as kept:
        assert secret not in str(dict(kept))


def test_the_copy_button_copies_it_and_it_can_be_chosen_without_script(browser_of):
    page = made(browser_of("alice"))[0].page
    button = page.find("button", "copy_button")[0]
    assert (button.get("data-copy-from"), text_of(button)) == ("secret", "Copy the token")
    assert page.find("code", "secret__text")[0].get("id") == "secret"


def test_leads_on_to_where_clients_are_told_of_it(browser_of):
    assert made(browser_of("alice"))[0].page.link("for developers") == "/developers"


def test_promises_no_more_than_tokens_can_do(browser_of):
    words = browser_of("alice").page("/account/tokens/new").texts("p", "choices__about")
    assert words == [
        "Sees what you see, and changes nothing",
        "May also change who sees your datasets, by the Dreadnode API, and make API keys, by the GFW Data API;"
        " no API takes other changes yet",
    ]


def test_the_secret_is_in_no_log(app, browser_of, caplog):
    with caplog.at_level("DEBUG"):
        _, secret = made(browser_of("alice"))
    assert secret not in caplog.text


@pytest.mark.parametrize(("days", "lasts"), [("7", 7), ("30", 30), ("90", 90), ("365", 365), ("never", None)])
def test_lasts_as_long_as_was_chosen(app, browser_of, clock, days, lasts):
    made(browser_of("alice"), days=days)
    assert tokens(app)[0].expires_at == (clock.moment + timedelta(days=lasts) if lasts else None)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"name": ""}, {"Say what the token is for": "#name"}),
        ({"name": " \0 "}, {"Say what the token is for": "#name"}),
        ({"name": "x" * 101}, {"At most 100 characters": "#name"}),
        ({"scope": "admin"}, {"Choose one of these": "#scope"}),
        ({"scope": "everything"}, {"Choose one of these": "#scope"}),
        ({"days": "36500"}, {"Choose one of these": "#days"}),
        ({"days": ""}, {"Choose how long the token lasts": "#days"}),
        ({"days": "1" * 5000}, {"Choose one of these": "#days"}),
    ],
)
def test_says_what_stands_against_it(app, browser_of, asked, expected):
    answer = browser_of("alice").submit("/account/tokens/new", "/account/tokens", **(ASKED | asked))
    faults = {text_of(link): link.get("href") for link in answer.page.find("a", "error_summary__link")}
    assert (answer.status_code, answer.page.title, faults) == (422, "Error: New token", expected)
    assert tokens(app) == []


def test_administrators_alone_are_offered_the_scope_admin(app, browser, browser_of, given):
    given.user("olga", password=PASSWORD, is_admin=True)
    browser.sign_in("olga", PASSWORD)

    def offered(page):
        return [one.get("value") for one in page.root.iter("input") if one.get("name") == "scope"]

    assert offered(browser_of("alice").page("/account/tokens/new")) == ["read", "write"]
    assert offered(browser.page("/account/tokens/new")) == ["read", "write", "admin"]
    made(browser, scope="admin")
    assert tokens(app)[0].scope == "admin"


# The list


@pytest.fixture
def of_all_kinds(app, cast, given, clock):
    """A token of each kind, a used one, an expired and a revoked one of Alice's; one of Bob's."""
    given.token(cast.alice), given.token(cast.alice, scope="write", days=30), given.token(cast.alice, days=1)
    given.token(cast.alice, days=-1), given.revoked_token(cast.alice), given.token(cast.bob)
    with app.app_context():
        db.session.connection(execution_options={WRITES: True})
        first, second, third, *_ = db.session.scalars(select(Token).order_by(Token.id))
        first.kind, first.name, first.last_used_at = TokenKind.API_KEY, "key", clock.moment
        second.name = "laptop"
        third.kind, third.name = TokenKind.SESSION, "session"
        db.session.commit()


def test_lists_one_s_own_of_every_kind_told_apart(browser_of, of_all_kinds):
    page = browser_of("alice").page("/account/tokens")
    names = [re.sub(r"catalog_\w+…", "…", name) for name in page.texts("p", "entries__name")]
    assert names == ["test … expired", "session …", "laptop …", "key …"]
    day = "9 May 2100"
    assert page.texts("p", "entries__lines") == [
        f"Made by you · Read · created {day} · expired 8 May 2100 · never used",
        f"A script that signed in with your password · Read · created {day} · until 10 May 2100 · never used",
        f"Made by you · Read and write · created {day} · until 8 Jun 2100 · never used",
        f"API key made by a script · Read · created {day} · does not expire · last used {day}",
    ]


def test_a_long_list_has_pages(app, browser_of, cast, given):
    for _ in range(3):
        given.token(cast.alice)
    alice = browser_of("alice")
    page = alice.page("/account/tokens?size=2")
    assert (page.total, len(page.texts("p", "entries__name"))) == (3, 2)
    assert len(alice.page(page.link("Next page")).texts("p", "entries__name")) == 1
    assert alice.page("/account/tokens?page=9").texts("p", "empty__sentence") == [
        "Page 9 is past the end of this list: there is one page."
    ]


def test_an_empty_list_says_so(browser_of):
    page = browser_of("carol").page("/account/tokens")
    assert page.texts("p", "empty__sentence") == ["You have no token yet."]
    assert page.link("New token") == "/account/tokens/new"


# The end


def test_a_token_is_revoked_after_a_question_that_needs_no_script(app, browser_of, client):
    alice = browser_of("alice")
    _, secret = made(alice)
    question = alice.page("/account/tokens").link("Revoke Nightly harvest")
    page = alice.page(question)
    assert page.heading == "Revoke this token?"
    assert client.get("/v2/datasets", token=secret).status_code == 200
    answer = alice.submit(question)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/tokens")
    assert client.get("/v2/datasets", token=secret).status_code == 401
    listed = alice.page("/account/tokens")
    assert listed.texts("p", "flash__words") == ["The token “Nightly harvest” is revoked. Nothing can use it any more."]
    assert listed.total == 0
    assert alice.get(question).status_code == 404


def test_nobody_else_s_is_there(app, browser_of, given, cast):
    given.token(cast.alice)
    path = f"/account/tokens/{tokens(app)[0].uuid}/revoke"
    bob = browser_of("bob")
    assert [bob.get(path).status_code, bob.submit("/account", path).status_code] == [404, 404]
    assert bob.get(f"/account/tokens/{uuid4()}/revoke").status_code == 404
    assert tokens(app)[0].revoked_at is None
