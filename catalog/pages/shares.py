"""Who has access to a dataset and why, for those who manage it: shares, visibility and the handing over."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from catalog.changes import datasets, sharing
from catalog.errors import CatalogError, Invalid, NotFound, NotPermitted
from catalog.identity import current_viewer
from catalog.listing.curating import get_holder, get_managed, get_receiver, list_publishable, list_shares
from catalog.listing.datasets import get_dataset
from catalog.listing.organizations import get_user
from catalog.model import Dataset, Organization, ShareRole, User, Visibility
from catalog.pages.access import VISIBILITIES, access_to
from catalog.pages.door import personal
from catalog.pages.lists import Place, read_address
from catalog.pages.moved import lead_on
from catalog.vocabulary.text import cut, tidy

bp = Blueprint("shares", __name__, url_prefix="/datasets/<slug>/shares")

_ROLES = {
    ShareRole.VIEWER: ("Viewer", "Sees the record, its columns and where its data lies"),
    ShareRole.EDITOR: ("Editor", "May also edit the record, its versions and assets"),
}
_NO_ORGANIZATION = "-"


def _tidied(given: str | None) -> str:
    return tidy(given or "")


class ShareForm(FlaskForm):
    """Somebody, and what they may do."""

    receiver = StringField(
        "Person or organization", [DataRequired("Enter the name of a person or an organization")], filters=[_tidied]
    )
    role = RadioField(
        "They are",
        [InputRequired("Choose what they may do")],
        choices=[SelectChoice(role.value, words) for role, (words, _) in _ROLES.items()],
        default=ShareRole.VIEWER.value,
        invalid_choice_message="Choose viewer or editor",
    )


class RoleForm(FlaskForm):
    """Another role for somebody who has access by a share."""

    role = ShareForm.role


class VisibilityForm(FlaskForm):
    """Who may see it beside those it is shared with."""

    visibility = RadioField(
        "Who else may see it",
        [InputRequired("Choose who may see it")],
        choices=[SelectChoice(key.value, words) for key, (words, _) in VISIBILITIES.items()],
        invalid_choice_message="Choose one of these",
    )


class TransferForm(FlaskForm):
    """Whose it is to be, and that it is meant."""

    owner = StringField("Owner", [DataRequired("Enter the handle of a person")], filters=[_tidied])
    organization = SelectField("Organization", invalid_choice_message="Choose one of your organizations")
    is_meant = BooleanField("Yes, hand it over", [InputRequired("Tick the box if you mean it")])


@bp.get("")
@personal
@lead_on
def index(slug: str) -> ResponseReturnValue:
    """Who has access and why."""
    return _shown(get_managed(current_viewer(), slug), ShareForm())


@bp.post("")
@personal
@lead_on
def create(slug: str) -> ResponseReturnValue:
    """It is shared with somebody, or they get another role."""
    viewer, form = current_viewer(), ShareForm()
    dataset = get_managed(viewer, slug)
    if not form.validate():
        return _shown(dataset, form), 422
    try:
        receiver = get_receiver(viewer, form.receiver.data)
        sharing.share(viewer, dataset, with_=receiver, role=ShareRole(form.role.data))
    except (NotFound, Invalid) as error:
        form.receiver.errors = [error.message]
        return _shown(get_managed(viewer, slug), form), 422
    flash(f"{cut(_called(receiver), 80)} is now {_in_words(form.role.data)} of this dataset.", "ok")
    return _back(slug)


@bp.post("/<name>/role")
@personal
@lead_on
def update(slug: str, name: str) -> ResponseReturnValue:
    """Another role for somebody it is shared with."""
    viewer, form = current_viewer(), RoleForm()
    dataset = get_managed(viewer, slug)
    receiver = get_holder(viewer, dataset, name)
    if form.validate():
        sharing.share(viewer, dataset, with_=receiver, role=ShareRole(form.role.data))
        flash(f"{cut(_called(receiver), 80)} is now {_in_words(form.role.data)} of this dataset.", "ok")
    else:
        flash("Choose one of the roles that are offered.", "bad")
    return _back(slug)


@bp.post("/<name>/remove", endpoint="delete")
@personal
@lead_on
def delete(slug: str, name: str) -> ResponseReturnValue:
    """The end of a share."""
    viewer = current_viewer()
    dataset = get_managed(viewer, slug)
    receiver = get_holder(viewer, dataset, name)
    sharing.unshare(viewer, dataset, with_=receiver)
    flash(f"This dataset is no longer shared with {cut(_called(receiver), 80)}.", "ok")
    return _back(slug)


@bp.post("/visibility", endpoint="visibility")
@personal
@lead_on
def visibility(slug: str) -> ResponseReturnValue:
    """Opened or closed."""
    viewer, form = current_viewer(), VisibilityForm()
    dataset = get_managed(viewer, slug)
    if not form.validate():
        return _shown(dataset, ShareForm(formdata=None), form), 422
    chosen = Visibility(form.visibility.data)
    datasets.set_visibility(viewer, dataset, chosen)
    flash(f"This dataset is now {chosen.value}. {VISIBILITIES[chosen][1]}.", "ok")
    return _back(slug)


@bp.get("/transfer", endpoint="transfer")
@personal
@lead_on
def transfer(slug: str) -> ResponseReturnValue:
    """Whose it is, to be changed."""
    dataset = get_managed(current_viewer(), slug)
    return _asked(dataset, _transfer_form(dataset, formdata=None))


@bp.post("/transfer", endpoint="hand_over")
@personal
@lead_on
def hand_over(slug: str) -> ResponseReturnValue:
    """Handed to another owner, another organization, or both."""
    viewer = current_viewer()
    dataset = get_managed(viewer, slug)
    form = _transfer_form(dataset)
    if not form.validate():
        return _asked(dataset, form), 422
    try:
        owner = get_user(viewer, form.owner.data.removeprefix("@").lower())
    except NotFound as error:
        form.owner.errors = [error.message]
        return _asked(dataset, form), 422
    try:
        datasets.transfer(viewer, dataset, owner=owner, organization=_chosen(dataset, form))
    except NotPermitted as error:
        if owner.is_disabled:
            form.owner.errors = [error.message]
        else:
            form.organization.errors = ["You may not put datasets into this organization"]
        return _asked(get_managed(viewer, slug), form), 422
    flash(f"This dataset now belongs to {cut(owner.display_title, 80)}.", "ok")
    return _on_from(slug)


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("shares.index", slug=slug), 303)


def _on_from(slug: str) -> ResponseReturnValue:
    """To the dataset, or to the first page for who has just given away what they may see no more."""
    try:
        get_dataset(current_viewer(), slug)
    except CatalogError:
        return redirect(url_for("home.index"), 303)
    return redirect(url_for("datasets.show", slug=slug), 303)


def _called(party: User | Organization) -> str:
    return party.handle if isinstance(party, User) else party.key


def _in_words(role: str) -> str:
    return "an editor" if role == ShareRole.EDITOR.value else "a viewer"


def _transfer_form(dataset: Dataset, **more: Any) -> TransferForm:
    form = TransferForm(
        owner=dataset.owner.handle,
        organization=dataset.organization.key if dataset.organization else _NO_ORGANIZATION,
        **more,
    )
    held = {dataset.organization.key: dataset.organization.title} if dataset.organization else {}
    offered = held | {one.key: one.title for one in list_publishable(current_viewer())}
    form.organization.choices = [
        SelectChoice(_NO_ORGANIZATION, "None"),
        *(SelectChoice(key, cut(title, 80)) for key, title in offered.items()),
    ]
    return form


def _chosen(dataset: Dataset, form: TransferForm) -> Organization | None:
    """The organization that was chosen; None for none."""
    key = form.organization.data
    if key == _NO_ORGANIZATION:
        return None
    if dataset.organization and key == dataset.organization.key:
        return dataset.organization
    return next(one for one in list_publishable(current_viewer()) if one.key == key)


def _shown(dataset: Dataset, form: ShareForm, visibility: VisibilityForm | None = None) -> str:
    viewer, address = current_viewer(), read_address()
    visibility = visibility or VisibilityForm(formdata=None, visibility=dataset.visibility.value)
    found = list_shares(viewer, dataset, address.window)
    return render_template(
        "shares/index.html",
        dataset={"slug": dataset.slug, "title": dataset.title or dataset.slug, "visibility": dataset.visibility.value},
        access=access_to(viewer, dataset, found),
        page=Place.of(found),
        links=address.links(url_for("shares.index", slug=dataset.slug)),
        notes=address.notes,
        roles=[(role.value, words) for role, (words, _) in _ROLES.items()],
        consequences={role.value: words for role, (_, words) in _ROLES.items()},
        openings={key.value: words for key, (_, words) in VISIBILITIES.items()},
        form=form,
        visibility=visibility,
    )


def _asked(dataset: Dataset, form: TransferForm) -> str:
    return render_template(
        "shares/transfer.html", dataset={"slug": dataset.slug, "title": dataset.title or dataset.slug}, form=form
    )
