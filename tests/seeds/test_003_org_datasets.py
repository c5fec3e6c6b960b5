"""Seed 003, "List Datasets" of an organization: every parameter, key, type, default and error that the page names."""

from datetime import datetime
from uuid import UUID

import pytest
from flask import Flask

from catalog.dialects.org import refuse
from catalog.errors import Broken, Invalid, NotFound, NotPermitted, NotSignedIn, Taken, TooMany
from tests.support.callers import Script
from tests.support.given import Given, Party
from tests.support.seeds import examples

# The page's own request, but for the organization's name.
REQUEST = "/api/v1/org/example/datasets?sort_by=name&sort_dir=asc&page=1&limit=50&include_public=false"
ERROR = {"code": 401, "detail": "Authentication failed", "type": "authentication_error"}
DEFAULTS = {"download_count": 0, "format": "parquet", "is_public": False}


@pytest.fixture
def alice(given: Given) -> Party:
    """A member of the organization that the page calls example."""
    return given.user("alice")


@pytest.fixture
def example(given: Given, alice: Party) -> Party:
    """The organization of the page's request, with some datasets."""
    organization = given.organization("example", members={alice: "admin"})
    parquet = {"kind": "table", "format": "parquet"}
    for slug in ("beech", "alder"):
        given.dataset(slug, owner=alice, organization=organization, versions=["1.0"], assets=[parquet])
    given.dataset("maps", owner=given.user("bob"), visibility="public")
    return organization


@pytest.fixture
def token(given: Given, alice: Party, example: Party) -> str:
    """The bearer token of the page's request."""
    return given.token(alice)


@pytest.mark.real_records
def test_the_page_shows_what_is_asserted_here():
    shown = examples("003")
    assert shown[0] == {"datasets": [DEFAULTS]}
    assert all(str(error) == str(ERROR) for error in shown[1:])


def test_answers_the_request_of_the_page_with_every_key(client: Script, token: str):
    answer = client.get(REQUEST, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    body = answer.json
    assert {key: body[key] for key in body if key != "datasets"} == {
        "has_next": False,  # "Whether a next page exists"
        "has_previous": False,  # "Whether a previous page exists"
        "limit": 50,  # "Maximum items per page"
        "page": 1,  # "Current page number (1-indexed)"
        "total": 2,  # "Total items matching the query"
        "total_pages": 1,  # "Total number of pages"
    }
    assert [row["name"] for row in body["datasets"]] == ["example/alder", "example/beech"]
    for row in body["datasets"]:
        assert datetime.fromisoformat(row["created_at"]).tzinfo is not None  # "ISO 8601 creation timestamp"
        assert UUID(row["id"])  # "Artifact UUID"
        assert row["version"] == "1.0.0"  # "Semver version string"
        assert row["origin"] == {}  # "Origin tracking metadata", an object
        # "Total downloads for this version", "Storage format", "Whether publicly visible"
        assert {key: row[key] for key in DEFAULTS} == DEFAULTS


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["example/alder", "example/beech"]),  # by created_at, newest first
        ("sort_by=created_at", ["example/alder", "example/beech"]),
        ("sort_by=name", ["example/beech", "example/alder"]),
        ("sort_by=name&sort_dir=asc", ["example/alder", "example/beech"]),
        ("sort_dir=asc", ["example/beech", "example/alder"]),
        ("sort_by=updated_at&sort_dir=asc", ["example/beech", "example/alder"]),
        ("sort_by=row_count&sort_dir=asc", ["example/alder", "example/beech"]),  # by name, where none is stated
        ("sort_by=file_size_bytes&sort_dir=asc", ["example/alder", "example/beech"]),
        ("limit=1", ["example/alder"]),
        ("limit=1&page=2", ["example/beech"]),
        ("limit=1&page=3", []),
        ("include_public=false", ["example/alder", "example/beech"]),
        ("include_public=true&sort_by=name&sort_dir=asc", ["bob/maps", "example/alder", "example/beech"]),
    ],
)
def test_each_parameter_does_what_the_page_says(client: Script, token: str, query: str, expected: list[str]):
    answer = client.get(f"/api/v1/org/example/datasets?{query}", token=token)
    assert [row["name"] for row in answer.json["datasets"]] == expected


@pytest.mark.parametrize(
    "query", ["sort_by=x", "sort_dir=x", "page=0", "page=x", "limit=0", "limit=201", "include_public=x"]
)
def test_refuses_what_cannot_be_used(client: Script, token: str, query: str):
    answer = client.get(f"/api/v1/org/example/datasets?{query}", token=token)
    assert answer.status_code == 422
    assert {key: type(value) for key, value in answer.json.items()} == {
        "code": int,  # "HTTP status code"
        "detail": str,  # "Human-readable error message"
        "type": str,  # "Stable machine-readable error type"
        "errors": list,
    }
    (fault,) = answer.json["errors"]
    # "Where the validation error occurred", and its message and type for people and machines
    assert {key: type(value) for key, value in fault.items()} == {"loc": list, "msg": str, "type": str}
    assert fault["loc"] == ["query", query.split("=")[0]]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_refuses_who_is_not_authenticated_in_the_words_of_the_page(client: Script, token: str, headers: dict):
    answer = client.get(REQUEST, headers=headers)
    assert (answer.status_code, str(answer.json)) == (401, str(ERROR))


def test_refuses_who_is_no_member_and_finds_no_unknown_organization(client: Script, given: Given, token: str):
    stranger = given.token(given.user("carol"))
    assert client.get(REQUEST, token=stranger).status_code == 403
    assert client.get("/api/v1/org/nobody/datasets", token=token).status_code == 404


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Invalid("Invalid request"), 400),
        (NotSignedIn(), 401),
        (NotPermitted(), 403),
        (NotFound(), 404),
        (Taken(), 409),
        (TooMany(), 429),
        (Broken(), 500),
    ],
)
def test_every_refusal_has_the_keys_of_the_page(app: Flask, error, code: int):
    with app.test_request_context(REQUEST):
        answer = refuse(error)
    assert answer.status_code == answer.json["code"] == code
    assert {key: type(value) for key, value in answer.json.items()} == {"code": int, "detail": str, "type": str}
