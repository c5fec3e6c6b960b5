"""What `ApiClient` asks before anything else: whether the platform is well, who is calling, where they belong."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_the_platform_is_well_and_knows_the_caller(calling):
    health, user, organizations = calling("alice", ("health_check",), ("get_user",), ("list_user_organizations",))
    assert health["status"] == "ok"
    assert (user["username"], user["email_address"], user["full_name"]) == (
        "alice",
        "alice@example.org",
        "Alice Archer",
    )
    assert [one["key"] for one in organizations] == ["acme", "alice"]
    assert calling("bob", ("get_user",))[0]["email_address"] == ""


def test_each_organization_has_a_workspace_without_projects(calling):
    organization, (workspace,), same, projects, none = calling(
        "alice",
        ("get_organization", "acme"),
        ("list_workspaces", "acme"),
        ("get_workspace", "acme", "main"),
        ("list_projects", "acme", "main"),
        ("get_default_project_key", "acme", "main"),
    )
    assert (organization["name"], workspace["org_id"], workspace) == ("Acme", organization["id"], same)
    assert (projects, none) == ([], None)


def test_is_for_members(calling):
    came = calling(
        "carol", ("get_organization", "acme"), ("list_workspaces", "acme"), ("list_projects", "acme", "main")
    )
    assert [one["failed"] for one in came] == [["RuntimeError", "403: You are not a member of “acme”."]] * 3
