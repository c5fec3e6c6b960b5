"""Error pages: each says what happened and has a way out."""

import pytest

from catalog.errors import (
    Broken,
    Busy,
    Invalid,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Taken,
    TooLarge,
    TooMany,
    WrongMethod,
)
from tests.support.callers import HTML, Browser
from tests.support.curating import fields_of
from tests.support.given import PASSWORD
from tests.support.groups import EITHER
from tests.support.pages import check, without_tokens

pytestmark = EITHER


def test_an_unknown_address_has_ways_out(browser, cast):
    answer = browser.get("/tree-cover_loss")
    page = answer.page
    assert (answer.status_code, page.heading) == (404, "Not found, or not shared with you")
    assert page.link("Search for “tree cover loss”") == "/datasets?q=tree+cover+loss"
    assert page.link("Browse all datasets") == "/datasets"
    assert page.link("Sign in") == "/sign-in?next=/tree-cover_loss"
    assert page.texts("p", "error__foot") == ["Not signed in."]


@pytest.mark.parametrize("path", ["/nowhere", "/datasets/nowhere", "/assets/nowhere"])
def test_error_pages_know_who_looks_at_them(browser_of, path):
    page = browser_of("alice").get(path).page
    assert page.texts("p", "error__foot") == ["Signed in as alice."]
    assert page.link("Alice Almeida") == "/users/alice"
    assert "Sign in" not in page.links().values()


def test_what_is_private_and_what_is_not_there_look_the_same(browser_of, given, cast):
    given.dataset("seeds", owner=cast.alice)
    for who in (None, "carol"):
        reader = browser_of(who)
        private, unknown = (reader.get(f"/datasets/{slug}") for slug in ("seeds", "roots"))
        assert (private.status_code, unknown.status_code) == (404, 404)
        assert without_tokens(private).replace("seeds", "roots") == without_tokens(unknown)


def test_an_address_is_echoed_without_harm(browser, cast):
    page = browser.get("/<script>alert(1)</script>%0d%0a%00\u202e").page
    assert page.texts("p", "error__given") == ["/<script>alert(1)</script>"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/", "GET, HEAD, OPTIONS"),
        ("DELETE", "/datasets/trees", "GET, HEAD, OPTIONS"),
        ("PUT", "/sign-in", None),
    ],
)
def test_a_wrong_method_is_answered_with_a_page(browser, method, path, allowed):
    answer = browser.open(method, path, headers={"Accept": HTML})
    assert (answer.status_code, check(answer).heading) == (405, "This address does not take that")
    assert allowed is None or answer.headers["Allow"] == allowed


@pytest.fixture
def failing(app, monkeypatch):
    """Makes the page of organizations fail in a given way."""

    def fail(error):
        def view(*args, **kwargs):
            raise error

        monkeypatch.setattr("catalog.pages.organizations.list_organizations", view)

    return fail


@pytest.mark.parametrize(
    ("error", "status", "heading", "retry_after"),
    [
        (Invalid("x"), 400, "The request could not be read", None),
        (NotSignedIn(is_given=True), 401, "Please sign in", None),
        (NotPermitted(), 403, "Not permitted", None),
        (NotFound("x"), 404, "Not found, or not shared with you", None),
        (WrongMethod(["GET"]), 405, "This address does not take that", None),
        (Taken(), 409, "The name is taken", None),
        (TooLarge(), 413, "Too much at once", None),
        (TooMany(90), 429, "Too many requests", "90"),
        (Broken(), 500, "Something went wrong here", None),
        (Busy(retry_after=5), 503, "Busy at the moment", "5"),
        (RuntimeError("secret words"), 500, "Something went wrong here", None),
    ],
)
def test_every_refusal_has_its_page(browser, failing, error, status, heading, retry_after):
    failing(error)
    answer = browser.get("/organizations")
    assert (answer.status_code, answer.page.heading, answer.headers.get("Retry-After")) == (
        status,
        heading,
        retry_after,
    )
    assert "/datasets" in answer.page.links()
    assert "secret words" not in answer.text
    if retry_after:
        assert f"Please come back in {retry_after} seconds." in answer.page.texts("p", "error__sentence")[0]


