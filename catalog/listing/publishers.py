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

    @property
    def described(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions of a dataset of theirs."""
        if self.organization_id is not None:
            return (Dataset.organization_id == self.organization_id,)
        return (Dataset.owner_id == self.user_id, Dataset.organization_id.is_(None))


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
        return Publisher(organization_id, None, is_member(viewer, organization_id))
    if user_id is not None:
        return Publisher(None, user_id, user_id == viewer.user_id)
    raise missing


def may_ask_for(viewer: Viewer, publisher: Publisher) -> bool:
    """Whether these are the viewer's own, or a named dataset of an organization reaches the viewer all the same."""
    if publisher.is_own or publisher.organization_id is None:
        return publisher.is_own
    return db.session.scalar(select(reached_by_index(viewer, *publisher.described).exists()))


def published(viewer: Viewer, publisher: Publisher) -> ColumnElement[bool]:
    """Named datasets of `publisher` that reach the viewer."""
    return published_by(viewer, *publisher.described, is_own=publisher.is_own)
