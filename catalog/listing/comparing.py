"""The indexes held against access: whether each lets a viewer see exactly what the rules of the one room say."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import func, select

from catalog.access import Viewer
from catalog.db import db
from catalog.listing import lists
from catalog.listing.indexed import Indexed
from catalog.listing.paging import count
from catalog.model import Dataset, User
from catalog.search.forms import DATASETS, Form
from catalog.search.index import SearchIndex

# How many datasets are drawn, by whose ids what is seen is compared one by one; all are counted.
_DRAWN = 500
_VIEWERS = 4


def some_users() -> Sequence[User]:
    """A few users, drawn anew each time."""
    return db.session.scalars(select(User).order_by(func.random()).limit(_VIEWERS)).all()


def differing(held: SearchIndex, viewers: Iterable[Viewer]) -> str | None:
    """In words, where an index shows one of `viewers` another number of rows than access does, or other ones of those
    that are drawn; None where it is right, and where it does not answer.
    """
    drawn = _drawn_ids()
    return next((words for viewer in viewers if (words := _differing(held, viewer, drawn))), None)


def _differing(held: SearchIndex, viewer: Viewer, drawn: Sequence[int]) -> str | None:
    listed, searcher = _list_of(held.form), held.searcher()
    if searcher is None:
        return None
    index, seen = Indexed(searcher, viewer), listed.visible(viewer)
    who = f"user {viewer.handle}" if viewer.is_signed_in else "a visitor"
    by_rules, by_index = count(seen.with_only_columns(listed.row.id)), index.count(_everything(held.form))
    if by_rules != by_index:
        return f"{who} may see {by_rules} {held.form.noun}s and is shown {by_index}"
    right = set(db.session.scalars(seen.where(Dataset.id.in_(drawn)).with_only_columns(listed.row.id)))
    wrong = right ^ index.among(_everything(held.form), drawn)
    return f"{who} is not shown what the rules say of {held.form.noun} {min(wrong)}" if wrong else None


def _list_of(form: Form) -> lists.List:
    return lists.DATASETS if form is DATASETS else lists.ASSETS


def _everything(form: Form):
    everything = _list_of(form).everything
    if form is DATASETS:
        return replace(everything, with_unnamed=True)
    return replace(everything, within=replace(everything.within, with_unnamed=True))


def _drawn_ids() -> list[int]:
    last = db.session.scalar(select(func.max(Dataset.id))) or 0
    return random.sample(range(1, last + 1), min(last, _DRAWN))
