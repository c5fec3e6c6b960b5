"""Refusals under /api/v1: `{"code", "detail", "type"}`, and `errors` where values are at fault, whatever went wrong."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from catalog.access import OPERATOR
from catalog.changes.accounts import set_disabled
from catalog.db import db
from catalog.dialects.org import refuse
from catalog.errors import Busy, Fault, Invalid, NotFound, NotPermitted, NotSignedIn, Taken, TooLarge, TooMany
from catalog.model import User
from tests.support.callers import HTML, Script
from tests.support.clock import Clock
from tests.support.given import Given, Party
from tests.support.groups import EITHER

pytestmark = EITHER

LIST = "/api/v1/org/acme/datasets"
NOT_AUTHENTICATED = {"code": 401, "detail": "Authentication failed", "type": "authentication_error"}
NO_ADDRESS = {"code": 404, "detail": "There is nothing at this address.", "type": "not_found_error"}


def is_envelope(answer: TestResponse, body: dict) -> bool:
    assert (answer.status_code, answer.json) == (body["code"], body)
    assert list(answer.json) == list(body)
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in answer.headers["Vary"]
    return True


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-API-Key": "dn_key_of_another_platform"},
        {"X-API-Key": "catalog_0123456789012345678901234567890123456789"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic ******"},
        {"Authorization": "Basic YWxpY2U6c2VjcmV0"},
        {"Authorization": "Negotiate x"},
        {"Accept": HTML},
    ],
)
@pytest.mark.usefixtures("acme")
def test_a_caller_without_a_good_token_is_told_so(client: Script, headers: dict):
    answer = client.get(LIST, headers=headers)
    assert is_envelope(answer, NOT_AUTHENTICATED)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_ends_by_revocation_by_time_and_with_its_account(app: Flask, client, given, alice, acme, clock: Clock):
    lasting, short = given.token(alice), given.token(alice, days=1)
    assert [client.get(LIST, token=token).status_code for token in (lasting, short)] == [200, 200]
    assert is_envelope(client.get(LIST, token=given.revoked_token(alice)), NOT_AUTHENTICATED)
    clock.tick(days=1)
    assert is_envelope(client.get(LIST, token=short), NOT_AUTHENTICATED)
    with app.app_context():
        set_disabled(OPERATOR, db.session.get_one(User, alice.id), True)
    assert is_envelope(client.get(LIST, token=lasting), NOT_AUTHENTICATED)


@pytest.mark.usefixtures("acme")
def test_a_stranger_is_told_that_they_are_no_member(client: Script, given: Given):
    answer = client.get(LIST, token=given.token(given.user("carol")))
    detail = "You are not a member of “acme”."
    assert is_envelope(answer, {"code": 403, "detail": detail, "type": "authorization_error"})


@pytest.mark.parametrize(("org", "shown"), [("nobody", "nobody"), ("Acme", "Acme"), ("%F0%9F%8C%B3", "🌳")])
def test_an_unknown_organization_is_not_found(client: Script, given: Given, alice: Party, org: str, shown: str):
    answer = client.get(f"/api/v1/org/{org}/datasets", token=given.token(alice))
    detail = f"There is no organization “{shown}”."
    assert is_envelope(answer, {"code": 404, "detail": detail, "type": "not_found_error"})


@pytest.mark.parametrize(
    "path", ["/api/v1", "/api/v1/", "/api/v1/org", "/api/v1/org/acme/nothing", "/api/v1/org/a%00b/datasets", f"{LIST}/"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_address_is_answered_like_any_other(client: Script, path: str, method: str):
    assert is_envelope(client.open(method, path, headers={"Accept": HTML}), NO_ADDRESS)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_wrong_method_is_told_the_right_ones(client: Script, method: str):
    answer = client.open(method, f"{LIST}?page=x")
    detail = "This address does not take that method."
    assert is_envelope(answer, {"code": 405, "detail": detail, "type": "app_error"})
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_who_asks_too_often_is_told_when_to_come_back(app_with, given: Given, alice: Party, acme: Party):
    script, token = Script(app_with(rate_limit=0.5, rate_limit_loopback=True)), given.token(alice)
    assert script.get(LIST, token=token).status_code == 200
    answer = script.get(LIST, token=token)
    detail = "You have exceeded the rate limit. Please try again later."
    assert is_envelope(answer, {"code": 429, "detail": detail, "type": "rate_limit_error"})
    assert answer.headers["Retry-After"] in ("2", "3")


@pytest.mark.parametrize(
    ("fault", "code", "detail"),
    [
        (RuntimeError("the secret of the house"), 500, "Something went wrong in the catalog."),
        (OperationalError("", {}, Exception("locked")), 503, "The catalog is busy. Please try again in a moment."),
    ],
)
def test_a_fault_of_our_own_tells_nothing_of_itself(monkeypatch, client, given, alice, acme, fault, code, detail):
    def break_down(*asked: object, **more: object) -> None:
        raise fault

    monkeypatch.setattr("catalog.dialects.org.routes.write_versions", break_down)
    answer = client.get(LIST, token=given.token(alice))
    assert is_envelope(answer, {"code": code, "detail": detail, "type": "app_error"})
    assert answer.headers.get("Retry-After") == (None if code == 500 else "1")


@pytest.mark.parametrize(
    ("error", "code", "detail", "type_"),
    [
        (Invalid("That is no name."), 400, "That is no name.", "app_error"),
        (NotSignedIn(is_given=True), 401, "Authentication failed", "authentication_error"),
        (NotPermitted("Not here."), 403, "Not here.", "authorization_error"),
        (NotFound("There is no such dataset."), 404, "There is no such dataset.", "not_found_error"),
        (Taken("The name is taken."), 409, "The name is taken.", "already_exists_error"),
        (TooLarge(), 413, "The request is too large.", "app_error"),
        (TooMany(7), 429, "You have exceeded the rate limit. Please try again later.", "rate_limit_error"),
        (Busy("Too many readers.", retry_after=5), 503, "Too many readers.", "app_error"),
    ],
)
def test_every_refusal_has_a_code_a_sentence_and_a_type(app: Flask, error, code: int, detail: str, type_: str):
    with app.test_request_context(LIST):
        answer = refuse(error)
    assert (answer.status_code, answer.json) == (code, {"code": code, "detail": detail, "type": type_})
    assert "credit" not in answer.json["detail"]  # by that word the client takes an answer for another one
    assert answer.headers.get("Retry-After") == {429: "7", 503: "5"}.get(code)


def test_faults_are_named_where_they_are(app: Flask):
    faults = [Fault(("body", "versions", 0, "label"), "Too long", "string_too_long"), Fault(("query", "q"), "No", "no")]
    with app.test_request_context(LIST):
        answer = refuse(Invalid(faults=faults))
    assert answer.json == {
        "code": 422,
        "detail": "label: Too long; q: No",
        "type": "validation_error",
        "errors": [
            {"loc": ["body", "versions", 0, "label"], "msg": "Too long", "type": "string_too_long"},
            {"loc": ["query", "q"], "msg": "No", "type": "no"},
        ],
    }
