"""The sign-in: who gets a session, where it leads, how it begins and what ends it."""

import pytest

from catalog.access import OPERATOR
from catalog.changes import accounts
from catalog.db import db
from catalog.model import User
from tests.support.callers import Browser
from tests.support.given import PASSWORD
from tests.support.groups import EITHER
from tests.support.pages import text_of

pytestmark = EITHER

WRONG = "The name or the password is not right"


@pytest.fixture
def user_of(app, cast):
    """The account of a person of the cast, to change it."""

    def change(handle, verb, *arguments):
        with app.app_context():
            user = db.session.scalars(db.select(User).where(User.handle == handle)).one()
            verb(OPERATOR, user, *arguments)

    return change


@pytest.mark.parametrize("name", ["bob", "BOB", " bob ", "bob@example.org", "Bob@Example.ORG"])
def test_name_or_e_mail_and_password_begin_a_session(browser, cast, name):
    answer = browser.sign_in(name, PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert browser.page("/").link("bob") == "/users/bob"


def test_the_form_can_be_filled_by_a_password_manager(browser, cast):
    fields = {field.get("name"): field for field in browser.page("/sign-in").root.iter("input")}
    assert fields["name"].get("autocomplete") == "username"
    assert (fields["password"].get("type"), fields["password"].get("autocomplete")) == ("password", "current-password")


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("alice", "wrong"),
        ("nobody", PASSWORD),
        ("alice", PASSWORD.upper()),
        ("al\0ice", "x"),
        ("%", PASSWORD),
        ("dis", PASSWORD),
    ],
)
def test_every_refusal_says_the_same(browser, given, user_of, name, password):
    given.user("dis", password=PASSWORD)
    user_of("dis", accounts.set_disabled, True)
    answer = browser.submit("/sign-in", name=name, password=password)
    page = answer.page
    assert (answer.status_code, page.title, page.heading) == (422, "Error: Sign in", "Sign in")
    assert [text_of(item) for item in page.find("div", "error_summary", then="li")] == [WRONG]
    assert page.link(WRONG) == "#name"
    assert browser.page("/").link("Sign in") == "/sign-in"
    field = next(one for one in page.root.iter("input") if one.get("name") == "name")
    assert (field.get("aria-invalid"), field.get("aria-describedby")) == ("true", "name-error")
    password_field = next(one for one in page.root.iter("input") if one.get("name") == "password")
    assert not password_field.get("value")


def test_a_user_without_a_password_cannot_sign_in(browser, given):
    given.user("machine")
    assert browser.submit("/sign-in", name="machine", password="nobody").status_code == 422


def test_what_is_missing_is_said_field_by_field(browser, cast):
    page = browser.submit("/sign-in", name="", password="").page
    summary = {text_of(link): link.get("href") for link in page.find("a", "error_summary__link")}
    assert summary == {"Enter your name or e-mail address": "#name", "Enter your password": "#password"}
    assert page.texts("p", "field__error") == [f"Error: {words}" for words in summary]
    kept = browser.submit("/sign-in", name="alice", password="").page
    assert next(one for one in kept.root.iter("input") if one.get("name") == "name").get("value") == "alice"


@pytest.mark.parametrize("field", ["name", "password"])
def test_a_field_that_is_too_long_is_refused(browser, cast, field):
    sent = {"name": "alice", "password": PASSWORD} | {field: "x" * 2000}
    assert browser.submit("/sign-in", **sent).status_code == 422


# Where it leads


@pytest.mark.parametrize(
    "path",
    ["/datasets", "/datasets?q=a&tag=b&tag=c", "/users/bob", "/datasets/stra%C3%9Fe?x=%26", "/a:b", "/?next=//evil"],
)
def test_leads_back_to_where_the_reader_was(browser, cast, path):
    page = browser.page("/sign-in", query_string={"next": path})
    assert page.texts("p", "column__lead") == [f"You will come back to {path}."]
    kept = next(one for one in page.root.iter("input") if one.get("name") == "next").get("value")
    answer = browser.submit("/sign-in", name="bob", password=PASSWORD, next=kept)
    assert (answer.status_code, answer.headers["Location"]) == (303, path)


