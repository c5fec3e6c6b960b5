"""Who has access to a dataset, and why, in words."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from catalog.access import Viewer
from catalog.listing.organizations import members_by_role
from catalog.model import Dataset, Organization, Role, Share, ShareRole, User, Visibility
from catalog.pages.filters import moment, thousands
from catalog.vocabulary.text import cut

VISIBILITIES = {
    Visibility.PRIVATE: (
        "Private",
        "Only its owner, its organization and those it is shared with see it; for others it does not exist",
    ),
    Visibility.INTERNAL: ("Internal", "Everybody who is signed in sees it and finds it in searches"),
    Visibility.PUBLIC: ("Public", "Everyone sees it, also without signing in"),
}
_ROLES = {ShareRole.VIEWER: "Viewer", ShareRole.EDITOR: "Editor"}
_MEMBERS = {
    Role.ADMIN: "admins manage it",
    Role.EDITOR: "editors edit it",
    Role.VIEWER: "viewers see it",
}
_MOST_NAMES = 12


def access_to(viewer: Viewer, dataset: Dataset, shares: Iterable[Share]) -> dict[str, Any]:
    """The owner, the organization, each of `shares` and what visibility opens, for who manages `dataset`."""
    return {
        "owner": _party(dataset.owner, ["Owner", "manages it"]),
        "organization": _organization(viewer, dataset.organization) if dataset.organization else None,
        "shares": [_share(viewer, one) for one in shares],
        "others": {
            Visibility.PUBLIC: ("Everyone", "also without signing in, because it is public"),
            Visibility.INTERNAL: ("Everybody who is signed in", "because it is internal"),
            Visibility.PRIVATE: ("Nobody else", "because it is private"),
        }[dataset.visibility],
    }


def _party(party: User | Organization, lines: list[str]) -> dict[str, Any]:
    if isinstance(party, User):
        href = url_for("users.show", handle=party.handle)
        return {"name": party.handle, "title": party.display_title, "href": href, "lines": lines}
    href = url_for("organizations.show", key=party.key)
    return {"name": party.key, "title": party.title, "href": href, "lines": lines}


def _organization(viewer: Viewer, organization: Organization) -> dict[str, Any]:
    """Its members by role; who they are is for members to know."""
    members = members_by_role(viewer, organization, _MOST_NAMES)
    if not members:
        return _party(organization, ["Its organization", *_MEMBERS.values()])
    lines = ["Its organization"]
    for role, words in _MEMBERS.items():
        if role in members:
            names, total = members[role]
            more = f" and {thousands(total - len(names))} more" if total > len(names) else ""
            lines.append(f"{words}: {', '.join(names)}{more}")
    return _party(organization, lines)


def _share(viewer: Viewer, share: Share) -> dict[str, Any]:
    giver = share.created_by
    by = "" if giver is None else " by you" if giver.id == viewer.user_id else f" by {cut(giver.handle, 40)}"
    role = _ROLES[share.role] if share.user else f"{_ROLES[share.role]}, with all its members"
    return _party(share.user or share.organization, [role, f"since {moment(share.created_at)}{by}"]) | {
        "role": share.role.value,
        "is_disabled": bool(share.user and share.user.is_disabled),
    }
