"""How fresh what somebody sees is: told by the last change that touched them, without looking at anything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, select

from catalog.access import Viewer, audience
from catalog.audiences import ALL, account_audience
from catalog.db import db
from catalog.model import Change, Generation

Moved = tuple[int, datetime] | None
"""A change that touched somebody, and when; None where none has yet."""


@dataclass(frozen=True)
class Generations:
    """The last change of what a viewer sees, and of who the viewer is."""

    seen: Moved
    account: Moved


def generations_of(viewer: Viewer) -> Generations:
    """What touched `viewer` last. While it stays, nothing that is shown to the viewer differs.

    Those of whom no names say what they see are touched by every change.
    """
    names = audience(viewer)
    if names is None:
        last = db.session.execute(select(Change.seq, Change.at).order_by(Change.seq.desc()).limit(1)).one_or_none()
        return Generations(tuple(last) if last else None, None)
    own = account_audience(viewer.user_id) if viewer.user_id is not None else None
    return _of_names([ALL, *names], own)


def _of_names(names: Sequence[str], own: str | None) -> Generations:
    row = db.session.connection().execute(_LAST, {"names": [*names, *([own] if own else [])], "own": own or ""}).one()
    seen, seen_at, account, account_at = row
    return Generations(seen and (seen, seen_at), account and (account, account_at))


def _last(is_own: ColumnElement[bool]) -> tuple[ColumnElement, ColumnElement]:
    return tuple(func.max(column).filter(is_own) for column in (Generation.seq, Generation.at))


# Made once: every request asks this.
_OWN = bindparam("own", type_=Generation.audience.type)
_LAST = select(*_last(Generation.audience != _OWN), *_last(Generation.audience == _OWN)).where(
    Generation.audience.in_(bindparam("names", expanding=True))
)
