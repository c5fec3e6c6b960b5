"""Selects that are put into words once for all viewers of a kind; who asks is told when they are run.

To put what a viewer may see into words, and to look for words that a database knows already, takes several times as
long as the database takes to answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Row, Select, bindparam

from catalog.access import STRANGER, VISITOR, Viewer
from catalog.db import db

# Whoever belongs to more organizations is asked for in words of their own.
_MOST_ORGANIZATIONS = 20
_MOST = 500
Put = Callable[..., Select]
"""Puts what it is asked for into words for a viewer; `named` stands in it for what is told when it is run."""


@dataclass(frozen=True, kw_only=True)
class _AnyMember(Viewer):
    """Any signed-in user of `number` organizations."""

    number: int

    @cached_property
    def organization_ids(self) -> tuple[BindParameter[int], ...]:  # type: ignore[override]
        """What stands for each of the organizations."""
        return tuple(map(named, _organization_names(self.number)))


def named(name: str) -> BindParameter[int]:
    """What stands in a select for a number that is told when it is run."""
    return bindparam(name, 0, type_=BigInteger)


def rows_of(put: Put, viewer: Viewer, *args: Any, **values: Any) -> Sequence[Row]:
    """The rows of what `put` makes of `viewer` and of `args`, which are the same for many; `values` are told by name.

    They come from the session's connection, and in its transaction.
    """
    return db.session.connection().execute(*_worded(put, viewer, args, values)).all()


def things_of(put: Put, viewer: Viewer, *args: Any, **values: Any) -> Sequence[Any]:
    """The datasets or assets, whatever `put` selects, as the session holds them; else as `rows_of`."""
    return db.session.scalars(*_worded(put, viewer, args, values)).unique().all()


def _worded(put: Put, viewer: Viewer, args: tuple[Any, ...], values: dict[str, Any]) -> tuple[Select, dict[str, Any]]:
    if viewer.is_operator or viewer.opened or len(viewer.roles) > _MOST_ORGANIZATIONS:
        return put(viewer, *args), values
    organizations = len(viewer.roles) if viewer.is_signed_in else None
    found = _put_once(put, db.engine.dialect.name, organizations, viewer.sees_public, *args)
    return found, values | _who(viewer)


@lru_cache(_MOST)
def _put_once(put: Put, database: str, organizations: int | None, sees_public: bool, *args: Any) -> Select:
    """What `put` gives for those who belong to so many `organizations`, or to none but are signed in, or for visitors.

    `put` may word it differently from one `database` to another.
    """
    if organizations is None:
        return put(VISITOR if sees_public else STRANGER, *args)
    return put(_any_member(database, organizations, sees_public), *args)


@lru_cache
def _any_member(database: str, organizations: int, sees_public: bool) -> Viewer:
    """One for each database: how access is worded is kept with a viewer."""
    return _AnyMember(user_id=named("viewer"), sees_public=sees_public, number=organizations)  # type: ignore[arg-type]


def _who(viewer: Viewer) -> dict[str, int]:
    if not viewer.is_signed_in:
        return {}
    ids = viewer.organization_ids
    return {"viewer": viewer.user_id, **dict(zip(_organization_names(len(ids)), ids, strict=True))}


@lru_cache
def _organization_names(number: int) -> list[str]:
    return [f"organization_{at}" for at in range(number)]
