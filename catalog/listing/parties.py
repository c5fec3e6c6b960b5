"""Organizations and users as the org dialect knows both: as parties that datasets belong to, open to their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from catalog.access import Viewer, is_member, require, visible_organizations
from catalog.db import db
from catalog.errors import NotFound, NotPermitted
from catalog.listing.organizations import organizations_of
from catalog.model import Organization, User
from catalog.vocabulary.slugs import PARTY_KEY


@dataclass(frozen=True, kw_only=True)
class Party:
    """An organization; or a user, as the organization of the datasets that they own and no organization has."""

    uuid: UUID
    key: str
    title: str
    description: str | None
    created_at: datetime
    updated_at: datetime


def get_party(viewer: Viewer, key: str) -> Party:
    """The organization `key` for its members, the user `key` for themselves.

    NotPermitted for others who are signed in, NotFound where there is neither.
    """
    if PARTY_KEY.fullmatch(key):
        organization = db.session.scalar(visible_organizations(viewer).where(Organization.key == key))
        if organization and is_member(viewer, organization.id):
            return _party_of(organization)
        user = db.session.scalar(select(User).where(User.handle == key))
        if user and user.id == viewer.user_id:
            return _alone(user)
        if organization or user:
            raise NotPermitted(f"You are not a member of “{key}”.")
    raise NotFound(f"There is no organization “{key[:60]}”.")


def parties_of(viewer: Viewer) -> Sequence[Party]:
    """The organizations of the viewer by title, and the viewer alone."""
    user = get_self(viewer)
    return [*map(_party_of, organizations_of(viewer, user)), _alone(user)]


def get_self(viewer: Viewer) -> User:
    """The viewer's own account; NotSignedIn for a visitor."""
    require(viewer.is_signed_in, viewer)
    return db.session.get_one(User, viewer.user_id)


def _party_of(organization: Organization) -> Party:
    return Party(
        uuid=organization.uuid,
        key=organization.key,
        title=organization.title,
        description=organization.description,
        created_at=organization.created_at,
        updated_at=organization.updated_at,
    )


def _alone(user: User) -> Party:
    return Party(
        uuid=user.uuid,
        key=user.handle,
        title=user.display_title,
        description=None,
        created_at=user.created_at,
        updated_at=user.created_at,
    )
