"""One's own account: name, e-mail address, password."""

import pytest
from sqlalchemy import select

from catalog.access import OPERATOR
from catalog.changes import accounts
from catalog.changes.passwords import is_password
from catalog.db import db
from catalog.model import User
from tests.support.callers import Browser, Script
from tests.support.given import PASSWORD
from tests.support.groups import EITHER
from tests.support.pages import text_of

pytestmark = EITHER

NEW = "blue whale under piano"


@pytest.fixture
def held(app):
    """What is kept of somebody."""

    def held(handle):
        with app.app_context():
            return db.session.scalars(select(User).where(User.handle == handle)).one()

    return held


def fields_of(page):
    return {one.get("name"): one.get("value") for one in page.root.iter("input")}


def faults(page):
    return {text_of(link): link.get("href") for link in page.find("a", "error_summary__link")}


PERSONAL = ("/account", "/account/password", "/account/sessions", "/account/tokens", "/account/tokens/new")


@pytest.mark.parametrize("path", [*PERSONAL, "/organizations/new", "/organizations/lab/members"])
def test_a_visitor_is_led_to_the_sign_in_and_back(browser, cast, given, path):
    given.organization("lab", members={cast.bob: "admin"})
    answer = browser.get(path)
    assert answer.status_code == 303
    page = browser.page(answer.headers["Location"])
    assert page.texts("p", "column__lead") == [f"You will come back to {path}."]
    kept = fields_of(page)["next"]
    assert browser.submit("/sign-in", name="bob", password=PASSWORD, next=kept).headers["Location"] == path
    assert browser.page(path)


def test_the_menu_leads_there(browser_of):
    page = browser_of("alice").page("/datasets")
    words = [text_of(link) for link in page.find("a", "menu__link")]
    assert words[-5:] == ["Alice Almeida", "Account", "Tokens", "New dataset", "Trash"]
    assert (page.link("Account"), page.link("Tokens")) == ("/account", "/account/tokens")


def test_the_pages_of_the_account_lead_to_each_other(browser_of):
    alice = browser_of("alice")
    for path, words in zip(PERSONAL, ("Profile", "Password", "Sessions", "Tokens"), strict=False):
        tabs = alice.page(path).find("a", "tabs__link")
        assert [one.get("href") for one in tabs] == list(PERSONAL[:4])
        assert [text_of(one) for one in tabs if one.get("aria-current")] == [words]


# Name and e-mail address


def test_another_name_takes_no_password(browser_of, held):
    alice = browser_of("alice")
    assert fields_of(alice.page("/account"))["title"] == "Alice Almeida"
    answer = alice.submit("/account", title="  Älice\0 ", email="")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    page = alice.page("/account")
    assert (page.texts("p", "flash__words"), fields_of(page)["title"]) == (["Your account is saved."], "Älice")
    assert (held("alice").title, held("alice").folded) == ("Älice", "älice")
    alice.submit("/account", title="", email="")
    assert (held("alice").title, held("alice").folded) == (None, "alice")


@pytest.mark.parametrize("password", ["", "wrong"])
def test_another_address_takes_the_password(browser_of, held, password):
    bob = browser_of("bob")
    answer = bob.submit("/account", title="Bob", email="other@example.org", password=password)
    assert (answer.status_code, faults(answer.page)) == (
        422,
        {"This is not your present password": "#password"},
    )
    assert fields_of(answer.page)["email"] == "other@example.org"
    assert (held("bob").email, held("bob").title) == ("bob@example.org", None)


def test_with_the_new_address_one_signs_in(app, browser_of, held):
    bob = browser_of("bob")
    answer = bob.submit("/account", title="", email="Other@Example.org", password=PASSWORD)
    assert (answer.status_code, held("bob").email) == (303, "Other@Example.org")
    assert Browser(app).sign_in("other@example.ORG", PASSWORD).status_code == 303
    assert Browser(app).sign_in("bob@example.org", PASSWORD).status_code == 422
    assert bob.submit("/account", title="", email="", password=PASSWORD).status_code == 303
    assert held("bob").email_folded is None


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("BOB@example.org", "This e-mail address belongs to another account."),
        ("carol", "“carol” is not an e-mail address."),
        ("a@b@c", "“a@b@c” is not an e-mail address."),
        ("x" * 300 + "@example.org", "This address is too long"),
    ],
)
def test_an_address_that_cannot_be_is_refused(browser_of, held, email, words):
    answer = browser_of("carol").submit("/account", title="", email=email, password=PASSWORD)
    assert (answer.status_code, faults(answer.page)) == (422, {words: "#email"})
    assert held("carol").email is None


def test_nobody_else_is_shown_the_address(browser_of):
    page = browser_of("carol").page("/users/bob")
    assert "bob@example.org" not in page.answer.text


# Password


def test_the_present_password_is_no_new_one(browser_of, held):
    before = held("alice").password_hash
    answer = browser_of("alice").submit("/account/password", present=PASSWORD, password=PASSWORD, again=PASSWORD)
    says = {"This is your present password: choose another one": "#password"}
    assert (answer.status_code, faults(answer.page), held("alice").password_hash) == (422, says, before)


