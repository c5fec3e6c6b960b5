"""Refusals under /v2: `{"error": {"type", "message"}}` and nothing else, whatever went wrong."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from catalog.access import OPERATOR
from catalog.changes.accounts import set_disabled
from catalog.db import db
from catalog.dialects.apify import refuse
from catalog.errors import Busy, Invalid, NotFound, NotPermitted, NotSignedIn, Taken, TooLarge, TooMany
from catalog.model import User
from tests.support.callers import HTML, Script
from tests.support.clock import Clock
from tests.support.given import Given, Party
from tests.support.groups import EITHER

pytestmark = EITHER

NO_TOKEN = {"error": {"type": "token-not-valid", "message": "Authentication token is not valid."}}
NO_PAGE = {
    "error": {
        "type": "page-not-found",
        "message": "We have bad news: there is no API endpoint at this URL. Did you specify it correctly?",
    }
}
BROKEN = {"error": {"type": "internal-server-error", "message": "Something went wrong in the catalog."}}


def is_envelope(answer: TestResponse, status: int, body: dict) -> bool:
    assert (answer.status_code, answer.json) == (status, body)
    assert (list(answer.json), list(answer.json["error"])) == (["error"], ["type", "message"])
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in answer.headers["Vary"]
    return True


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer catalog_0123456789012345678901234567890123456789"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic YWxpY2U6c2VjcmV0"},
        {"Authorization": "Digest username=alice"},
        {"X-API-Key": "wrong"},
        {"Accept": HTML},
    ],
)
def test_a_caller_without_a_good_token_is_told_so(client: Script, headers: dict):
    answer = client.get("/v2/datasets", headers=headers)
    assert is_envelope(answer, 401, NO_TOKEN)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert is_envelope(client.get("/v2/datasets?token=wrong", headers=headers), 401, NO_TOKEN)


def test_a_token_ends_when_it_is_revoked(client: Script, given: Given, alice: Party):
    assert is_envelope(client.get("/v2/datasets", token=given.revoked_token(alice)), 401, NO_TOKEN)


def test_a_token_ends_with_its_days(client: Script, given: Given, alice: Party, clock: Clock):
    token = given.token(alice, days=3)
    clock.tick(days=2, hours=23)
    assert client.get("/v2/datasets", token=token).status_code == 200
    clock.tick(hours=1)
    assert is_envelope(client.get("/v2/datasets", token=token), 401, NO_TOKEN)


def test_a_token_ends_with_its_account(app: Flask, client: Script, given: Given, alice: Party):
    token = given.token(alice)
    with app.app_context():
        set_disabled(OPERATOR, db.session.get_one(User, alice.id), True)
    assert is_envelope(client.get("/v2/datasets", token=token), 401, NO_TOKEN)


@pytest.mark.parametrize("path", ["/v2", "/v2/", "/v2/nothing", "/v2/datasets/", "/v2/datasets/x/y/z", "/v2/%00"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
def test_an_unknown_address_is_answered_like_any_other(client: Script, path: str, method: str):
    answer = client.open(method, path, headers={"Accept": HTML})
    if method == "HEAD":
        assert (answer.status_code, answer.data) == (404, b"")
    else:
        assert is_envelope(answer, 404, NO_PAGE)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_wrong_method_is_told_the_right_ones(client: Script, method: str):
    answer = client.open(method, "/v2/datasets?limit=x", json={"name": "trees"})
    sentence = "This API end-point can only be accessed using the following HTTP methods: OPTIONS,GET"
    assert is_envelope(answer, 405, {"error": {"type": "method-not-allowed", "message": sentence}})
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_who_asks_too_often_is_told_when_to_come_back(app_with, given: Given, alice: Party):
    script = Script(app_with(rate_limit=0.5, rate_limit_loopback=True))
    alices, bobs = given.token(alice), given.token(given.user("bob"))
    assert script.get("/v2/datasets", token=alices).status_code == 200
    answer = script.get("/v2/datasets", token=alices)
    sentence = "You have exceeded the rate limit. Please try again later."
    assert is_envelope(answer, 429, {"error": {"type": "rate-limit-exceeded", "message": sentence}})
    assert answer.headers["Retry-After"] in ("2", "3")
    assert script.get("/v2/datasets", token=bobs).status_code == 200


def test_nobody_on_this_machine_asks_too_often_unless_it_is_set_so(app_with, given: Given, alice: Party):
    script, token = Script(app_with(rate_limit=0.5)), given.token(alice)
    assert [script.get("/v2/datasets", token=token).status_code for _ in range(3)] == [200, 200, 200]


def test_a_fault_of_our_own_tells_nothing_of_itself(monkeypatch, caplog, client: Script, given: Given, alice: Party):
    def break_down(*asked: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("catalog.dialects.apify.routes.write_datasets", break_down)
    assert is_envelope(client.get("/v2/datasets", token=given.token(alice)), 500, BROKEN)
    assert "the secret of the house" in caplog.text


def test_a_database_that_is_busy_is_worth_another_try(monkeypatch, client: Script, given: Given, alice: Party):
    def be_locked(*asked: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("database is locked"))

    monkeypatch.setattr("catalog.dialects.apify.routes.write_datasets", be_locked)
    answer = client.get("/v2/datasets", token=given.token(alice))
    sentence = "The catalog is busy. Please try again in a moment."
    assert is_envelope(answer, 503, {"error": {"type": "service-unavailable", "message": sentence}})
    assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("error", "status", "type_", "message"),
    [
        (Invalid("That is no name."), 400, "invalid-input", "Invalid input: That is no name."),
        (Taken("The name is taken."), 400, "name-not-unique", "The name is taken."),
        (NotSignedIn(is_given=True), 401, "token-not-valid", "Authentication token is not valid."),
        (NotPermitted("Not here."), 403, "permission-denied", "You do not have permission to perform this action."),
        (NotFound("There is no such dataset."), 404, "record-not-found", "The requested resource was not found."),
        (
            TooLarge(),
            413,
            "request-too-large",
            "The POST payload is too large (limit: 16000000 bytes, actual length: 12 bytes).",
        ),
        (
            TooMany(7),
            429,
            "rate-limit-exceeded",
            "You have exceeded the rate limit. Please try again later.",
        ),
        (Busy("Too many readers.", retry_after=5), 503, "service-unavailable", "Too many readers."),
    ],
)
def test_every_refusal_has_a_type_and_a_sentence(app: Flask, error, status: int, type_: str, message: str):
    with app.test_request_context("/v2/datasets", method="POST", data=b"x" * 12):
        answer = refuse(error)
    assert (answer.status_code, answer.json) == (status, {"error": {"type": type_, "message": message}})
    assert answer.headers.get("Retry-After") == {429: "7", 503: "5"}.get(status)


def test_a_body_of_unknown_length_may_be_too_large_as_well(app: Flask):
    with app.test_request_context("/v2/datasets", method="POST"):
        message = refuse(TooLarge()).json["error"]["message"]
    assert message == "The POST payload is too large (limit: 16000000 bytes, actual length: unknown)."
