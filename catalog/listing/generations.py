"""How fresh what somebody sees is: told by the last change that touched them, without looking at anything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

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
    parts = (Generation.audience != own, Generation.audience == own) if own else (Generation.audience.is_not(None),)
    last = [func.max(column).filter(part) for part in parts for column in (Generation.seq, Generation.at)]
    found = select(*last).where(Generation.audience.in_([*names, *([own] if own else [])]))
    row = db.session.execute(found).one()
    moved = [None if seq is None else (seq, at) for seq, at in zip(row[::2], row[1::2], strict=True)]
    return Generations(moved[0], moved[1] if own else None)