def test_another_password_ends_all_other_sessions_and_goes_on_in_a_new_one(app, browser_of, held):
    alice, elsewhere, thief = browser_of("alice"), browser_of("alice"), Browser(app)
    thief.set_cookie(alice.cookie())
    answer = alice.submit("/account/password", present=PASSWORD, password=NEW, again=NEW)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/password")
    words = "Your password is changed: the new one is very hard to guess. Your other sessions have ended."
    assert alice.page("/account/password").texts("p", "flash__words") == [words]
    assert [one.open("GET", "/account").status_code for one in (alice, elsewhere, thief)] == [200, 401, 401]
    with app.app_context():
        assert is_password(NEW, held("alice").password_hash)
    assert Browser(app).sign_in("alice", PASSWORD).status_code == 422
    assert Browser(app).sign_in("alice", NEW).status_code == 303


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"present": "wrong"}, {"This is not your present password": "#present"}),
        ({"present": ""}, {"Enter your present password": "#present"}),
        ({"again": "other"}, {"The two new passwords are not the same": "#again"}),
        ({"password": "short", "again": "short"}, {"A password has at least 10 characters.": "#password"}),
        ({"password": "x" * 1001, "again": "x" * 1001}, {"A password has at most 1000 characters.": "#password"}),
        (
            {"password": "qwertyuiop12", "again": "qwertyuiop12"},
            {
                "This password is very easy to guess. This is similar to a commonly used password. "
                "Add another word or two. Uncommon words are better.": "#password"
            },
        ),
    ],
)
def test_says_what_stands_against_it(browser_of, app, held, sent, expected):
    alice = browser_of("alice")
    answer = alice.submit("/account/password", **({"present": PASSWORD, "password": NEW, "again": NEW} | sent))
    assert (answer.status_code, answer.page.title, faults(answer.page)) == (422, "Error: Password", expected)
    assert all(one.get("type") != "password" or not one.get("value") for one in answer.page.root.iter("input"))
    with app.app_context():
        assert is_password(PASSWORD, held("alice").password_hash)


def test_before_it_is_sent_one_reads_what_comes_of_an_easy_one(browser_of):
    (hint,) = browser_of("alice").page("/account/password").texts("p", "field__hint")
    assert "one that is easy is refused, with what would make it harder" in hint


@pytest.mark.parametrize("chosen", ["alice alice", "Alice Almeida", "alicealmeidaalice", "1almeida-alice!"])
def test_one_s_own_name_is_no_password(browser_of, chosen):
    answer = browser_of("alice").submit("/account/password", present=PASSWORD, password=chosen, again=chosen)
    words = "This password is trivial to guess. It is made of your name or address."
    assert (answer.status_code, faults(answer.page)) == (422, {words: "#password"})


def test_fields_can_be_filled_by_a_password_manager(browser_of):
    page = browser_of("alice").page("/account/password")
    found = {one.get("name"): one.get("autocomplete") for one in page.root.iter("input") if one.get("autocomplete")}
    assert found == {
        "q": "off",
        "username": "username",
        "present": "current-password",
        "password": "new-password",
        "again": "new-password",
    }


def test_another_password_keeps_tokens(browser_of, cast, given, client):
    token = given.token(cast.alice)
    browser_of("alice").submit("/account/password", present=PASSWORD, password=NEW, again=NEW)
    assert client.get("/v2/datasets", token=token).status_code == 200


# Forms come by the session alone


@pytest.mark.parametrize("path", ["/account", "/account/password", "/account/tokens", "/organizations"])
def test_a_token_authorizes_no_form(app, cast, given, path):
    token = given.token(cast.alice, scope="write")
    assert Script(app).post(path, token=token, data={"title": "x"}).status_code == 400
    stranger = Browser(app)
    shown = stranger.page("/sign-in")
    fields = {"csrf_token": fields_of(shown)["csrf_token"], "title": "x", "name": "x", "key": "lab"}
    answer = stranger.post(path, data=fields, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.page.heading) == (401, "Please sign in")


def test_a_form_is_the_session_s_whatever_token_comes_along(browser_of, cast, given, held):
    alice = browser_of("alice")
    page = alice.page("/account")
    fields = {"csrf_token": fields_of(page)["csrf_token"], "title": "Written by Alice", "email": ""}
    headers = {"Authorization": f"Bearer {given.token(cast.bob, scope='write')}"}
    assert alice.post("/account", data=fields, headers=headers).status_code == 303
    assert (held("alice").title, held("bob").title) == ("Written by Alice", None)


def test_the_command_line_may_set_any_password_that_is_long_enough(app, browser_of, held):
    alice = browser_of("alice")
    with app.app_context():
        accounts.change_password(OPERATOR, held("alice"), "qwertyuiop")
    assert alice.open("GET", "/account").status_code == 401
    assert Browser(app).sign_in("alice", "qwertyuiop").status_code == 303
