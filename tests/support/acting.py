"""Verbs of the catalog done by somebody: `act(datasets.rename, trees, "woods", by=alice)`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy import select

from catalog.access import OPERATOR, VISITOR, Viewer
from catalog.db import Base, db
from catalog.identity import viewer_of
from catalog.model import Change, Dataset, Organization, Scope, User
from tests.support.given import Party, Thing

ANYBODY = Party(0, "anybody")
"""A visitor, who is not signed in."""


class Acting:
    """Does verbs in the name of parties of the cast; nobody named is the command line."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __call__(
        self,
        verb: Callable[..., Any],
        *things: Any,
        by: Party | Viewer | None = None,
        came_by: str = "write",
        **more: Any,
    ) -> Any:
        """What `verb` gives back to `by`, who came by a token of that scope where it is not write."""
        with self._app.app_context():
            viewer = _viewer(by, came_by)
            resolved = [_resolved(one) for one in things]
            return _let_go(verb(viewer, *resolved, **{key: _resolved(one) for key, one in more.items()}))

    def journal(self, *, since: int = 0) -> list[tuple[str, int | None, int | None, dict | None]]:
        """The changes after number `since`: verb, dataset, actor, what; in the order of their numbers."""
        columns = (Change.verb, Change.dataset_id, Change.actor_id, Change.what)
        wanted = select(*columns).where(Change.seq > since).order_by(Change.seq)
        with self._app.app_context():
            return [tuple(row) for row in db.session.execute(wanted)]

    def last(self) -> int:
        """The number of the last change."""
        with self._app.app_context():
            return db.session.scalar(select(Change.seq).order_by(Change.seq.desc()).limit(1)) or 0


def _viewer(by: Party | Viewer | None, came_by: str) -> Viewer:
    if by is None:
        return OPERATOR
    if isinstance(by, Viewer):
        return by
    if by is ANYBODY:
        return VISITOR
    viewer = viewer_of(db.session.get_one(User, by.id))
    if came_by == "write":
        return viewer
    return replace(viewer, scope=Scope(came_by), token_id=1, is_admin=viewer.is_admin and came_by == "admin")


def _resolved(one: Any) -> Any:
    if isinstance(one, Thing):
        return db.session.get_one(Dataset, one.id)
    if isinstance(one, Party):
        return db.session.get_one(User if one.public_id else Organization, one.id)
    return db.session.get_one(type(one), one.id) if isinstance(one, Base) else one


def _let_go(given: Any) -> Any:
    """What a verb gave back, so that it can be read outside of its session."""
    if isinstance(given, tuple):
        return tuple(_let_go(one) for one in given)
    if isinstance(given, Base):
        db.session.refresh(given)
        db.session.expunge(given)
    return given
