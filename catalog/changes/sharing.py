"""Datasets shared with users and organizations, and no longer shared."""

from sqlalchemy import select

from catalog.access import Viewer, may_manage, require
from catalog.changes.journal import record, writing
from catalog.db import db
from catalog.errors import Invalid, NotFound
from catalog.model import Dataset, Organization, Share, ShareRole, User


def share(viewer: Viewer, dataset: Dataset, *, with_: User | Organization, role: ShareRole = ShareRole.VIEWER) -> Share:
    """Open `dataset` to a user or an organization; who has it already gets `role` instead. Invalid for its owner."""
    with writing() as at:
        held = _managed(viewer, dataset)
        if isinstance(with_, User) and with_.id == held.owner_id:
            raise Invalid("A dataset cannot be shared with its owner.")
        found = _share_of(held, with_)
        if found is None:
            found = Share(
                dataset_id=held.id, role=role, created_at=at, created_by_id=viewer.user_id, **_receiver(with_)
            )
            db.session.add(found)
            record(viewer, "share", held.id, {**_receiver(with_), "role": [None, role.value]})
        elif found.role is not role:
            record(viewer, "share", held.id, {**_receiver(with_), "role": [found.role.value, role.value]})
            found.role = role
        else:
            return found
        held.updated_at = at
    return found


def unshare(viewer: Viewer, dataset: Dataset, *, with_: User | Organization) -> None:
    """Close `dataset` to a user or an organization that it was shared with."""
    with writing() as at:
        held = _managed(viewer, dataset)
        if found := _share_of(held, with_):
            db.session.delete(found)
            held.updated_at = at
            record(viewer, "unshare", held.id, {**_receiver(with_), "role": [found.role.value, None]})


def _managed(viewer: Viewer, dataset: Dataset) -> Dataset:
    held = db.session.get(Dataset, dataset.id, populate_existing=True)
    if held is None:
        raise NotFound()
    require(may_manage(viewer, held), viewer)
    return held


def _receiver(with_: User | Organization) -> dict[str, int]:
    return {"user_id": with_.id} if isinstance(with_, User) else {"organization_id": with_.id}


def _share_of(dataset: Dataset, with_: User | Organization) -> Share | None:
    return db.session.scalar(select(Share).filter_by(dataset_id=dataset.id, **_receiver(with_)))
