"""A form that another site sends on behalf of somebody signed in changes nothing."""

import re

import pytest

from catalog.db import db
from catalog.model import Change
from tests.attacks.conftest import writing_addresses
from tests.support.callers import HTML, Browser
from tests.support.given import PASSWORD

FIELDS = {"name": "bob", "password": PASSWORD, "handle": "bob", "role": "editor", "visibility": "public", "title": "x"}


# What no token would change: where one signs in, what is not served, and the latest version, which nobody writes.
REFUSED_OTHERWISE = {
    r"/auth/token": 422,
    r"/dataset/trees/latest(/trees)?": 400,
    r"/dataset/trees/trees/(query|download|features)(/trees)?": 501,
    r"/(analysis|geostore|job|land|political|task)(/trees)?|/auth/sign-up": 501,
}


def token_of(browser: Browser) -> str:
    """The token that `browser` is shown."""
    page = browser.page("/")
    return next(one for one in page.root.iter("input") if one.get("name") == "csrf_token").get("value")


def refusal_of(path: str) -> int:
    """How a write to `path` of a dialect is refused to whoever shows no token."""
    return next((status for form, status in REFUSED_OTHERWISE.items() if re.fullmatch(form, path)), 401)


def written(app) -> int:
    """How many changes the journal holds."""
    with app.app_context():
        return db.session.scalar(db.select(db.func.count()).select_from(Change))


@pytest.mark.parametrize("sent", ["none", "empty", "forged", "of another session", "in the address", "as a header"])
def test_every_form_refuses_a_post_without_its_own_token(app, given, alice, sent):
    given.user("bob", password=PASSWORD)
    bob = Browser(app)
    bob.sign_in("bob", PASSWORD)
    tokens = {"empty": "", "forged": "IjEi.x.y", "of another session": token_of(bob)}
    fields = FIELDS | ({"csrf_token": tokens[sent]} if sent in tokens else {})
    query = {"csrf_token": token_of(alice)} if sent == "in the address" else {}
    headers = {"Accept": HTML, **({"X-CSRFToken": "x"} if sent == "as a header" else {})}
    before = written(app)
    addresses = list(writing_addresses(app, of_dialects=False))
    assert ("POST", "/sign-out") in addresses
    for method, path in addresses:
        answer = alice.open(method, path, data=fields, query_string=query, headers=headers)
        assert answer.status_code == 400, f"{method} {path}"
    assert written(app) == before
    assert alice.page("/").link("alice") == "/users/alice"


def test_a_dialect_takes_no_cookie_for_a_write(app, given, alice):
    before = written(app)
    for method, path in writing_addresses(app, of_dialects=True):
        answer = alice.open(method, path, json={"name": "stolen"}, headers={"Accept": "application/json"})
        assert answer.status_code == refusal_of(path), f"{method} {path}"
    for path in ("/v2/datasets", "/api/v1/org/alice/datasets", "/datasets", "/assets", "/dataset/trees"):
        assert alice.open("POST", path, json={"name": "stolen"}).status_code == 405, path
    assert written(app) == before
