"""What the client asks first: /health, /user, /user/organizations, /org/{org} with its workspace and projects."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.dialects.org.conftest import Asked
from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given, Party
from tests.support.groups import EITHER

pytestmark = EITHER

RUNTIMES = {
    "effective_max_sandbox_runtime_seconds": 0,
    "max_sandbox_runtime_source_level": "platform",
    "effective_default_sandbox_runtime_seconds": 0,
    "default_sandbox_runtime_source_level": "platform",
    "platform_max_sandbox_runtime_seconds": 0,
    "platform_default_sandbox_runtime_seconds": 0,
}


@pytest.mark.parametrize("headers", [{}, {"X-API-Key": "wrong"}, {"Authorization": "Bearer wrong"}])
def test_health_is_for_anybody(client: Script, headers: dict):
    answer = client.get("/api/v1/health", headers=headers)
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_user_is_told_of_themselves(given: Given, asked: Asked):
    dora = given.user("dora", title="Dora Maar", email="Dora@example.org")
    answer = asked("/user", by=dora)
    expected = {
        "id": str(dora.uuid),
        "email_address": "Dora@example.org",
        "username": "dora",
        "full_name": "Dora Maar",
        "onboarding_complete": True,
    }
    assert (answer.status_code, answer.json) == (200, expected)
    assert list(answer.json) == list(expected)
    assert answer.headers["Cache-Control"] == "private, max-age=0"


def test_a_user_without_an_address_has_an_empty_text(alice: Party, asked: Asked):
    assert asked("/user").json["email_address"] == ""
    assert asked("/user").json["full_name"] == "alice"


def organization(party: Party, title: str, moment: str) -> dict:
    return {
        "id": str(party.uuid),
        "name": title,
        "key": party.name,
        "description": None,
        "is_active": True,
        "created_at": moment,
        "updated_at": moment,
        **RUNTIMES,
    }


def test_an_organization_is_told_to_its_members(given: Given, alice: Party, carol: Party, asked: Asked, clock: Clock):
    clock.moment = datetime(2101, 1, 2, tzinfo=UTC)
    mappers = given.organization("mappers", title="The mappers", members={alice: "viewer"})
    expected = organization(mappers, "The mappers", "2101-01-02T00:00:00Z")
    answer = asked("/org/mappers")
    assert (answer.status_code, answer.json) == (200, expected)
    assert list(answer.json) == list(expected)
    refused = asked("/org/mappers", by=carol)
    detail = "You are not a member of “mappers”."
    assert refused.json == {"code": 403, "detail": detail, "type": "authorization_error"}


def test_a_user_is_an_organization_of_one(alice: Party, carol: Party, asked: Asked):
    shown = asked("/org/alice").json
    assert (shown["id"], shown["key"], shown["name"]) == (str(alice.uuid), "alice", "alice")
    assert asked("/org/alice", by=carol).status_code == 403


@pytest.mark.parametrize("key", ["nobody", "Acme", "%F0%9F%8C%B3", "a" * 3000])
def test_an_unknown_organization_is_not_found(asked: Asked, key: str):
    for below in ("", "/ws", "/ws/main", "/ws/main/projects", "/ws/main/projects/x"):
        assert asked(f"/org/{key}{below}").status_code == 404


def test_names_the_organizations_that_one_belongs_to_and_oneself(given: Given, alice, carol, asked: Asked):
    given.organization("zebra", title="A zebra", members={alice: "admin"})
    given.organization("other")
    assert [one["key"] for one in asked("/user/organizations").json] == ["zebra", "acme", "alice"]
    assert [one["key"] for one in asked("/user/organizations", by=carol).json] == ["carol"]
    assert asked("/user/organizations").json[1] == asked("/org/acme").json


def test_each_organization_has_one_workspace(acme: Party, asked: Asked):
    (workspace,) = asked("/org/acme/ws").json
    assert UUID(workspace["id"])
    assert {key: value for key, value in workspace.items() if not key.endswith("_at")} == {
        "id": workspace["id"],
        "name": "Main",
        "key": "main",
        "org_id": str(acme.uuid),
        "org_name": "acme",
        "is_active": True,
        "is_default": True,
    }
    assert asked("/org/acme/ws/main").json == asked(f"/org/acme/ws/{workspace['id']}").json == workspace
    assert asked("/org/alice/ws").json[0]["id"] != workspace["id"]
    assert asked("/org/acme/ws/other").json["detail"] == "There is no workspace “other”."


def test_there_are_no_projects(asked: Asked):
    assert asked("/org/acme/ws/main/projects").json == []
    assert asked("/org/acme/ws/main/projects/any").json["detail"] == "There is no project “any”."
    assert asked("/org/acme/ws/other/projects").status_code == 404


def test_workspaces_are_for_members(carol: Party, asked: Asked):
    for below in ("/ws", "/ws/main", "/ws/other", "/ws/main/projects", "/ws/main/projects/x"):
        assert asked(f"/org/acme{below}", by=carol).status_code == 403


@pytest.mark.parametrize("path", ["/user", "/user/organizations", "/org/acme", "/org/acme/ws", "/org/acme/ws/main"])
def test_sends_nothing_anew_that_the_caller_holds(client: Script, given: Given, alice, acme, path: str):
    token = given.token(alice)
    tag = client.get(f"/api/v1{path}", token=token).headers["ETag"]
    again = client.get(f"/api/v1{path}", token=token, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    given.organization("mappers", members={alice: "viewer"})
    assert client.get(f"/api/v1{path}", token=token, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/auth/device/code"),
        ("GET", "/auth/device/code/x"),
        ("POST", "/user/api-keys"),
        ("GET", "/org/acme/ws/main/storage/credentials"),
        ("HEAD", "/acme/blobs/sha256:00"),
        ("POST", "/acme/trees/blobs/uploads/"),
        ("PUT", "/acme/trees/manifests/1.0.0"),
        ("GET", "/system"),
    ],
)
def test_what_a_catalogue_does_not_have_is_not_found(asked: Asked, method: str, path: str):
    answer = asked(path, method=method)
    assert (answer.status_code, answer.content_type) == (404, "application/json")
    if method != "HEAD":
        expected = {"code": 404, "detail": "There is nothing at this address.", "type": "not_found_error"}
        assert answer.json == expected