@pytest.mark.parametrize(
    "elsewhere",
    [
        *(
            "//evil.example",
            "///evil.example",
            "////evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "\\/evil.example",
        ),
        *(
            "https://evil.example",
            "http:evil.example",
            "https:/evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
        ),
        *(
            "/\t/evil.example",
            "/\n/evil.example",
            "\t//evil.example",
            " //evil.example",
            "/\r\nSet-Cookie: a=b",
            "/\0/x",
        ),
        *("http://localhost/datasets", "//localhost/datasets", "evil.example", "datasets", "?q=x", "#main", "", " "),
        *("/sign-in", "/sign-in?next=/datasets", "/sign-out", "/\u202e", "/x\\y"),
    ],
)
def test_leads_nowhere_else(browser, cast, elsewhere):
    assert browser.page("/sign-in", query_string={"next": elsewhere}).texts("p", "column__lead") == []
    answer = browser.submit("/sign-in", name="bob", password=PASSWORD, next=elsewhere)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    again = browser.get("/sign-in", query_string={"next": elsewhere})
    assert (again.status_code, again.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("sent", ["/%2f%2fevil.example", "/%2fevil.example", "%2f%2fevil.example"])
def test_an_encoded_address_elsewhere_leads_nowhere_else(browser, cast, sent):
    browser.sign_in("bob", PASSWORD)
    assert browser.get(f"/sign-in?next={sent}").headers["Location"] == "/"


def test_who_is_signed_in_goes_on_at_once(browser, cast):
    browser.sign_in("bob", PASSWORD)
    answer = browser.get("/sign-in?next=/datasets%3Fq%3Dx")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/datasets?q=x")


@pytest.mark.parametrize("path", ["/datasets?q=rain&page=2", "/organizations", "/nowhere/at/all", "/datasets/hidden"])
def test_every_page_leads_to_the_sign_in_and_back(browser, cast, path):
    answer = browser.get(path)
    assert browser.page(answer.page.link("Sign in")).texts("p", "column__lead") == [f"You will come back to {path}."]


# The session


def test_the_cookie_is_for_this_site_alone(browser, cast):
    cookie = browser.sign_in("bob", PASSWORD).headers["Set-Cookie"]
    assert cookie.startswith("catalog_session=")
    assert {part.strip() for part in cookie.split(";")[1:]} >= {"HttpOnly", "SameSite=Lax", "Path=/"}
    assert "Secure" not in cookie
    assert "Expires=" in cookie


def test_the_cookie_is_secure_where_readers_come_by_https(app_with, cast):
    app = app_with(public_url="https://catalog.example")
    browser = Browser(app)
    base = {"base_url": "https://catalog.example", "headers": {"Referer": "https://catalog.example/sign-in"}}
    shown = browser.page("/sign-in", base_url="https://catalog.example")
    token = next(one for one in shown.root.iter("input") if one.get("name") == "csrf_token").get("value")
    answer = browser.post("/sign-in", data={"name": "bob", "password": PASSWORD, "csrf_token": token}, **base)
    assert (answer.status_code, "Secure" in answer.headers["Set-Cookie"]) == (303, True)


def test_visitors_are_given_no_cookie_before_they_need_one(browser, cast):
    for path in ("/", "/datasets", "/organizations", "/nowhere"):
        assert "Set-Cookie" not in browser.get(path).headers


def test_a_token_of_the_visitors_form_does_not_serve_the_user(browser, cast):
    page = browser.page("/sign-in")
    token = next(one for one in page.root.iter("input") if one.get("name") == "csrf_token").get("value")
    browser.post("/sign-in", data={"name": "bob", "password": PASSWORD, "csrf_token": token})
    assert browser.post("/sign-out", data={"csrf_token": token}).status_code == 400
    assert "/users/bob" in browser.page("/").links()


def test_the_session_ends_when_its_version_moves_on(browser, cast, user_of):
    browser.sign_in("bob", PASSWORD)
    user_of("bob", accounts.change_password, "another long password")
    assert "/users/bob" not in browser.page("/").links()
    assert browser.sign_in("bob", "another long password").status_code == 303


def test_the_session_ends_when_the_account_is_disabled(browser, cast, user_of):
    browser.sign_in("bob", PASSWORD)
    user_of("bob", accounts.set_disabled, True)
    assert "/users/bob" not in browser.page("/").links()
    user_of("bob", accounts.set_disabled, False)


@pytest.mark.parametrize("cookie", ["", "x", "eyJhIjoxfQ.aaaa.bbbb", "." * 50, "%00", "a" * 3000])
def test_a_broken_cookie_is_a_visitors(browser, cast, cookie):
    browser.set_cookie(cookie)
    assert browser.page("/datasets").link("Sign in")


def test_a_cookie_signed_by_another_key_is_a_visitors(app_with, browser, cast):
    stranger = Browser(app_with(secret_key="another-key-0123456789"))
    stranger.sign_in("bob", PASSWORD)
    browser.set_cookie(stranger.cookie())
    assert "/users/bob" not in browser.page("/").links()


# A catalog that is closed to visitors


@pytest.mark.parametrize("path", ["/", "/datasets?q=a", "/datasets/trees", "/assets", "/organizations", "/users/bob"])
def test_a_closed_catalog_leads_visitors_to_the_sign_in(app_with, given, cast, path):
    given.dataset("trees", owner=cast.bob, visibility="public")
    visitor = Browser(app_with(public_access=False))
    answer = visitor.get(path)
    assert answer.status_code == 303
    page = visitor.page(answer.headers["Location"])
    assert page.texts("p", "column__lead") == ([] if path == "/" else [f"You will come back to {path}."])
    assert "This catalogue as JSON" not in page.links().values()
    assert page.texts("p", "column__foot") == []


def test_a_closed_catalog_is_open_to_the_signed_in(app_with, given, cast):
    given.dataset("trees", owner=cast.bob, visibility="public")
    browser = Browser(app_with(public_access=False))
    browser.sign_in("carol", PASSWORD)
    assert browser.page("/datasets").marked("data-slug") == ["trees"]


def test_a_closed_catalog_does_not_tell_what_exists(app_with, given, cast):
    given.dataset("trees", owner=cast.bob, visibility="public")
    visitor = Browser(app_with(public_access=False))
    assert [visitor.get(f"/datasets/{slug}").status_code for slug in ("trees", "nothing")] == [303, 303]
