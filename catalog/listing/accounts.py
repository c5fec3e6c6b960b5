"""What is the viewer's own: the sessions in which they are signed in and their tokens."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from catalog.access import Viewer
from catalog.clock import now
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.paging import Page, Window, count, within
from catalog.model import Session, Token, TokenKind
from catalog.vocabulary.text import visible


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


def list_api_keys(viewer: Viewer) -> Sequence[Token]:
    """The viewer's API keys that were not revoked, with whose they are, the oldest first."""
    return db.session.scalars(_api_keys(viewer).order_by(Token.created_at, Token.id)).all()


def get_api_key(viewer: Viewer, *, beginning: str, secret_hash: bytes) -> Token:
    """The viewer's API key with that secret, or the only one that begins so; NotFound for any other."""
    found = _api_keys(viewer).where(or_(Token.secret_hash == secret_hash, Token.beginning == visible(beginning)))
    keys = db.session.scalars(found.limit(2)).all()
    if len(keys) != 1:
        raise NotFound("The requested API key does not exist.")
    return keys[0]


def _api_keys(viewer: Viewer) -> Select[tuple[Token]]:
    is_own = (Token.user_id == viewer.user_id) & (Token.kind == TokenKind.API_KEY) & Token.revoked_at.is_(None)
    return select(Token).where(is_own).options(joinedload(Token.user))


def get_token(viewer: Viewer, uuid: UUID) -> Token:
    """A token of the viewer's that was not revoked; NotFound for any other."""
    found = select(Token).where(Token.uuid == uuid, Token.user_id == viewer.user_id, Token.revoked_at.is_(None))
    token = db.session.scalar(found)
    if token is None:
        raise NotFound("There is no such token.")
    return token
