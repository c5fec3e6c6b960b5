"""Datasets registered and edited by form, with their versions and the links to their data."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from catalog.access import may_manage, may_register, require
from catalog.changes import datasets
from catalog.changes.drafts import DatasetDraft
from catalog.errors import Overtaken
from catalog.identity import current_viewer
from catalog.listing.curating import get_editable, last_edit, list_publishable
from catalog.model import Dataset, Visibility
from catalog.pages.access import VISIBILITIES
from catalog.pages.conflict import conflict_of
from catalog.pages.dataset_form import (
    NO_ORGANIZATION,
    DatasetForm,
    RegistrationForm,
    add_row,
    as_count,
    faults_of,
    sent,
)
from catalog.pages.dataset_rows import Stored, check, drafted, pair, unshown, values_of
from catalog.pages.door import personal, settings
from catalog.pages.moved import lead_on
from catalog.vocabulary.slugs import make_slug
from catalog.vocabulary.text import cut

bp = Blueprint("editing", __name__, url_prefix="/datasets")

_NOTHING = Stored(DatasetDraft(slug="new"))


@bp.get("/new")
@personal
def new() -> ResponseReturnValue:
    """The form with an empty version and an empty asset."""
    _require_registrar()
    return _registration(_offered(RegistrationForm(formdata=None, versions=[{}], assets=[{}])))


@bp.post("/new", endpoint="create")
@personal
def create() -> ResponseReturnValue:
    """A dataset registered, or the form again."""
    viewer = current_viewer()
    _require_registrar()
    form = _offered(RegistrationForm(sent()))
    if add_row(form, request.form.get("add")):
        return _registration(form)
    if not check(form, _NOTHING):
        return _registration(form), 422
    chosen = {one.key: one.id for one in list_publishable(viewer)}
    dataset = datasets.register(
        viewer,
        _called(drafted(form, _NOTHING), form.slug.data or make_slug(form.title.data)),
        owner_id=viewer.user_id,
        organization_id=chosen.get(form.organization.data),
        visibility=Visibility(form.visibility.data),
        policy=settings().register_,
    )
    asked = form.slug.data
    is_other = asked and asked != dataset.slug
    why = f" Its id is “{dataset.slug}”, as “{asked}” could not be given." if is_other else ""
    flash(f"The dataset is registered.{why}", "ok")
    return redirect(url_for("datasets.show", slug=dataset.slug), 303)


@bp.get("/<slug>/edit")
@personal
@lead_on
def edit(slug: str) -> ResponseReturnValue:
    """The form with what is stored."""
    dataset = get_editable(current_viewer(), slug)
    stored = Stored.of(dataset)
    return _edition(dataset, DatasetForm(formdata=None, data=values_of(stored) | {"seen": _seen(dataset)}), stored)


@bp.post("/<slug>/edit", endpoint="update")
@personal
@lead_on
def update(slug: str) -> ResponseReturnValue:
    """What was typed saved, unless somebody else saved first: then both are shown, and nothing is written."""
    viewer, form = current_viewer(), DatasetForm(sent())
    dataset = get_editable(viewer, slug)
    stored, seen = Stored.of(dataset), as_count(form.seen.data or "") or 0
    if add_row(form, request.form.get("add")):
        return _edition(dataset, form, stored)
    if seen < _seen(dataset):
        return _overtaken(dataset, form, stored), 409
    if not check(form, stored):
        return _edition(dataset, form, stored), 422
    try:
        datasets.revise(viewer, dataset, drafted(form, stored), seen=seen)
    except Overtaken:
        dataset = get_editable(viewer, slug)
        return _overtaken(dataset, form, Stored.of(dataset)), 409
    flash("Your changes are saved.", "ok")
    return redirect(url_for("datasets.show", slug=slug), 303)


def _require_registrar() -> None:
    viewer = current_viewer()
    require(may_register(viewer, settings().register_), viewer)


def _seen(dataset: Dataset) -> int:
    """The number of the last edit of `dataset`; 0 where the journal knows of none."""
    last = last_edit(current_viewer(), dataset)
    return last.change.seq if last else 0


def _called(draft: DatasetDraft, slug: str) -> DatasetDraft:
    return DatasetDraft(**{**vars(draft), "slug": slug})


def _offered(form: RegistrationForm) -> RegistrationForm:
    """`form` with the organizations in which the viewer may publish."""
    form.organization.choices = [
        SelectChoice(NO_ORGANIZATION, "None: it is yours alone"),
        *(SelectChoice(one.key, cut(one.title, 80)) for one in list_publishable(current_viewer())),
    ]
    if not form.organization.data:
        form.organization.data = NO_ORGANIZATION
    return form


def _registration(form: RegistrationForm) -> str:
    form.title.flags.required = True
    return render_template(
        "editing/new.html",
        form=form,
        faults=faults_of(form),
        openings={key.value: words for key, (_, words) in VISIBILITIES.items()},
        has_organizations=len(form.organization.choices) > 1,
    )


def _overtaken(dataset: Dataset, form: DatasetForm, stored: Stored) -> str:
    """The form as it was typed, with what somebody else saved; sent once more, it is saved over theirs."""
    viewer = current_viewer()
    latest = last_edit(viewer, dataset)
    form.seen.data = str(latest.change.seq)
    pair(form, stored)
    return _edition(dataset, form, stored, conflict_of(viewer, form, stored, latest))


def _edition(dataset: Dataset, form: DatasetForm, stored: Stored, conflict: dict[str, Any] | None = None) -> str:
    form.title.flags.required = "title" in stored.draft.texts
    return render_template(
        "editing/edit.html",
        dataset={
            "slug": dataset.slug,
            "title": dataset.title or dataset.slug,
            "is_managed": may_manage(current_viewer(), dataset),
        },
        form=form,
        faults=faults_of(form),
        unshown=unshown(form, stored),
        conflict=conflict,
    )
