"""What those who look after a dataset read of it: all that is in it, whom it is shared with, what lies in the trash."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload, undefer_group

from catalog.access import (
    Viewer,
    may_manage,
    may_revise,
    require,
    share_role_of,
    visible_datasets,
    visible_organizations,
    withdrawn_datasets,
)
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.datasets import get_dataset
from catalog.listing.paging import Page, Window, count, within
from catalog.model import Asset, Change, Dataset, Membership, Organization, Role, Share, User, Version
from catalog.vocabulary.slugs import PARTY_KEY, SLUG

_PUBLISHERS = (Role.EDITOR, Role.ADMIN)


@dataclass(frozen=True)
class Edit:
    """The last edit of a dataset: its number in the journal, when, and who, where the viewer may know."""

    change: Change
    by: User | None


def get_managed(viewer: Viewer, slug: str) -> Dataset:
    """The dataset called `slug` for those who may manage it; NotPermitted for others who see it, else NotFound."""
    dataset = get_dataset(viewer, slug)
    require(may_manage(viewer, dataset), viewer)
    return dataset


def get_editable(viewer: Viewer, slug: str) -> Dataset:
    """The dataset called `slug` with all that is in it, for those who may revise it; NotPermitted for other viewers."""
    if not SLUG.fullmatch(slug):
        raise NotFound(f"There is no dataset “{slug[:200]}”.")
    found = visible_datasets(viewer).where(Dataset.slug == slug)
    dataset = db.session.scalars(
        found.options(
            joinedload(Dataset.owner),
            joinedload(Dataset.organization),
            undefer_group("texts"),
            selectinload(Dataset.tags),
            selectinload(Dataset.versions).selectinload(Version.task_categories),
            selectinload(Dataset.versions).selectinload(Version.assets).selectinload(Asset.fields),
        ).execution_options(populate_existing=True)
    ).one_or_none()
    if dataset is None:
        raise NotFound(f"There is no dataset “{slug[:200]}”.")
    role = db.session.scalar(share_role_of(viewer, dataset.id))
    require(may_revise(viewer, dataset, role), viewer)
    return dataset


def last_edit(viewer: Viewer, dataset: Dataset) -> Edit | None:
    """The last edit of what is said of `dataset` and what is in it; None where the journal knows of none.

    Who it was is told of the viewer, of the owner, and of whoever belongs to an organization of the viewer's.
    """
    edits = select(Change).where(Change.dataset_id == dataset.id, Change.is_edit)
    change = db.session.scalar(edits.order_by(Change.seq.desc()).limit(1))
    if change is None:
        return None
    mates = select(Membership.user_id).where(Membership.organization_id.in_(viewer.organization_ids))
    known = User.id.in_([viewer.user_id, dataset.owner_id]) | User.id.in_(mates)
    return Edit(change, db.session.scalar(select(User).where(User.id == change.actor_id, known)))


def list_shares(viewer: Viewer, dataset: Dataset, window: Window) -> Page[Share]:
    """The shares of `dataset`, oldest first, each with who has it and who gave it, for those who may manage it."""
    require(may_manage(viewer, dataset), viewer)
    found = select(Share).where(Share.dataset_id == dataset.id)
    options = (joinedload(Share.user), joinedload(Share.organization), joinedload(Share.created_by))
    rows = db.session.scalars(within(found.options(*options).order_by(Share.created_at, Share.id), window)).all()
    return Page(rows, count(found.with_only_columns(Share.id)), window)


def get_holder(viewer: Viewer, dataset: Dataset, name: str) -> User | Organization:
    """Who is called `name` and has a share of `dataset`, for those who manage it; NotFound where nobody does."""
    require(may_manage(viewer, dataset), viewer)
    users = select(User.id).where(User.handle == name)
    organizations = select(Organization.id).where(Organization.key == name)
    held = or_(Share.user_id.in_(users), Share.organization_id.in_(organizations))
    found = select(Share).where(Share.dataset_id == dataset.id, held)
    options = (joinedload(Share.user), joinedload(Share.organization))
    share = db.session.scalar(found.options(*options)) if PARTY_KEY.fullmatch(name) else None
    if share is None:
        raise NotFound("It is not shared with anybody of that name.")
    return share.user or share.organization


def get_receiver(viewer: Viewer, name: str) -> User | Organization:
    """The person or organization called `name`, in one namespace; NotFound where there is none."""
    name = name.strip().removeprefix("@").lower()
    if viewer.is_signed_in and PARTY_KEY.fullmatch(name):
        user = db.session.scalar(select(User).where(User.handle == name))
        found = user or db.session.scalar(visible_organizations(viewer).where(Organization.key == name))
        if found is not None:
            return found
    raise NotFound(f"There is no person or organization called “{name[:60]}”.")


def list_publishable(viewer: Viewer) -> Sequence[Organization]:
    """The organizations for which the viewer may register datasets, by title."""
    keys = [key for key, role in viewer.roles.items() if role in _PUBLISHERS]
    found = visible_organizations(viewer).where(Organization.id.in_(keys))
    return db.session.scalars(found.order_by(Organization.folded, Organization.id)).all()


def list_withdrawn(viewer: Viewer, window: Window) -> Page[Dataset]:
    """The datasets in the trash that `viewer` may restore, the one withdrawn last first."""
    found = withdrawn_datasets(viewer)
    rows = found.options(joinedload(Dataset.owner), joinedload(Dataset.organization))
    ordered = within(rows.order_by(Dataset.deleted_at.desc(), Dataset.id.desc()), window)
    return Page(db.session.scalars(ordered).all(), count(found.with_only_columns(Dataset.id)), window)


def get_withdrawn(viewer: Viewer, slug: str) -> Dataset:
    """The dataset in the trash called `slug`, if `viewer` may restore it; else NotFound."""
    dataset = (
        db.session.scalar(withdrawn_datasets(viewer).where(Dataset.slug == slug)) if SLUG.fullmatch(slug) else None
    )
    if dataset is None:
        raise NotFound("There is no such dataset in the trash.")
    return dataset
