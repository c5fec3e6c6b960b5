"""Organizations founded and revised by form."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from catalog.access import may_admit, require
from catalog.changes import organizations
from catalog.changes.organizations import TITLE_LIMIT
from catalog.errors import Invalid, Taken
from catalog.identity import current_viewer
from catalog.listing.organizations import get_own_organization
from catalog.model import Organization
from catalog.pages.door import personal
from catalog.pages.forms import blame, tidied
from catalog.vocabulary.slugs import PARTY_KEY

bp = Blueprint("founding", __name__, url_prefix="/organizations")

_DESCRIPTION_LIMIT = 2000


class RevisionForm(FlaskForm):
    """What an organization is called and what it is."""

    title = StringField(
        "Title",
        [
            DataRequired("Enter a title"),
            Length(max=TITLE_LIMIT, message=f"A title has at most {TITLE_LIMIT} characters"),
        ],
        filters=[tidied],
    )
    description = TextAreaField(
        "Description",
        [Length(max=_DESCRIPTION_LIMIT, message=f"A description has at most {_DESCRIPTION_LIMIT:,} characters")],
        filters=[tidied],
    )


class FoundingForm(RevisionForm):
    """A new organization, with the key that stands in its address for good."""

    key = StringField(
        "Key",
        [
            DataRequired("Enter a key"),
            Regexp(PARTY_KEY, message="A key has 2 to 39 small letters, digits or hyphens"),
        ],
        filters=[tidied],
    )


@bp.get("/new")
@personal
def new() -> ResponseReturnValue:
    """The form."""
    return render_template("founding/new.html", form=FoundingForm())


@bp.post("")
@personal
def create() -> ResponseReturnValue:
    """A new organization, whose admin is who founded it."""
    form = FoundingForm()
    if not form.validate():
        return render_template("founding/new.html", form=form), 422
    try:
        made = organizations.found(
            current_viewer(), form.key.data, title=form.title.data, description=form.description.data or None
        )
    except (Invalid, Taken) as error:
        refused = blame(form.key, error)
        return render_template("founding/new.html", form=form), *refused
    key = made.key
    flash("The organization is founded, and you are its admin. Admit the others here.", "ok")
    return redirect(url_for("members.index", key=key), 303)


@bp.get("/<key>/edit")
@personal
def edit(key: str) -> ResponseReturnValue:
    """The form with what is known, for its admins."""
    held = _administered(key)
    return _edited(held, RevisionForm(formdata=None, title=_whole_title(held), description=held.description))


@bp.post("/<key>/edit")
@personal
def update(key: str) -> ResponseReturnValue:
    """Another title or description."""
    held, form = _administered(key), RevisionForm()
    if not form.validate():
        return _edited(held, form), 422
    organizations.revise(current_viewer(), held, title=form.title.data, description=form.description.data)
    flash("The organization is saved.", "ok")
    return redirect(url_for("organizations.show", key=key), 303)


def _administered(key: str) -> Organization:
    viewer = current_viewer()
    held = get_own_organization(viewer, key)
    require(may_admit(viewer, held.id), viewer)
    return held


def _whole_title(held: Organization) -> str:
    return (held.extra or {}).get("title") or held.title


def _edited(held: Organization, form: RevisionForm) -> str:
    return render_template("founding/edit.html", form=form, key=held.key, title=held.title)
