"""Organizations founded and revised, and who is admitted to them or dismissed."""

from sqlalchemy import func, select

from catalog.access import Viewer, may_admit, require
from catalog.changes.journal import record, writing
from catalog.changes.naming import check_key
from catalog.db import db
from catalog.errors import Invalid
from catalog.model import Membership, Organization, Role, User
from catalog.vocabulary.text import bounded, cut, fold, tidy

TITLE_LIMIT = 200


def found(viewer: Viewer, key: str, *, title: str | None = None, description: str | None = None) -> Organization:
    """A new organization; whoever founds it is its admin. Invalid or Taken for a key that it cannot have."""
    with writing() as at:
        require(viewer.may_write, viewer)
        check_key(key)
        title = cut(tidy(title or ""), TITLE_LIMIT) or key
        organization = Organization(
            key=key, title=title, folded=bounded(fold(title)), description=description, created_at=at, updated_at=at
        )
        db.session.add(organization)
        db.session.flush()
        if viewer.user_id is not None:
            db.session.add(
                Membership(organization_id=organization.id, user_id=viewer.user_id, role=Role.ADMIN, created_at=at)
            )
        record(viewer, "found organization", None, {"organization_id": organization.id, "key": [None, key]})
    return organization


def revise(viewer: Viewer, organization: Organization, *, title: str, description: str | None) -> None:
    """Another title or description for an organization, by its admins."""
    with writing() as at:
        require(may_admit(viewer, organization.id), viewer)
        held = db.session.get_one(Organization, organization.id)
        given = {"title": cut(tidy(title), TITLE_LIMIT) or held.key, "description": tidy(description or "") or None}
        what = {name: [getattr(held, name), new] for name, new in given.items() if getattr(held, name) != new}
        if not what:
            return
        if "title" in what:
            held.title, held.folded = given["title"], bounded(fold(given["title"]))
            held.extra = {key: value for key, value in (held.extra or {}).items() if key != "title"} or None
        held.description, held.updated_at = given["description"], at
        record(viewer, "revise organization", None, {"organization_id": held.id, **what})


def admit(viewer: Viewer, organization: Organization, user: User, role: Role = Role.VIEWER) -> None:
    """Make `user` a member with `role`, or change the role; the last admin whose account is open stays one."""
    with writing() as at:
        require(may_admit(viewer, organization.id), viewer)
        member = _member(organization, user)
        old = member.role if member else None
        if old is role:
            return
        if member is None:
            db.session.add(Membership(organization_id=organization.id, user_id=user.id, role=role, created_at=at))
        else:
            _keep_an_admin(member)
            member.role = role
        what = {"organization_id": organization.id, "user_id": user.id, "role": [old and old.value, role.value]}
        record(viewer, "admit", None, what)


def dismiss(viewer: Viewer, organization: Organization, user: User) -> None:
    """End the membership of `user`; the last admin whose account is open stays."""
    with writing():
        require(may_admit(viewer, organization.id) or (viewer.may_write and user.id == viewer.user_id), viewer)
        if member := _member(organization, user):
            _keep_an_admin(member)
            db.session.delete(member)
            what = {"organization_id": organization.id, "user_id": user.id, "role": [member.role.value, None]}
            record(viewer, "dismiss", None, what)


def _member(organization: Organization, user: User) -> Membership | None:
    return db.session.scalar(select(Membership).filter_by(organization_id=organization.id, user_id=user.id))


def _keep_an_admin(member: Membership) -> None:
    if member.role is not Role.ADMIN:
        return
    others = select(func.count()).where(
        Membership.organization_id == member.organization_id,
        Membership.role == Role.ADMIN,
        Membership.user_id != member.user_id,
        Membership.user.has(is_disabled=False),
    )
    if db.session.scalar(others) == 0:
        raise Invalid("An organization that has an admin keeps at least one whose account is open.")
