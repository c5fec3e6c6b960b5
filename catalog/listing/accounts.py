"""What is the viewer's own: the sessions in which they are signed in and their tokens."""

from uuid import UUID

from sqlalchemy import select

from catalog.access import Viewer
from catalog.clock import now
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.paging import Page, Window, count, within
from catalog.model import Session, Token


def list_sessions(viewer: Viewer, window: Window) -> Page[Session]:
    """The viewer's sessions that have not run out, the one used last first."""
    found = select(Session).where(Session.user_id == viewer.user_id, Session.expires_at > now())
    rows = within(found.order_by(Session.last_used_at.desc(), Session.id.desc()), window)
    return Page(db.session.scalars(rows).all(), count(found.with_only_columns(Session.id)), window)


def list_tokens(viewer: Viewer, window: Window) -> Page[Token]:
    """The viewer's tokens of every kind that were not revoked, the newest first."""
    found = select(Token).where(Token.user_id == viewer.user_id, Token.revoked_at.is_(None))
    rows = within(found.order_by(Token.created_at.desc(), Token.id.desc()), window)
    return Page(db.session.scalars(rows).all(), count(found.with_only_columns(Token.id)), window)


def get_token(viewer: Viewer, uuid: UUID) -> Token:
    """A token of the viewer's that was not revoked; NotFound for any other."""
    found = select(Token).where(Token.uuid == uuid, Token.user_id == viewer.user_id, Token.revoked_at.is_(None))
    token = db.session.scalar(found)
    if token is None:
        raise NotFound("There is no such token.")
    return token