def test_a_wrong_token_is_refused_on_pages_too(browser, given, cast):
    given.dataset("trees", owner=cast.alice, visibility="public")
    for path in ("/", "/datasets", "/datasets/trees", "/users/alice"):
        assert browser.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_a_token_opens_pages_and_beats_a_cookie(browser_of, given, cast):
    given.dataset("seeds", owner=cast.carol)
    alice = browser_of("alice")
    token = {"Authorization": f"Bearer {given.token(cast.carol)}"}
    assert alice.page("/datasets", headers=token).marked("data-slug") == ["seeds"]
    assert alice.page("/datasets").marked("data-slug") == []


def test_a_body_that_is_too_large_is_refused(app_with, cast):
    browser = Browser(app_with(body_limit=1000))
    answer = browser.post("/sign-in", data={"name": "x" * 5000})
    assert (answer.status_code, answer.page.heading) == (413, "Too much at once")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "catalog.example:1"]
)
def test_a_forged_host_is_refused(client, cast, host):
    for path in ("/", "/datasets", "/nowhere", "/sign-in"):
        answer = client.get(path, headers={"Host": host, "Accept": HTML})
        assert (answer.status_code, answer.mimetype) == (400, "text/html")
        assert "Location" not in answer.headers
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "does not answer to that host name" in answer.text
    assert client.post("/sign-in", headers={"Host": host, "Accept": HTML}).status_code == 400


@pytest.mark.parametrize(
    ("host", "settings"),
    [
        ("localhost", {}),
        ("localhost:8000", {}),
        ("127.0.0.1:5001", {}),
        ("[::1]:8000", {}),
        ("catalog.example", {"public_url": "https://catalog.example/data"}),
        ("data.example", {"trusted_hosts": "data.example"}),
        ("a.data.example", {"trusted_hosts": "x.example,.data.example"}),
    ],
)
def test_known_hosts_are_answered(app_with, cast, host, settings):
    answer = app_with(**settings).test_client().get("/datasets", headers={"Host": host, "Accept": HTML})
    assert answer.status_code == 200


def test_a_user_page_asked_for_its_head_leads_to_the_sign_in_too(client, cast):
    assert client.head("/users/alice", headers={"Accept": HTML}).status_code == 303


def test_scripts_are_not_answered_with_pages(client, cast):
    assert client.get("/nowhere").mimetype == "application/json"
    assert client.get("/users/alice").status_code in (303, 401)


def test_signing_in_leads_back_from_a_page_that_was_not_found(browser, given, cast):
    given.dataset("hidden", owner=cast.alice)
    page = browser.get("/datasets/hidden").page
    assert browser.page(page.link("Sign in")).texts("p", "column__lead") == ["You will come back to /datasets/hidden."]
    answer = browser.submit("/sign-in", name="alice", password=PASSWORD, next="/datasets/hidden")
    assert browser.page(answer.headers["Location"]).heading == "hidden"


def test_a_form_sent_after_its_session_ended_says_where_what_was_typed_is(app, browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, title="Trees")
    path = "/datasets/trees/edit"
    alice, elsewhere = browser_of("alice"), browser_of("alice")
    mine = fields_of(alice.page(path), "edit") | {"title": "Mine"}
    elsewhere.submit("/account/sessions", "/account/sessions/end-others")
    answer = alice.post(path, data=mine)
    assert (answer.status_code, answer.page.heading) == (401, "Please sign in")
    assert "What you typed is still in your browser: go back one page and copy it" in answer.get_data(as_text=True)
    assert answer.page.links()["/sign-in?next=/datasets/trees/edit"] == "Sign in"
    role = alice.post("/datasets/trees/shares/bob/role", data=mine)
    assert (role.status_code, "/sign-in" in role.page.links()) == (401, True)
    forgotten = Browser(app).post(path, data=mine)
    assert forgotten.status_code == 400
    assert "What you typed is still in your browser: go back one page, copy it" in forgotten.get_data(as_text=True)
    assert "/sign-in?next=/datasets/trees/edit" in forgotten.page.links()
