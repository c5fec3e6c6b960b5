"""Whose datasets a list of the org dialect shows: an organization's, or a user's own."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from catalog.access import Viewer, is_member, published_by, reached_by_index, visible_organizations
from catalog.db import db
from catalog.errors import NotFound
from catalog.model import Dataset, Organization, User
from catalog.vocabulary.slugs import PARTY_KEY


@dataclass(frozen=True)
class Publisher:
    """Whose datasets are meant: an organization's, or a user's own that are in no organization."""

    organization_id: int | None
    user_id: int | None
    is_own: bool
    """Whether the viewer is a member, or that user."""
    is_open: bool
    """Whether the viewer may ask for them: their own, or one of them reaches the viewer."""


def get_publisher(viewer: Viewer, key: str) -> Publisher:
    """The organization called `key`, else the user of that handle; NotFound when there is neither."""
    missing = NotFound(f"There is no organization “{key[:60]}”.")
    if not PARTY_KEY.fullmatch(key):
        raise missing
    named = visible_organizations(viewer).where(Organization.key == key)
    organization_id, user_id = db.session.execute(
        select(
            named.with_only_columns(Organization.id).scalar_subquery(),
            select(User.id).where(User.handle == key).scalar_subquery(),
        )
    ).one()
    if organization_id is not None:
        is_own = is_member(viewer, organization_id)
        return Publisher(organization_id, None, is_own, is_own or _is_reached(viewer, organization_id))
    if user_id is not None:
        is_own = user_id == viewer.user_id
        return Publisher(None, user_id, is_own, is_own)
    raise missing


def _is_reached(viewer: Viewer, organization_id: int) -> bool:
    """Whether a named dataset of the organization reaches the viewer."""
    reached = reached_by_index(viewer, Dataset.organization_id == organization_id)
    return db.session.scalar(select(reached.exists()))


def published(viewer: Viewer, publisher: Publisher) -> ColumnElement[bool]:
    """Named datasets of `publisher` that reach the viewer."""
    if publisher.organization_id is not None:
        whose = [Dataset.organization_id == publisher.organization_id]
    else:
        whose = [Dataset.owner_id == publisher.user_id, Dataset.organization_id.is_(None)]
    return published_by(viewer, *whose, is_own=publisher.is_own)
