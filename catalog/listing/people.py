"""People and organizations suggested by what somebody types of them: by name and title, never by e-mail address."""

from collections.abc import Sequence

from sqlalchemy import select

from catalog.access import Viewer, visible_organizations
from catalog.db import db
from catalog.errors import NotSignedIn
from catalog.model import Organization, User
from catalog.vocabulary.text import fold

_MOST = 8


def suggest_people(viewer: Viewer, text: str) -> Sequence[User]:
    """Up to eight people whose handle or name has every word of `text`, by name; nobody for no text.

    NotSignedIn for visitors; disabled accounts are left out.
    """
    if not viewer.is_signed_in:
        raise NotSignedIn()
    words = fold(text).split()
    if not words:
        return ()
    found = select(User).where(~User.is_disabled)
    for word in words:
        found = found.where(User.handle.contains(word, autoescape=True) | User.folded.contains(word, autoescape=True))
    return db.session.scalars(found.order_by(User.folded, User.id).limit(_MOST)).all()


def suggest_receivers(viewer: Viewer, text: str) -> Sequence[User | Organization]:
    """The people of `suggest_people`, then up to eight organizations whose key or title has every word of `text`."""
    people = suggest_people(viewer, text)
    words = fold(text).split()
    if not words:
        return ()
    found = visible_organizations(viewer)
    for word in words:
        found = found.where(
            Organization.key.contains(word, autoescape=True) | Organization.folded.contains(word, autoescape=True)
        )
    rows = db.session.scalars(found.order_by(Organization.folded, Organization.id).limit(_MOST)).all()
    return [*people, *rows]
