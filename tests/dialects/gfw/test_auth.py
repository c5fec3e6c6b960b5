"""Credentials in the GFW dialect: /auth/token and /auth/apikey."""

from datetime import timedelta

import pytest
from flask import Flask

from catalog.access import OPERATOR
from catalog.changes import accounts
from catalog.db import db
from catalog.model import Token, TokenKind, User
from tests.dialects.gfw.reading import faults
from tests.support.callers import Browser, Script
from tests.support.clock import Clock
from tests.support.given import PASSWORD, Given, Party
from tests.support.groups import EITHER

pytestmark = EITHER

WANTED = {"alias": "nightly", "organization": "Forest", "email": "f@example.org", "domains": ["*.example.org"]}
NEW = "blue whale under piano"
FAILED = {"status": "failed", "message": "Authentication failed", "detail": "Authentication failed"}


@pytest.fixture
def dora(given: Given, clock: Clock) -> Party:
    """Somebody with a password and a private dataset."""
    dora = given.user("dora", password=PASSWORD, email="Dora@example.org")
    given.dataset("secrets", owner=dora)
    return dora


def sign_in(client: Script, name: str = "dora", password: str = PASSWORD):
    """What comes when somebody asks for a token."""
    return client.post("/auth/token", data={"username": name, "password": password})


def kept(app: Flask, kind: TokenKind) -> list[Token]:
    """The tokens of a kind, oldest first."""
    with app.app_context():
        return db.session.scalars(db.select(Token).filter_by(kind=kind).order_by(Token.id)).all()


# Tokens


@pytest.mark.parametrize("name", ["dora", "DORA", "dora@example.org", " Dora@Example.org "])
def test_a_password_gives_a_token_for_a_day(client: Script, dora, clock: Clock, name: str):
    answer = sign_in(client, name)
    assert answer.status_code == 200
    secret = answer.json["data"]["access_token"]
    assert answer.json == {"data": {"access_token": secret, "token_type": "bearer"}, "status": "success"}
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get("/dataset/secrets", token=secret).status_code == 200
    clock.tick(hours=23, minutes=59)
    assert client.get("/dataset/secrets", token=secret).status_code == 200
    clock.tick(minutes=1)
    assert client.get("/dataset/secrets", token=secret).status_code == 401


def test_it_may_write_and_never_administer(client: Script, given: Given, app: Flask):
    given.user("root", password=PASSWORD, is_admin=True)
    sign_in(client, "root")
    assert [token.scope for token in kept(app, TokenKind.SESSION)] == ["write"]


def test_a_new_one_ends_no_other_and_removes_those_that_ran_out(client: Script, app: Flask, dora, clock: Clock):
    first = sign_in(client).json["data"]["access_token"]
    clock.tick(hours=12)
    second = sign_in(client).json["data"]["access_token"]
    for secret in (first, second):
        assert client.get("/dataset/secrets", token=secret).status_code == 200
    clock.tick(hours=13)
    sign_in(client)
    assert len(kept(app, TokenKind.SESSION)) == 2
    assert client.get("/dataset/secrets", token=second).status_code == 200


@pytest.mark.parametrize("by_form", [True, False])
def test_it_ends_with_the_password_it_was_given_for(client: Script, browser: Browser, app, given, dora, by_form):
    gone, personal = sign_in(client).json["data"]["access_token"], given.token(dora)
    key = client.post("/auth/apikey", token=gone, json=WANTED).json["data"]["api_key"]
    given.user("eve", password=PASSWORD)
    eves = sign_in(client, "eve").json["data"]["access_token"]
    if by_form:
        browser.sign_in("dora", PASSWORD)
        answer = browser.submit("/account/password", present=PASSWORD, password=NEW, again=NEW)
        assert answer.status_code == 303
    else:
        with app.app_context():
            accounts.change_password(OPERATOR, db.session.get_one(User, dora.id), NEW)
    statuses = [client.get("/dataset/secrets", token=one).status_code for one in (gone, personal, key, eves)]
    assert statuses == [401, 200, 200, 404]
    fresh = sign_in(client, password=NEW).json["data"]["access_token"]
    assert client.get("/dataset/secrets", token=fresh).status_code == 200


@pytest.mark.parametrize(
    ("name", "password"), [("dora", "wrong horse battery"), ("nobody", PASSWORD), ("closed", PASSWORD), ("d\0ra", "\0")]
)
def test_who_fails_is_told_the_same_whatever_was_wrong(client: Script, given: Given, dora, name, password):
    given.disable(given.user("closed", password=PASSWORD))
    answer = sign_in(client, name, password)
    assert (answer.status_code, answer.json) == (401, FAILED)


