"""Seed 002, "Get list of datasets": every parameter, key, type, default and error that the page names."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import update

from catalog.db import db
from catalog.dialects.apify import refuse
from catalog.errors import NotPermitted
from catalog.model import Dataset, User
from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given
from tests.support.seeds import examples

EXAMPLE = {
    "data": {
        "total": 1,
        "offset": 0,
        "limit": 1000,
        "desc": False,
        "count": 1,
        "items": [
            {
                "id": "WkzbQMuFYuamGv3YF",
                "name": "d7b9MDYsbtX5L7XAj",
                "userId": "tbXmWu7GCxnyYtSiL",
                "createdAt": "2019-12-12T07:34:14.202Z",
                "modifiedAt": "2019-12-13T08:36:13.202Z",
                "accessedAt": "2019-12-14T08:36:13.202Z",
                "itemCount": 7,
                "cleanItemCount": 5,
                "actId": "zdc3Pyhyz3m8vjDeM",
                "actRunId": "HG7ML7M8z78YcAPEB",
            }
        ],
    }
}
ERRORS = {
    400: {"type": "invalid-input", "message": "Invalid input: The request body contains invalid data."},
    401: {"type": "token-not-valid", "message": "Authentication token is not valid."},
    403: {"type": "permission-denied", "message": "You do not have permission to perform this action."},
    405: {
        "type": "method-not-allowed",
        "message": "This API end-point can only be accessed using the following HTTP methods: OPTIONS,GET",
    },
    429: {"type": "rate-limit-exceeded", "message": "You have exceeded the rate limit. Please try again later."},
}
COUNTS = {"total", "offset", "limit", "count", "itemCount", "cleanItemCount"}
MOMENTS = {"createdAt", "modifiedAt", "accessedAt"}


@pytest.fixture
def janes(given: Given) -> str:
    """Jane's token; she is the user of the page's example."""
    jane = given.user("jane")
    given.dataset("trees", owner=jane)
    return given.token(jane)


@pytest.fixture
def example(app: Flask, janes: str) -> None:
    """The dataset of the page's example, its ids and moments included."""
    item = EXAMPLE["data"]["items"][0]
    with app.app_context():
        db.session.execute(update(User).values(public_id=item["userId"]))
        db.session.execute(
            update(Dataset).values(
                public_id=item["id"],
                name=item["name"],
                created_at=datetime.fromisoformat(item["createdAt"]),
                updated_at=datetime.fromisoformat(item["modifiedAt"]),
                accessed_at=datetime.fromisoformat(item["accessedAt"]),
                item_count=item["itemCount"],
                clean_item_count=item["cleanItemCount"],
                act_id=item["actId"],
                act_run_id=item["actRunId"],
            )
        )
        db.session.commit()


@pytest.mark.real_records
def test_the_page_shows_what_is_asserted_here():
    shown = examples("002")
    assert shown == [EXAMPLE, *({"error": error} for error in ERRORS.values())]
    assert str(shown[0]) == str(EXAMPLE)


@pytest.mark.usefixtures("example")
def test_answers_the_example_of_the_page_key_by_key(client: Script, janes: str):
    answer = client.get("/v2/datasets", token=janes)
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert str(answer.json) == str(EXAMPLE)


