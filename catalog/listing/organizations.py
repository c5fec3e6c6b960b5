"""Organizations and users as lists and one by one, each with how many datasets of theirs the viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, false, func, select, true
from sqlalchemy.orm import contains_eager

from catalog.access import Viewer, is_member, visible_datasets, visible_organizations
from catalog.db import db
from catalog.errors import NotFound, NotSignedIn
from catalog.listing.criteria import DatasetCriteria
from catalog.listing.indexed import ALL_VALUES, indexed
from catalog.listing.paging import Page, Window, count, within
from catalog.model import Dataset, Membership, Organization, Role, User
from catalog.vocabulary.slugs import PARTY_KEY
from catalog.vocabulary.text import fold


@dataclass(frozen=True)
class Counted:
    """An organization, and how many of its datasets the viewer may see."""

    organization: Organization
    dataset_count: int


def list_organizations(viewer: Viewer, text: str, window: Window) -> Page[Counted]:
    """The organizations that `viewer` may know of whose title or key has every word of `text`, by title."""
    found = visible_organizations(viewer)
    for word in fold(text).split():
        found = found.where(
            Organization.folded.contains(word, autoescape=True) | Organization.key.contains(word, autoescape=True)
        )
    total = count(found.with_only_columns(Organization.id))
    rows = db.session.scalars(within(found.order_by(Organization.folded, Organization.id), window)).all()
    counts = _dataset_counts(viewer, [organization.id for organization in rows])
    return Page([Counted(organization, counts.get(organization.id, 0)) for organization in rows], total, window)


def count_organizations(viewer: Viewer) -> int:
    """How many organizations `viewer` may know of."""
    return count(visible_organizations(viewer).with_only_columns(Organization.id))


def get_organization(viewer: Viewer, key: str) -> Organization:
    """The organization called `key`, if `viewer` may know of it; else NotFound."""
    found = visible_organizations(viewer).where(Organization.key == key)
    organization = db.session.scalar(found) if PARTY_KEY.fullmatch(key) else None
    if organization is None:
        raise NotFound(f"There is no organization “{key[:60]}”.")
    return organization


def get_own_organization(viewer: Viewer, key: str) -> Organization:
    """The organization called `key` where `viewer` belongs to it; else NotFound, as for one that does not exist."""
    organization = get_organization(viewer, key)
    if not is_member(viewer, organization.id):
        raise NotFound(f"There is no organization “{key[:60]}”.")
    return organization


def get_member(viewer: Viewer, organization: Organization, handle: str) -> Membership:
    """The membership of the user called `handle`, for members alone; else NotFound."""
    wanted = _members(viewer, organization).where(User.handle == handle)
    found = db.session.scalar(wanted) if PARTY_KEY.fullmatch(handle) else None
    if found is None:
        raise NotFound(f"Nobody called “{handle[:60]}” belongs to it.")
    return found


def list_members(viewer: Viewer, organization: Organization, window: Window) -> Page[Membership]:
    """Who belongs to `organization`, by name, for its own members; nobody for others."""
    found = _members(viewer, organization)
    rows = db.session.scalars(within(found.order_by(User.folded, User.id), window)).all()
    return Page(rows, count(found.with_only_columns(Membership.id)), window)


def members_by_role(viewer: Viewer, organization: Organization, most: int) -> dict[Role, tuple[Sequence[str], int]]:
    """The handles of the first `most` members of each role, by name, and how many have it; nobody for others."""
    of_role = {"partition_by": Membership.role}
    place = func.row_number().over(**of_role, order_by=(User.folded, User.id)).label("place")
    total = func.count().over(**of_role).label("total")
    ranked = _members(viewer, organization).with_only_columns(Membership.role, User.handle, place, total).subquery()
    found: dict[Role, tuple[list[str], int]] = {}
    for row in db.session.execute(select(ranked).where(ranked.c.place <= most).order_by(ranked.c.place)):
        found.setdefault(row.role, ([], row.total))[0].append(row.handle)
    return found


def _members(viewer: Viewer, organization: Organization) -> Select[tuple[Membership]]:
    found = select(Membership).join(Membership.user).options(contains_eager(Membership.user))
    is_known = true() if is_member(viewer, organization.id) else false()
    return found.where(Membership.organization_id == organization.id, is_known)


def get_user(viewer: Viewer, handle: str) -> User:
    """The user called `handle`, for the signed-in; NotSignedIn for visitors, NotFound where there is none."""
    if not viewer.is_signed_in:
        raise NotSignedIn()
    found = select(User).where(User.handle == handle)
    user = db.session.scalar(found) if PARTY_KEY.fullmatch(handle) else None
    if user is None:
        raise NotFound(f"There is no user “{handle[:60]}”.")
    return user


def _dataset_counts(viewer: Viewer, organization_ids: Sequence[int]) -> dict[int, int]:
    if (index := indexed(viewer, DatasetCriteria())) is not None:
        told = index.values(DatasetCriteria(), "organization")
        if len(told) < ALL_VALUES:
            return {key: told.get(str(key), 0) for key in organization_ids}
    found = visible_datasets(viewer).where(Dataset.organization_id.in_(organization_ids), Dataset.name.is_not(None))
    grouped = (
        found.with_only_columns(Dataset.organization_id, func.count()).group_by(Dataset.organization_id).order_by(None)
    )
    return {key: number for key, number in db.session.execute(grouped)}


def organizations_of(viewer: Viewer, user: User) -> Sequence[Organization]:
    """The organizations that `user` belongs to and `viewer` does too, by title; all of them for the user's own eyes.

    Who belongs to an organization is for its members to know.
    """
    mutual = Organization.id.in_(viewer.organization_ids)
    found = select(Organization).join(Membership, Membership.organization_id == Organization.id)
    return db.session.scalars(found.where(Membership.user_id == user.id, mutual).order_by(Organization.folded)).all()
