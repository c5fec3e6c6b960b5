"""Verbs of the catalog done by somebody: `act(datasets.rename, trees, "woods", by=alice)`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy import select

from catalog.access import OPERATOR, VISITOR, Viewer
from catalog.db import db
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
        self, verb: Callable[..., Any], *things: Any, by: Party | None = None, scope: str = "write", **more: Any
    ) -> Any:
        """What `verb` gives back to `by`, who came by a token of `scope` where that is not write."""
        with self._app.app_context():
            viewer = self.viewer(by, scope)
            resolved = [self._resolved(one) for one in things]
            return verb(viewer, *resolved, **{key: self._resolved(one) for key, one in more.items()})

    def viewer(self, by: Party | None, scope: str = "write") -> Viewer:
        """How the catalog sees `by`."""
        if by is None:
            return OPERATOR
        if by is ANYBODY:
            return VISITOR
        viewer = viewer_of(db.session.get_one(User, by.id))
        return viewer if scope == "write" else replace(viewer, scope=Scope(scope), token_id=1)

    def journal(self, *, since: int = 0) -> list[tuple[str, int | None, int | None, dict | None]]:
        """The changes after number `since`: verb, dataset, actor, what; in the order of their numbers."""
        columns = (Change.verb, Change.dataset_id, Change.actor_id, Change.what)
        with self._app.app_context():
            return [
                tuple(row)
                for row in db.session.execute(select(*columns).where(Change.seq > since).order_by(Change.seq))
            ]

    def last(self) -> int:
        """The number of the last change."""
        with self._app.app_context():
            return db.session.scalar(select(Change.seq).order_by(Change.seq.desc()).limit(1)) or 0

    @staticmethod
    def _resolved(one: Any) -> Any:
        if isinstance(one, Thing):
            return db.session.get_one(Dataset, one.id)
        if isinstance(one, Party):
            return db.session.get_one(User if one.public_id else Organization, one.id)
        return one
