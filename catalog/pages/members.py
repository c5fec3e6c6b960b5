"""The members of an organization, for themselves; its admins admit, promote and dismiss, everybody may leave."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from catalog.access import may_admit, require
from catalog.changes import organizations
from catalog.errors import Invalid, NotFound
from catalog.identity import current_viewer
from catalog.listing.organizations import get_member, get_own_organization, get_user, list_members
from catalog.model import Membership, Organization, Role
from catalog.pages.door import personal
from catalog.pages.forms import WRONG, Refusal, tidied
from catalog.pages.lists import Place, read_address
from catalog.vocabulary.text import cut

bp = Blueprint("members", __name__, url_prefix="/organizations/<key>/members")

_ROLES = {
    Role.VIEWER: ("Viewer", "Sees the organization's datasets, private ones too"),
    Role.EDITOR: ("Editor", "May also register datasets for it and revise them"),
    Role.ADMIN: ("Admin", "May also share and withdraw them, and admit and dismiss members"),
}
_LAST = "An organization keeps at least one admin, and this is the last one. Make somebody else an admin first."


class AdmissionForm(FlaskForm):
    """Somebody, and what they may do."""

    person = StringField("Person", [DataRequired("Enter the handle of a person")], filters=[tidied])
    role = RadioField(
        "Their role",
        [InputRequired("Choose a role")],
        choices=[SelectChoice(role.value, words) for role, (words, _) in _ROLES.items()],
        default=Role.VIEWER.value,
        invalid_choice_message="Choose one of these roles",
    )


class RoleForm(FlaskForm):
    """Another role for a member."""

    role = AdmissionForm.role


@bp.get("")
@personal
def index(key: str) -> ResponseReturnValue:
    """Who belongs to it, by name."""
    return _shown(_own(key), AdmissionForm())


@bp.post("")
@personal
def create(key: str) -> ResponseReturnValue:
    """Somebody admitted, or given another role."""
    organization, form = _own(key), AdmissionForm()
    if not form.validate():
        return _shown(organization, form), 422
    if refused := _admitted(organization, form):
        return _shown(organization, form), *refused
    flash(f"{_handle(form)} is now {_in_words(Role(form.role.data))}.", "ok")
    return redirect(url_for("members.index", key=key), 303)


@bp.post("/<handle>/role")
@personal
def update(key: str, handle: str) -> ResponseReturnValue:
    """Another role for a member; the last admin keeps theirs."""
    viewer, organization, form = current_viewer(), _own(key), RoleForm()
    member = get_member(viewer, organization, handle)
    if not form.validate():
        flash("Choose one of the roles that are offered.", "bad")
    else:
        role = Role(form.role.data)
        try:
            organizations.admit(viewer, organization, member.user, role)
            flash(f"{handle} is now {_in_words(role)}.", "ok")
        except Invalid:
            flash(_LAST, "bad")
    return redirect(url_for("members.index", key=key), 303)


@bp.get("/<handle>/dismiss")
@personal
def dismiss(key: str, handle: str) -> ResponseReturnValue:
    """The question whether it is meant: somebody dismissed, or one's own leave."""
    organization = _own(key)
    return _asked(organization, get_member(current_viewer(), organization, handle))


@bp.post("/<handle>/dismiss", endpoint="delete")
@personal
def delete(key: str, handle: str) -> ResponseReturnValue:
    """The end of a membership; who leaves is led to the page of the organization."""
    viewer, organization = current_viewer(), _own(key)
    member = get_member(viewer, organization, handle)
    is_own = member.user_id == viewer.user_id
    try:
        organizations.dismiss(viewer, organization, member.user)
    except Invalid:
        flash(_LAST, "bad")
        return redirect(url_for("members.index", key=key), 303)
    flash("You do not belong to it any more." if is_own else f"{handle} does not belong to it any more.", "ok")
    return redirect(url_for("organizations.show" if is_own else "members.index", key=key), 303)


def _own(key: str) -> Organization:
    return get_own_organization(current_viewer(), key)


def _admitted(organization: Organization, form: AdmissionForm) -> Refusal | None:
    """None when it is done; else the form says what stands against it."""
    viewer = current_viewer()
    try:
        organizations.admit(viewer, organization, get_user(viewer, _handle(form)), Role(form.role.data))
        return None
    except NotFound:
        form.person.errors = [f"There is no user called “{cut(form.person.data, 60)}”"]
    except Invalid:
        form.role.errors = [_LAST]
    return WRONG


def _handle(form: AdmissionForm) -> str:
    return form.person.data.removeprefix("@").lower()


def _shown(organization: Organization, form: AdmissionForm) -> str:
    viewer, address = current_viewer(), read_address()
    found = list_members(viewer, organization, address.window)
    own = get_member(viewer, organization, viewer.handle)
    is_own_elsewhere = found.items and own not in found.items
    return render_template(
        "members/index.html",
        organization=_described(organization),
        members=[_member(one) for one in ([own, *found] if is_own_elsewhere else found)],
        page=Place.of(found),
        links=address.links(url_for("members.index", key=organization.key)),
        notes=address.notes,
        roles=[(role.value, words) for role, (words, _) in _ROLES.items()],
        consequences={role.value: words for role, (_, words) in _ROLES.items()},
        may_admit=may_admit(viewer, organization.id),
        form=form,
    )


def _asked(organization: Organization, member: Membership) -> str:
    viewer, is_own = current_viewer(), member.user_id == current_viewer().user_id
    require(is_own or may_admit(viewer, organization.id), viewer)
    return render_template("members/dismiss.html", organization=_described(organization), member=_member(member))


def _described(organization: Organization) -> dict[str, str]:
    return {"key": organization.key, "title": organization.title}


def _member(member: Membership) -> dict[str, Any]:
    return {
        "handle": member.user.handle,
        "title": member.user.display_title,
        "role": member.role.value,
        "role_in_words": _ROLES[member.role][0],
        "since": member.created_at,
        "is_me": member.user_id == current_viewer().user_id,
    }


def _in_words(role: Role) -> str:
    return f"{'an' if role in (Role.EDITOR, Role.ADMIN) else 'a'} {role.value}"