def test_every_key_has_its_type_and_none_is_missing(client: Script, janes: str):
    data = client.get("/v2/datasets", token=janes).json["data"]
    (item,) = data["items"]
    assert (list(data), list(item)) == (list(EXAMPLE["data"]), list(EXAMPLE["data"]["items"][0]))
    for key, value in (data | item).items():
        if key in COUNTS:
            assert type(value) is int
            assert value >= (1 if key == "limit" else 0)
        elif key in MOMENTS:
            assert datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ")
        elif key in ("actId", "actRunId"):
            assert value is None
        elif key == "desc":
            assert value is False
        elif key != "items":
            assert isinstance(value, str)
            assert value


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", {"offset": 0, "limit": 1000, "desc": False}),
        ("offset=0", {"offset": 0, "limit": 1000, "desc": False}),
        ("offset=1", {"offset": 1, "limit": 1000, "desc": False}),
        ("limit=1000", {"offset": 0, "limit": 1000, "desc": False}),
        ("limit=5000", {"offset": 0, "limit": 1000, "desc": False}),
        ("limit=1", {"offset": 0, "limit": 1, "desc": False}),
        ("desc=true", {"offset": 0, "limit": 1000, "desc": True}),
        ("desc=1", {"offset": 0, "limit": 1000, "desc": True}),
        ("desc=false", {"offset": 0, "limit": 1000, "desc": False}),
    ],
)
def test_says_how_it_read_offset_limit_and_desc(client: Script, janes: str, query: str, said: dict):
    data = client.get(f"/v2/datasets?{query}", token=janes).json["data"]
    assert {key: data[key] for key in said} == said
    assert data["total"] == 1


@pytest.fixture
def storages(given: Given, clock: Clock) -> str:
    """Alice's datasets in the order in which they came, and one that Bob shares with her; Alice's token."""
    alice, bob = given.user("alice"), given.user("bob")
    for slug, owner, is_unnamed in (("old", alice, False), ("mid", alice, True), ("new", alice, False)):
        clock.tick()
        given.dataset(slug, owner=owner, is_unnamed=is_unnamed, title=slug)
    clock.tick()
    given.dataset("bobs", owner=bob, shared_with=[alice], title="bobs")
    given.dataset("hidden", owner=bob, visibility="public", title="hidden")
    return given.token(alice)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["old", "new", "bobs"]),
        ("desc=1", ["bobs", "new", "old"]),
        ("offset=1", ["new", "bobs"]),
        ("limit=1", ["old"]),
        ("unnamed=true", ["old", "mid", "new", "bobs"]),
        ("unnamed=1", ["old", "mid", "new", "bobs"]),
        ("ownership=ownedByMe", ["old", "new"]),
        ("ownership=sharedWithMe", ["bobs"]),
        ("ownership=ownedByMe&unnamed=1&desc=1&limit=2&offset=1", ["mid", "old"]),
    ],
)
def test_each_parameter_does_what_the_page_says(client: Script, storages: str, query: str, expected: list):
    headers = {"X-Apify-Request-Origin": "CLI"}  # with which an item has its title
    answer = client.get(f"/v2/datasets?{query}", token=storages, headers=headers)
    assert [item["title"] for item in answer.json["data"]["items"]] == expected


def test_refuses_invalid_input(client: Script, janes: str):
    for query in ("offset=x", "limit=-1", "desc=x", "unnamed=x", "ownership=x"):
        answer = client.get(f"/v2/datasets?{query}", token=janes)
        assert answer.status_code == 400
        assert list(answer.json["error"]) == ["type", "message"]
        assert answer.json["error"]["type"] == ERRORS[400]["type"]
        assert answer.json["error"]["message"].startswith("Invalid input: ")


@pytest.mark.parametrize("token", [None, "wrong"])
def test_refuses_who_is_not_authenticated(client: Script, token: str | None):
    answer = client.get("/v2/datasets", token=token)
    assert (answer.status_code, answer.json) == (401, {"error": ERRORS[401]})


def test_refuses_who_may_not(app: Flask):
    with app.test_request_context("/v2/datasets"):
        answer = refuse(NotPermitted())
    assert (answer.status_code, answer.json) == (403, {"error": ERRORS[403]})


def test_refuses_other_methods(client: Script, janes: str):
    answer = client.post("/v2/datasets", token=janes)
    assert (answer.status_code, answer.json) == (405, {"error": ERRORS[405]})


def test_refuses_too_many_requests(app_with, janes: str):
    script = Script(app_with(rate_limit=0.5, rate_limit_loopback=True))
    answers = [script.get("/v2/datasets", token=janes) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].json == {"error": ERRORS[429]}
