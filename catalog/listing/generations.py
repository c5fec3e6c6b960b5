"""How fresh what somebody sees is: told by the last change that touched them, without looking at anything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from flask import g, has_request_context, request
from sqlalchemy import Select, bindparam, func, select

from catalog.access import Viewer, audience
from catalog.audiences import ALL, COUNTED, EVERYBODY, SIGNED_IN, account_audience, counted_audience
from catalog.db import db
from catalog.model import Change, Generation

Moved = tuple[int, datetime] | None
"""A change that touched somebody, and when; None where none has yet."""


@dataclass(frozen=True)
class Generations:
    """The last change of what a viewer sees, and of who the viewer is; and when reads were counted that show."""

    seen: Moved
    reaching: Moved
    """The last one of what reaches the viewer by more than its visibility."""
    account: Moved
    counted: datetime | None


def generations_of(viewer: Viewer) -> Generations:
    """What touched `viewer` last. While it stays, nothing that is shown to the viewer differs.

    Those of whom no names say what they see are touched by every change.
    """
    names = audience(viewer)
    if names is None:
        return Generations(last_change(), None, None, None)
    own = account_audience(viewer.user_id) if viewer.user_id is not None else None
    return _of_names([ALL, *names], own)


def present_generations(viewer: Viewer) -> Generations:
    """What touched `viewer` last, as this request found it; a request that writes looks each time."""
    if not has_request_context() or request.method not in _READING:
        return generations_of(viewer)
    asked, found = g.get(_FOUND, (None, None))
    if asked is not viewer:
        found = generations_of(viewer)
        setattr(g, _FOUND, (viewer, found))
    return found


def last_change() -> Moved:
    """The last change of all that the present transaction sees."""
    last = db.session.connection().execute(_NEWEST).one_or_none()
    return tuple(last) if last else None


def _of_names(names: Sequence[str], own: str | None) -> Generations:
    asked = [*names, *map(counted_audience, names), *([own] if own else [])]
    # One of them is named again until there are 4, 8, 16, …, so that few questions do for all.
    number = 1 << (len(asked) - 1).bit_length()
    given = {str(at): name for at, name in enumerate(asked + asked[:1] * (number - len(asked)))}
    *moved, counted = db.session.connection().execute(_last_of(number), {**given, "own": own or ""}).one()
    pairs = zip(moved[::2], moved[1::2], strict=True)
    return Generations(*((seq, at) if seq else None for seq, at in pairs), counted)


_READING = ("GET", "HEAD")
_FOUND = "catalog_generations"
# Made once: every request asks these.
_NEWEST = select(Change.seq, Change.at).order_by(Change.seq.desc()).limit(1)
_OWN = bindparam("own", type_=Generation.audience.type)
_IS_COUNTED = Generation.audience > COUNTED
_IS_SEEN = (Generation.audience != _OWN) & (Generation.audience < COUNTED)
_IS_REACHING = _IS_SEEN & (Generation.audience != EVERYBODY) & (Generation.audience != SIGNED_IN)
_IS_OWN = Generation.audience == _OWN
_KINDS = (_IS_SEEN, _IS_REACHING, _IS_OWN)


@lru_cache
def _last_of(number: int) -> Select:
    """The last changes of so many names: a list whose length is told with each question costs a tenth of an answer."""
    names = [bindparam(str(at), type_=Generation.audience.type) for at in range(number)]
    return select(
        *(func.max(column).filter(is_it) for is_it in _KINDS for column in (Generation.seq, Generation.at)),
        func.max(Generation.at).filter(_IS_COUNTED),
    ).where(Generation.audience.in_(names))