@pytest.mark.parametrize(
    ("form", "missing"),
    [
        ({}, ["username", "password"]),
        ({"username": "dora"}, ["password"]),
        ({"username": "", "password": "x"}, ["username"]),
    ],
)
def test_what_is_missing_is_named(client: Script, form, missing):
    wanted = [{"loc": ["body", name], "msg": "field required", "type": "value_error.missing"} for name in missing]
    assert faults(client.post("/auth/token", data=form)) == wanted
    assert faults(client.post("/auth/token", json={"username": "dora", "password": PASSWORD}))[0]["loc"][0] == "body"


def test_wrong_passwords_are_made_to_wait(app_with, dora):
    client = Script(app_with(sign_in_attempts=2))
    for _ in range(3):
        assert sign_in(client, password="wrong horse battery").status_code == 401
    answer = sign_in(client)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    sentence = "Too many wrong passwords. Please try again later."
    assert answer.json == {"status": "failed", "message": sentence, "detail": sentence}


def test_a_wrong_token_does_not_stand_in_the_way(client: Script, dora):
    answer = client.post("/auth/token", token="wrong", data={"username": "dora", "password": PASSWORD})
    assert answer.status_code == 200


# API keys


@pytest.fixture
def token(client: Script, dora) -> str:
    """A token that Dora got for her password."""
    return sign_in(client).json["data"]["access_token"]


def make(client: Script, token: str, **other):
    """What comes when somebody asks for a key."""
    return client.post("/auth/apikey", token=token, json=WANTED | other)


def test_a_key_is_shown_once_and_works_for_a_year(client: Script, token, dora, clock: Clock):
    answer = make(client, token)
    secret = answer.json["data"]["api_key"]
    record = {
        "created_on": f"{clock.moment:%Y-%m-%dT%H:%M:%SZ}",
        "updated_on": f"{clock.moment:%Y-%m-%dT%H:%M:%SZ}",
        "alias": "nightly",
        "user_id": dora.public_id,
        "api_key": secret,
        "organization": "Forest",
        "email": "f@example.org",
        "domains": ["*.example.org"],
        "expires_on": f"{clock.moment + timedelta(days=365):%Y-%m-%dT%H:%M:%SZ}",
    }
    assert (answer.status_code, answer.json) == (201, {"data": record, "status": "success"})
    shown = record | {"api_key": secret[:14]}
    listed = client.get("/auth/apikeys", token=token)
    assert listed.json == {"data": [shown], "status": "success"}
    for called in (secret, secret[:14]):
        one = client.get(f"/auth/apikey/{called}", token=token)
        assert (one.status_code, one.json) == (200, {"data": shown, "status": "success"})
        assert one.headers["Cache-Control"] == listed.headers["Cache-Control"] == "private, no-store"
    for path, headers in ((f"/dataset/secrets?x-api-key={secret}", {}), ("/dataset/secrets", {"x-api-key": secret})):
        assert client.get(path, headers=headers).status_code == 200
    assert client.open("PUT", "/dataset/secrets", headers={"x-api-key": secret}, json={}).status_code == 401
    clock.tick(days=366)
    assert client.get("/dataset/secrets", headers={"x-api-key": secret}).status_code == 401


def test_everybody_has_their_own(client: Script, given: Given, token, carol):
    secret = make(client, token).json["data"]["api_key"]
    stranger = given.token(carol, scope="write")
    assert client.get("/auth/apikeys", token=stranger).json["data"] == []
    sentence = "The requested API key does not exist."
    missing = {"status": "failed", "message": sentence, "detail": sentence}
    for key in (secret, secret[:14], "cat_nothing"):
        answer = client.get(f"/auth/apikey/{key}", token=stranger)
        assert (answer.status_code, answer.json) == (404, missing)
    assert client.open("DELETE", f"/auth/apikey/{secret}", token=stranger).status_code == 404
    assert client.get("/dataset/secrets", headers={"x-api-key": secret}).status_code == 200


