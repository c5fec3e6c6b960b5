"""The page of one user, for the signed-in."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from catalog.identity import current_viewer
from catalog.listing.criteria import DatasetCriteria, DatasetSort
from catalog.listing.organizations import get_user, organizations_of
from catalog.pages.cards import drawn_cards
from catalog.pages.door import page
from catalog.pages.lists import Place, read_address

bp = Blueprint("users", __name__, url_prefix="/users")


@bp.get("/<handle>")
@page
def show(handle: str) -> ResponseReturnValue:
    """One user, with the datasets of theirs that the viewer may see."""
    viewer = current_viewer()
    user = get_user(viewer, handle)
    address = read_address()
    wanted = DatasetCriteria(owners=(user.handle,))
    found = drawn_cards(viewer, wanted, DatasetSort.UPDATED.order(is_descending=True), address.window, level=3)
    return render_template(
        "users/show.html",
        user={
            "handle": user.handle,
            "title": user.title,
            "is_me": user.id == viewer.user_id,
            "datasets_href": url_for("datasets.index", owner=user.handle),
        },
        datasets=found.items,
        page=Place.of(found),
        links=address.links(url_for("users.show", handle=user.handle)),
        notes=address.notes,
        organizations=[
            (one.title, url_for("organizations.show", key=one.key)) for one in organizations_of(viewer, user)
        ],
    )
