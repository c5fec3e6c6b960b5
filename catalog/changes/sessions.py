"""Sessions of browsers, begun and ended; without its row a cookie is worth nothing."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from catalog.access import Viewer, require
from catalog.audiences import account_audience
from catalog.changes.journal import note_touched, record, writing
from catalog.db import db
from catalog.errors import NotFound
from catalog.model import Session, User
from catalog.vocabulary.text import tidy

_AGENT_LIMIT = 300


def begin(user: User, *, agent: str | None, days: int, instead_of: UUID | None = None) -> Session:
    """A new session of `user`, who proved who they are, in the browser that calls itself `agent`.

    The session `instead_of`, whosever it is, ends with that.
    """
    user_id = user.id
    with writing() as at:
        ending = select(Session.user_id).where(Session.uuid == instead_of)
        note_touched(map(account_audience, db.session.scalars(ending)))
        db.session.execute(delete(Session).where((Session.expires_at <= at) | (Session.uuid == instead_of)))
        session = Session(
            user_id=user_id,
            agent=tidy(agent or "")[:_AGENT_LIMIT] or None,
            created_at=at,
            last_used_at=at,
            expires_at=at + timedelta(days=days),
        )
        db.session.add(session)
    return session


def end(viewer: Viewer, uuid: UUID) -> None:
    """End one session of the viewer's; NotFound for one that is not theirs."""
    with writing():
        require(viewer.may_write, viewer)
        ended = delete(Session).where(Session.uuid == uuid, Session.user_id == viewer.user_id)
        if not db.session.execute(ended).rowcount:
            raise NotFound("There is no such session.")
        record(viewer, "end session", None, {"user_id": viewer.user_id})


def end_others(viewer: Viewer, kept: UUID | None) -> int:
    """End the viewer's sessions but the one that is `kept`; how many they were."""
    with writing():
        require(viewer.may_write, viewer)
        number = end_all(viewer.user_id, kept)
        if number:
            record(viewer, "end sessions", None, {"user_id": viewer.user_id, "number": [number, 0]})
    return number


def end_all(user_id: int | None, kept: UUID | None = None) -> int:
    """End the sessions of a user but the one that is `kept`, as part of another verb; how many they were."""
    ended = delete(Session).where(Session.user_id == user_id)
    return db.session.execute(ended if kept is None else ended.where(Session.uuid != kept)).rowcount