@pytest.mark.parametrize("part", [None, 14])
def test_a_key_ends_by_its_secret_or_its_beginning(client: Script, token, part):
    secret = make(client, token).json["data"]["api_key"]
    answer = client.open("DELETE", f"/auth/apikey/{secret[:part]}", token=token)
    assert (answer.status_code, answer.json["data"]["alias"]) == (200, "nightly")
    assert client.get("/dataset/secrets", headers={"x-api-key": secret}).status_code == 401
    assert client.get("/auth/apikeys", token=token).json["data"] == []
    assert client.open("DELETE", f"/auth/apikey/{secret}", token=token).status_code == 404


def test_a_token_that_only_reads_makes_and_ends_none(client: Script, given: Given, token, dora):
    reading = given.token(dora)
    sentence = "A token that only reads makes no API key."
    assert make(client, reading).json == {"status": "failed", "message": sentence, "detail": sentence}
    secret = make(client, token).json["data"]["api_key"]
    assert client.open("DELETE", f"/auth/apikey/{secret}", token=reading).status_code == 401
    assert client.get("/dataset/secrets", headers={"x-api-key": secret}).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_has_none(client: Script, method):
    answer = client.open(method, "/auth/apikeys" if method == "GET" else "/auth/apikey", json=WANTED)
    assert (answer.status_code, answer.json["message"]) == (401, "Not authenticated")


@pytest.mark.parametrize(
    ("sent", "loc", "kind"),
    [
        ({**WANTED, "x": 1}, ["body", "x"], "value_error.extra"),
        ({key: WANTED[key] for key in ("alias", "organization", "email")}, ["body", "domains"], "value_error.missing"),
        ({**WANTED, "alias": 5}, ["body", "alias"], "type_error.str"),
        ({**WANTED, "alias": ""}, ["body", "alias"], "value_error.any_str.min_length"),
        ({**WANTED, "alias": "x" * 101}, ["body", "alias"], "value_error.any_str.max_length"),
        ({**WANTED, "email": "no address"}, ["body", "email"], "value_error.str.regex"),
        ({**WANTED, "domains": "x.org"}, ["body", "domains"], "type_error.list"),
        ({**WANTED, "domains": ["https://x.org/"]}, ["body", "domains", 0], "value_error.str.regex"),
        ({**WANTED, "domains": ["x.org"] * 101}, ["body", "domains"], "value_error.list.max_items"),
        ([], ["body"], "type_error.dict"),
    ],
)
def test_a_body_that_cannot_be_used_says_what_is_wrong(client: Script, token, sent, loc, kind):
    fault = faults(client.post("/auth/apikey", token=token, json=sent))[0]
    assert (fault["loc"], fault["type"]) == (loc, kind)


@pytest.mark.parametrize(
    "sent", [b"", b"{", b'{"alias": 1,}', b"\xff", b"[" * 100_000, b"1" * 5000, b'{"alias": "\\ud800"}']
)
def test_a_body_that_is_no_json_is_refused(client: Script, token, sent):
    assert faults(client.post("/auth/apikey", token=token, data=sent))[0]["loc"][0] == "body"


def test_texts_that_no_database_takes_are_tidied(client: Script, token):
    answer = make(client, token, alias="a\0b", organization="c\0d")
    assert (answer.status_code, answer.json["data"]["alias"], answer.json["data"]["organization"]) == (201, "ab", "cd")


@pytest.mark.parametrize(
    ("query", "is_valid"),
    [
        ("?origin=https://maps.example.org", True),
        ("?origin=https://MAPS.example.org", True),
        ("?referrer=https://maps.example.org/page?x=1", True),
        ("?origin=maps.example.org", True),
        ("?origin=https://example.net", False),
        ("?origin=https://maps.example.org.evil.net", False),
        ("?origin=http://[", False),
        ("", False),
    ],
)
def test_a_key_is_valid_from_its_domains(client: Script, token, query, is_valid):
    secret = make(client, token).json["data"]["api_key"]
    answer = client.get(f"/auth/apikey/{secret}/validate{query}")
    assert (answer.status_code, answer.json) == (200, {"data": {"is_valid": is_valid}, "status": "success"})


def test_a_key_without_domains_is_valid_from_everywhere(client: Script, token):
    secret = make(client, token, domains=[]).json["data"]["api_key"]
    assert client.get(f"/auth/apikey/{secret}/validate").json["data"] == {"is_valid": True}
    for other in (secret[:14], token, "x"):
        assert client.get(f"/auth/apikey/{other}/validate").json["data"] == {"is_valid": False}
    client.open("DELETE", f"/auth/apikey/{secret}", token=token)
    assert client.get(f"/auth/apikey/{secret}/validate").json["data"] == {"is_valid": False}
