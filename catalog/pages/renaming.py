"""A dataset given another address."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

from catalog.changes import datasets
from catalog.errors import Invalid, Taken
from catalog.identity import current_viewer
from catalog.listing.curating import get_managed
from catalog.model import Dataset
from catalog.pages.door import personal
from catalog.pages.moved import lead_on
from catalog.vocabulary.text import tidy

bp = Blueprint("renaming", __name__)


class RenameForm(FlaskForm):
    """Another slug."""

    slug = StringField("Id", [DataRequired("Enter an id")], filters=[lambda given: tidy(given or "")])


@bp.get("/datasets/<slug>/rename")
@personal
@lead_on
def edit(slug: str) -> ResponseReturnValue:
    """The form with the present id."""
    dataset = get_managed(current_viewer(), slug)
    return _shown(dataset, RenameForm(formdata=None, slug=dataset.slug))


@bp.post("/datasets/<slug>/rename")
@personal
@lead_on
def update(slug: str) -> ResponseReturnValue:
    """Another id; the old one leads to it."""
    viewer, form = current_viewer(), RenameForm()
    dataset = get_managed(viewer, slug)
    if not form.validate():
        return _shown(dataset, form), 422
    try:
        given = datasets.rename(viewer, dataset, form.slug.data)
    except (Invalid, Taken) as error:
        form.slug.errors = [error.message]
        return _shown(get_managed(viewer, slug), form), 422
    why = "" if given == form.slug.data else f", as “{form.slug.data}” could not be given"
    flash(f"The dataset’s id is now “{given}”{why}; the old one leads to it.", "ok")
    return redirect(url_for("datasets.show", slug=given), 303)


def _shown(dataset: Dataset, form: RenameForm) -> str:
    return render_template(
        "renaming/edit.html", dataset={"slug": dataset.slug, "title": dataset.title or dataset.slug}, form=form
    )
