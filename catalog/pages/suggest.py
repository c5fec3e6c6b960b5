"""Suggestions for what is being typed into a form, as JSON."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from catalog.identity import current_viewer
from catalog.listing.people import suggest_people, suggest_receivers
from catalog.model import User
from catalog.pages.door import personal, settings
from catalog.vocabulary.text import tidy

bp = Blueprint("suggest", __name__, url_prefix="/suggest")


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
