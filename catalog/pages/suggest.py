"""Suggestions for what is being typed: into a form as JSON, into the search box also as a page."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalog.identity import current_viewer
from catalog.listing.people import suggest_people, suggest_receivers
from catalog.listing.suggesting import suggest
from catalog.model import User
from catalog.pages.door import page, personal, settings
from catalog.vocabulary.text import tidy

bp = Blueprint("suggest", __name__, url_prefix="/suggest")


@bp.get("")
@page
def index() -> ResponseReturnValue:
    """Datasets, tags and organizations for the search box: a page, or JSON for who asks for that."""
    text = tidy(request.args.get("q", ""))[: settings().text_limit]
    found = suggest(current_viewer(), text)
    groups = {
        "datasets": [
            {
                "title": one.title or one.slug,
                "about": one.organization.title if one.organization else one.slug,
                "href": url_for("datasets.show", slug=one.slug),
            }
            for one in found.datasets
        ],
        "tags": [{"title": tag, "about": None, "href": url_for("datasets.index", tag=tag)} for tag in found.tags],
        "organizations": [
            {"title": one.title, "about": one.key, "href": url_for("organizations.show", key=one.key)}
            for one in found.organizations
        ],
    }
    if request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json":
        return groups, {"Cache-Control": "private, no-store", "Vary": "Accept, Cookie"}
    everything = url_for("datasets.index", q=text or None)
    return render_template("suggest/index.html", query=text, groups=groups, everything=everything)


@bp.get("/people")
@personal
def people() -> ResponseReturnValue:
    """People by handle and name, for the signed-in."""
    found = suggest_people(current_viewer(), tidy(request.args.get("q", ""))[: settings().text_limit])
    answer = {"people": [{"handle": one.handle, "title": one.title} for one in found]}
    return answer, {"Cache-Control": "private, no-store"}


@bp.get("/receivers")
@personal
def receivers() -> ResponseReturnValue:
    """People and organizations by what they are called, for the signed-in."""
    found = suggest_receivers(current_viewer(), tidy(request.args.get("q", ""))[: settings().text_limit])
    named = [
        {"handle": one.handle, "title": one.title} if isinstance(one, User) else {"handle": one.key, "title": one.title}
        for one in found
    ]
    return {"receivers": named}, {"Cache-Control": "private, no-store"}
