"""Users, organizations and the one workspace of each, key by key as they leave."""

from typing import Any
from uuid import UUID, uuid5

from catalog.dialects.org.present import stamp
from catalog.listing.parties import Party
from catalog.model import User

# Every organization has this workspace and no other; its id follows from the organization's.
WORKSPACE = "main"


def user(account: User) -> dict[str, Any]:
    """The caller's own account; without an e-mail address its text is empty, for the client takes no null."""
    return {
        "id": str(account.uuid),
        "email_address": account.email or "",
        "username": account.handle,
        "full_name": account.display_title,
        "onboarding_complete": True,
    }


def organization(party: Party) -> dict[str, Any]:
    """An organization, or a user as the organization of their own datasets. There are no sandboxes to run here."""
    return {
        "id": str(party.uuid),
        "name": party.title,
        "key": party.key,
        "description": party.description,
        "is_active": True,
        "created_at": stamp(party.created_at),
        "updated_at": stamp(party.updated_at),
        "effective_max_sandbox_runtime_seconds": 0,
        "max_sandbox_runtime_source_level": "platform",
        "effective_default_sandbox_runtime_seconds": 0,
        "default_sandbox_runtime_source_level": "platform",
        "platform_max_sandbox_runtime_seconds": 0,
        "platform_default_sandbox_runtime_seconds": 0,
    }


def workspace(party: Party) -> dict[str, Any]:
    """The workspace of an organization."""
    return {
        "id": str(workspace_id(party)),
        "name": "Main",
        "key": WORKSPACE,
        "org_id": str(party.uuid),
        "org_name": party.title,
        "is_active": True,
        "is_default": True,
        "created_at": stamp(party.created_at),
        "updated_at": stamp(party.updated_at),
    }


def workspace_id(party: Party) -> UUID:
    """The id of the workspace of an organization, always the same."""
    return uuid5(party.uuid, WORKSPACE)
