"""Totals without counting: the numbers that are kept in the database, and whether they are right."""

from collections.abc import Hashable

from flask import current_app
from sqlalchemy import BigInteger, CompoundSelect, ScalarSelect, Select, cast, func, select

from catalog.access import (
    OPERATOR,
    Ownership,
    Viewer,
    known_datasets,
    open_visibilities,
    owned_by,
    reached_by_index,
    visible_datasets,
)
from catalog.db import db
from catalog.keeping import Memory
from catalog.listing.generations import present_generations
from catalog.listing.prepared import Put, rows_of
from catalog.model import Dataset, Listed, Version, Visibility

COUNTABLE = 100_000
"""The facets of so many datasets the database counts within a second or two."""


def is_tallied(viewer: Viewer) -> bool:
    """Whether what `viewer` sees is made of what is open to them and of what else reaches them, and of nothing more."""
    return viewer.opened is None and not viewer.is_operator


def are_countable() -> bool:
    """Whether the datasets are few enough for the database to count what is in all of them while a reader waits."""
    return (db.session.scalar(select(func.sum(Listed.number))) or 0) <= COUNTABLE


def count_listed(viewer: Viewer) -> int:
    """How many named datasets `viewer`, who is tallied, may see.

    Of those that their visibility opens to the viewer the number is kept; the others, which are few, are counted.
    """
    opened = open_visibilities(viewer)
    if not viewer.is_signed_in:
        return sum(number for visibility, number in db.session.connection().execute(_KEPT) if visibility in opened)
    counted: Memory[Hashable, int] = current_app.extensions["catalog_reaching"]
    key = _key(viewer, "closed")
    number = counted.find(key)
    if number is None:  # both are read at once
        rows = rows_of(_kept_and_closed, viewer)
        number = rows[0][2] if rows else 0
        counted.keep(key, number)
    else:
        rows = db.session.connection().execute(_KEPT).all()
    return number + sum(row.number for row in rows if row.visibility in opened)


def count_listed_by_ownership(viewer: Viewer) -> dict[Ownership | None, int]:
    """How many of them reach the viewer in each way; None is all that the viewer may see."""
    if not viewer.is_signed_in:
        return {None: count_listed(viewer), **dict.fromkeys(Ownership, 0)}
    mine, reaching = _remembered(viewer, _mine), _remembered(viewer, _reaching)
    return {None: count_listed(viewer), Ownership.MINE: mine, Ownership.SHARED: reaching - mine}


def _remembered(viewer: Viewer, counting: Put) -> int:
    """How many datasets reach the signed-in `viewer` in some way; counted again when something touched these.

    It may be 200,000, and most changes are of others. Indexes hold all that decides: no row is read for it.
    """
    counted: Memory[Hashable, int] = current_app.extensions["catalog_reaching"]
    key = _key(viewer, counting.__name__)
    if (number := counted.find(key)) is None:
        ((number,),) = rows_of(counting, viewer)
        counted.keep(key, number)
    return number


def _mine(viewer: Viewer) -> Select:
    own = visible_datasets(viewer).where(owned_by(viewer), Dataset.name.is_not(None))
    return select(_count(own.with_only_columns(Dataset.id)))


def _reaching(viewer: Viewer) -> Select:
    return select(_count(reached_by_index(viewer)))


def _kept_and_closed(viewer: Viewer) -> Select:
    """The numbers that are kept, with each how many of those reach `viewer` that their visibility opens to nobody."""
    closed = [one for one in Visibility if one not in open_visibilities(viewer)]
    return _KEPT.add_columns(_count(reached_by_index(viewer, Dataset.visibility.in_(closed))))


def _key(viewer: Viewer, what: str) -> Hashable:
    return viewer.principals, present_generations(viewer).reaching, what


def _count(found: CompoundSelect | Select) -> ScalarSelect[int]:
    return select(func.count()).select_from(found.subquery()).scalar_subquery()


_KEPT = select(Listed.visibility, Listed.number)
_MOST_NUMBERS = 10_000


def new_memory() -> Memory[Hashable, int]:
    """What one process remembers of what was counted for a viewer."""
    return Memory(_MOST_NUMBERS)


def differences() -> list[str]:
    """In words, where what is kept is not what counting gives; nothing where all is right."""
    return [*_wrong_totals(), *_wrong_downloads()]


def _wrong_totals() -> list[str]:
    named = visible_datasets(OPERATOR).where(Dataset.name.is_not(None))
    counted = named.with_only_columns(Dataset.visibility, func.count()).group_by(Dataset.visibility)
    right = dict(db.session.execute(counted).all())
    kept = dict(db.session.execute(select(Listed.visibility, Listed.number)).all())
    return [
        f"{kept.get(one)} {one} datasets are kept, {right.get(one, 0)} are there"
        for one in Visibility
        if kept.get(one) != right.get(one, 0)
    ]


def _wrong_downloads() -> list[str]:
    together = cast(func.coalesce(func.sum(Version.download_count), 0), BigInteger)
    wrong = (
        known_datasets(OPERATOR)
        .outerjoin(Dataset.versions)
        .group_by(Dataset.id)
        .having(Dataset.download_count != together)
        .with_only_columns(Dataset.slug, Dataset.download_count, together, func.count().over())
        .order_by(Dataset.id)
        .limit(1)
    )
    return [
        f"{kept} downloads are kept of {slug}, its versions have {right}; wrong in {number} datasets"
        for slug, kept, right, number in db.session.execute(wrong)
    ]
