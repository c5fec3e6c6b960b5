"""Datasets put into the trash, and taken out of it again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalog.changes import datasets
from catalog.identity import current_viewer
from catalog.listing.curating import get_managed, get_withdrawn, list_withdrawn
from catalog.pages.door import personal
from catalog.pages.lists import Place, read_address
from catalog.pages.moved import lead_on
from catalog.vocabulary.text import cut

bp = Blueprint("trash", __name__)


@bp.get("/trash", endpoint="index")
@personal
def index() -> ResponseReturnValue:
    """What the viewer may restore, the last one withdrawn first."""
    address = read_address(())
    found = list_withdrawn(current_viewer(), address.window)
    return render_template(
        "trash/index.html",
        datasets=[
            {"slug": one.slug, "title": one.title or one.slug, "name": one.full_name, "withdrawn_at": one.deleted_at}
            for one in found.items
        ],
        page=Place.of(found),
        links=address.links(url_for("trash.index")),
        notes=address.notes,
    )


@bp.post("/trash/<slug>/restore", endpoint="restore")
@personal
def restore(slug: str) -> ResponseReturnValue:
    """Out of the trash, as it was."""
    viewer = current_viewer()
    dataset = get_withdrawn(viewer, slug)
    datasets.restore(viewer, dataset)
    flash(f"“{cut(dataset.title or dataset.slug, 80)}” is back.", "ok")
    return redirect(url_for("datasets.show", slug=slug), 303)


@bp.get("/datasets/<slug>/withdraw", endpoint="withdraw")
@personal
@lead_on
def withdraw(slug: str) -> ResponseReturnValue:
    """The question whether it is meant."""
    dataset = get_managed(current_viewer(), slug)
    return render_template(
        "trash/withdraw.html",
        dataset={
            "slug": dataset.slug,
            "title": dataset.title or dataset.slug,
            "version_count": len(dataset.versions),
            "visibility": dataset.visibility.value,
        },
    )


@bp.post("/datasets/<slug>/withdraw", endpoint="create")
@personal
@lead_on
def create(slug: str) -> ResponseReturnValue:
    """Into the trash."""
    viewer = current_viewer()
    dataset = get_managed(viewer, slug)
    datasets.withdraw(viewer, dataset)
    flash(f"“{cut(dataset.title or dataset.slug, 80)}” is withdrawn. It lies in the trash until it is restored.", "ok")
    return redirect(url_for("trash.index"), 303)
