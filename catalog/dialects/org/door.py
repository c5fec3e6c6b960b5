"""The way into the org dialect: its blueprint, which credentials it takes, and that everybody is somebody here."""

from flask import Blueprint

from catalog.access import Viewer, require
from catalog.identity import Door, current_viewer

DOOR = Door()

bp = Blueprint("org", __name__, url_prefix="/api/v1")


def signed_in() -> Viewer:
    """Whoever sent this request; NotSignedIn for a visitor."""
    viewer = current_viewer()
    require(viewer.is_signed_in, viewer)
    return viewer
