"""Refusals of the GFW dialect: `status`, `message` and `detail`, whatever went wrong and wherever."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from catalog.access import OPERATOR
from catalog.changes.accounts import set_disabled
from catalog.db import db
from catalog.dialects.gfw import refuse
from catalog.errors import (
    Broken,
    Busy,
    Fault,
    Invalid,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Taken,
    TooLarge,
    TooMany,
)
from catalog.model import User
from tests.support.callers import HTML, Script
from tests.support.clock import Clock
from tests.support.given import Given, Party
from tests.support.groups import EITHER

pytestmark = EITHER

LISTS = ("/datasets", "/assets", "/datasets.json", "/assets.json", "/datasets?page[size]=x", "/assets?dataset=trees")
NOBODY = "Not authenticated"
WRONG_TOKEN = "Unauthorized access - this operation requires user authentication via a token"
OURS = "catalog_0123456789012345678901234567890123456789"


def is_refusal(answer: TestResponse, status: int, message: str) -> bool:
    whole = {"status": "failed", "message": message, "detail": message}
    assert (answer.status_code, answer.json) == (status, whole)
    return _is_well_formed(answer, whole)


def is_error(answer: TestResponse, status: int, message: str) -> bool:
    whole = {"status": "error", "message": message}
    assert (answer.status_code, answer.json) == (status, whole)
    return _is_well_formed(answer, whole)


def _is_well_formed(answer: TestResponse, whole: dict) -> bool:
    assert list(answer.json) == list(whole)
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    return True


# Who are you


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"headers": {"Authorization": f"Bearer {OURS}"}}, WRONG_TOKEN),
        ({"headers": {"Authorization": "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x"}}, WRONG_TOKEN),
        ({"headers": {"Authorization": "Bearer"}}, WRONG_TOKEN),
        ({"headers": {"Authorization": f"bearer  {OURS}"}}, WRONG_TOKEN),
        ({"headers": {"X-API-Key": OURS}}, WRONG_TOKEN),
        ({"query_string": {"x-api-key": OURS}}, WRONG_TOKEN),
        ({"headers": {"Authorization": "Basic YWxpY2U6c2VjcmV0"}}, NOBODY),
        ({"headers": {"Authorization": "Digest username=alice"}}, NOBODY),
        ({"headers": {"Authorization": OURS}}, NOBODY),
    ],
)
def test_a_wrong_credential_is_refused_also_where_none_is_needed(client: Script, request_: dict, message: str):
    for path in LISTS:
        if "query_string" in request_ and "?" in path:
            continue
        answer = client.get(path, **request_)
        assert is_refusal(answer, 401, message)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_ends_when_it_is_revoked(client: Script, given: Given, alice: Party):
    secret = given.revoked_token(alice)
    assert is_refusal(client.get("/datasets", token=secret), 401, WRONG_TOKEN)
    assert is_refusal(client.get("/datasets", headers={"X-API-Key": secret}), 401, WRONG_TOKEN)
    assert is_refusal(client.get("/datasets", query_string={"x-api-key": secret}), 401, WRONG_TOKEN)


def test_a_token_ends_with_its_days(client: Script, given: Given, alice: Party, clock: Clock):
    token = given.token(alice, days=3)
    clock.tick(days=2, hours=23)
    assert client.get("/assets", token=token).status_code == 200
    clock.tick(hours=1)
    assert is_refusal(client.get("/assets", token=token), 401, WRONG_TOKEN)


def test_a_token_ends_with_its_account(app: Flask, client: Script, given: Given, alice: Party):
    token = given.token(alice)
    with app.app_context():
        set_disabled(OPERATOR, db.session.get_one(User, alice.id), True)
    assert is_refusal(client.get("/datasets", token=token), 401, WRONG_TOKEN)


def test_visitors_are_asked_who_they_are_where_nothing_is_public(app_with, given: Given, alice: Party):
    given.dataset("trees", owner=alice, visibility="public")
    client = Script(app_with(public_access=False))
    for path in LISTS:
        assert is_refusal(client.get(path), 401, NOBODY)
    assert is_refusal(client.get("/datasets", headers={"X-API-Key": "a-key-of-the-real-service"}), 401, NOBODY)
    assert client.get("/datasets", token=given.token(alice)).status_code == 200


# What are you asking for


@pytest.mark.parametrize(
    "path", ["/nothing", "/dataset", "/dataset/", "/dataset/trees/v1/x", "/asset/x/y", "/auth/x", "/ping/x"]
)
def test_an_unknown_address_is_not_found(client: Script, path: str):
    assert is_refusal(client.get(path), 404, "Not Found")


@pytest.mark.parametrize("path", ["/dataset", "/asset/x/y", "/auth/nothing", "/ping/", "/dataset/x/y/%00"])
def test_an_unknown_address_of_the_dialect_is_so_for_browsers_too(client: Script, path: str):
    assert is_refusal(client.get(path, headers={"Accept": HTML}), 404, "Not Found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/datasets", "/assets", "/ping", "/datasets.json", "/assets.json"])
def test_a_wrong_method_is_told_the_right_ones(client: Script, path: str, method: str):
    answer = client.open(method, path, json={"name": "trees"})
    assert is_refusal(answer, 405, "Method Not Allowed")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_strange_host_is_refused(app_with):
    client = Script(app_with(public_url="https://data.example.org"))
    answer = client.get("/datasets", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.json["status"]) == (400, "failed")


# Not now


def test_who_asks_too_often_is_told_when_to_come_back(app_with, given: Given, alice: Party):
    client = Script(app_with(rate_limit=0.5, rate_limit_loopback=True))
    token = given.token(alice)
    assert client.get("/datasets", token=token).status_code == 200
    answer = client.get("/assets", token=token)
    assert is_refusal(answer, 429, "You have exceeded the rate limit. Please try again later.")
    assert answer.headers["Retry-After"] in ("2", "3")
    assert [client.get(path).status_code for path in ("/datasets", "/assets", "/ping", "/ping")] == [200, 429, 200, 200]


def test_nobody_on_this_machine_asks_too_often_unless_it_is_set_so(app_with):
    client = Script(app_with(rate_limit=0.5))
    assert [client.get("/datasets").status_code for _ in range(3)] == [200, 200, 200]


def test_a_database_that_is_busy_is_worth_another_try(monkeypatch, client: Script):
    def be_locked(*asked: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("database is locked"))

    monkeypatch.setattr("catalog.dialects.gfw.routes.write_datasets", be_locked)
    answer = client.get("/datasets?page=1")
    assert is_error(answer, 503, "The catalog is busy. Please try again in a moment.")
    assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize("path", ["/assets?page=1", "/assets", "/assets.json"])
def test_a_fault_of_our_own_tells_nothing_of_itself(monkeypatch, caplog, client: Script, path: str):
    def break_down(*asked: object) -> None:
        raise RuntimeError("the secret of the house")

    for function in ("write_assets", "batches_of_assets"):
        monkeypatch.setattr(f"catalog.dialects.gfw.routes.{function}", break_down)
    assert is_error(client.get(path), 500, "Something went wrong in the catalog.")
    assert "the secret of the house" in caplog.text


# Every word that the core has for what can go wrong


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (Invalid("That is no name."), 400, "That is no name."),
        (Taken("Dataset trees already exists"), 400, "Dataset trees already exists"),
        (NotSignedIn(), 401, NOBODY),
        (NotSignedIn(is_given=True), 401, WRONG_TOKEN),
        (NotPermitted("Not yours."), 401, "Not yours."),
        (NotFound("Dataset with name trees does not exist"), 404, "Dataset with name trees does not exist"),
        (TooLarge(), 413, "The request is too large."),
        (TooMany(), 429, "You have exceeded the rate limit. Please try again later."),
    ],
)
def test_every_refusal_has_its_status_and_its_sentence(app: Flask, error, status, body):
    with app.test_request_context("/dataset/trees"):
        answer = refuse(error)
    assert (answer.status_code, answer.json) == (status, {"status": "failed", "message": body, "detail": body})


@pytest.mark.parametrize(("error", "status"), [(Busy(), 503), (Broken(), 500)])
def test_a_failure_is_an_error(app: Flask, error, status):
    with app.test_request_context("/datasets"):
        answer = refuse(error)
    assert (answer.status_code, answer.json) == (status, {"status": "error", "message": error.message})


def test_faults_are_listed_with_where_they_are(app: Flask):
    given = [
        Fault(("body", "x"), "extra fields not permitted", "value_error.extra"),
        Fault(("query", 1), "no", "k", {"a": 2}),
    ]
    with app.test_request_context("/datasets"):
        answer = refuse(Invalid(faults=given))
    listed = [
        {"loc": ["body", "x"], "msg": "extra fields not permitted", "type": "value_error.extra"},
        {"loc": ["query", 1], "msg": "no", "type": "k", "ctx": {"a": 2}},
    ]
    assert (answer.status_code, answer.json) == (422, {"status": "failed", "message": listed, "detail": listed})
