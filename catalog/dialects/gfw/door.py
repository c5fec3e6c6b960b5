"""The way into the GFW dialect: its blueprint, and which credentials each kind of address takes."""

from flask import Blueprint

from catalog.access import Viewer
from catalog.dialects.wire import base_url
from catalog.errors import NotSignedIn
from catalog.identity import Door, current_viewer

LISTS = Door(takes_cookie=True, query_key="x-api-key", passes_strange_keys=True)
"""The two lists, which pages share; a cookie counts there alone."""
READS = Door(query_key="x-api-key", passes_strange_keys=True)
"""Everything else that is read; keys that cannot be ours are ignored, as the original does."""
WRITES = Door(query_key="x-api-key")
"""What writes, and what is one's own."""
SIGNING_IN = Door(takes_tokens=False)
"""Where a password is sent: whoever does is nobody yet."""

bp = Blueprint("gfw", __name__)


def admitted() -> Viewer:
    """The viewer; NotSignedIn for visitors where they see nothing."""
    viewer = current_viewer()
    if not (viewer.is_signed_in or viewer.sees_public):
        raise NotSignedIn()
    return viewer


def signed_in() -> Viewer:
    """Whoever sent this request; NotSignedIn for a visitor."""
    viewer = current_viewer()
    if not viewer.is_signed_in:
        raise NotSignedIn()
    return viewer


def own_pages() -> str:
    """What stands before an asset's id in the address of its own page."""
    return f"{base_url()}/assets/"
