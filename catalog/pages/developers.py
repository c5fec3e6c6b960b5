"""Pages for people who write scripts: how to point a client here, and what each operation takes and answers."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from catalog.errors import NoSuchAddress
from catalog.pages.clients import MANNERS
from catalog.pages.door import page, settings
from catalog.pages.reference import groups_of, things_of

bp = Blueprint("developers", __name__, url_prefix="/developers")


@bp.get("", endpoint="index")
@page
def index() -> ResponseReturnValue:
    """Every client with the lines that point it here, at the reader's own address."""
    base = (settings().public_url or request.url_root).rstrip("/")
    manners = [
        {
            "key": manner.key,
            "title": manner.title,
            "about": manner.about,
            "differences": manner.differences,
            "ways": [
                {
                    "key": client.key,
                    "title": client.title,
                    "about": client.about,
                    "code": client.pointed(base),
                    "note": client.remark(),
                }
                for client in manner.clients
            ],
        }
        for manner in MANNERS
    ]
    return render_template("developers/index.html", base=base, manners=manners)


@bp.get("/<dialect>", endpoint="show")
@page
def show(dialect: str) -> ResponseReturnValue:
    """The reference of one dialect, drawn from its OpenAPI document."""
    documents = current_app.extensions["catalog_documents"]
    if dialect not in documents:
        raise NoSuchAddress
    document = documents[dialect]()
    return render_template(
        "developers/show.html",
        key=dialect,
        title=document["info"]["title"],
        about=document["info"]["description"],
        groups=groups_of(document),
        things=things_of(document),
    )
