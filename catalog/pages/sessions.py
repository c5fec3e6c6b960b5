"""The sessions in which one is signed in, and their end."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalog.changes import sessions
from catalog.identity import current_session, current_viewer
from catalog.listing.accounts import list_sessions
from catalog.pages.browsers import browser_in_words
from catalog.pages.door import personal
from catalog.pages.filters import plural
from catalog.pages.lists import Place, read_address

bp = Blueprint("sessions", __name__, url_prefix="/account/sessions")


@bp.get("")
@personal
def index() -> ResponseReturnValue:
    """One's sessions, this one marked."""
    address = read_address()
    found = list_sessions(current_viewer(), address.window)
    return render_template(
        "sessions/index.html",
        sessions=[
            {
                "uuid": one.uuid,
                "browser": browser_in_words(one.agent),
                "created_at": one.created_at,
                "last_used_at": one.last_used_at,
                "expires_at": one.expires_at,
                "is_this": one.uuid == current_session(),
            }
            for one in found
        ],
        page=Place.of(found),
        links=address.links(url_for("sessions.index")),
        notes=address.notes,
    )


@bp.post("/<uuid:uuid>/end", endpoint="delete")
@personal
def delete(uuid: UUID) -> ResponseReturnValue:
    """The end of one session."""
    sessions.end(current_viewer(), uuid)
    flash("The session has ended.", "ok")
    return redirect(url_for("sessions.index"), 303)


@bp.post("/end-others")
@personal
def end_others() -> ResponseReturnValue:
    """The end of every session but this one."""
    number = sessions.end_others(current_viewer(), current_session())
    flash(f"{plural(number, 'other session')} ended." if number else "There was no other session.", "ok")
    return redirect(url_for("sessions.index"), 303)
