"""Rows of the org dialect by their names, which begin with whoever publishes them: near whom a window has to look."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from catalog.db import CodePoint, db
from catalog.listing.criteria import NOT_STATED
from catalog.listing.every_row import EveryRow
from catalog.listing.paging import Window
from catalog.listing.searching import is_among
from catalog.model import Dataset, Organization, User
from catalog.search.clauses import one_of, silent

_KEY = func.coalesce(Organization.key, User.handle, type_=CodePoint)
NAME = _KEY + "/" + Dataset.slug
"""What a row is called in full."""
# Those of more publishers the database finds no faster than all.
_MOST_PUBLISHERS = 1_000


def under(key: str) -> ColumnElement[bool]:
    """Datasets of the organization `key`, or of the user `key` where they are in no organization."""
    column = _KEY
    return column == key


def called_fully(name: str) -> ColumnElement[bool]:
    """Datasets called `name`, with the key of their organization or the handle of their owner before it or without."""
    return (NAME if "/" in name else Dataset.slug) == name


@dataclass(frozen=True)
class Stretch:
    """The publishers whose rows lie in a window of all rows by name: theirs follow each other there."""

    organization_ids: Sequence[int]
    user_ids: Sequence[int]
    window: Window
    """The same window, counted from the first row of theirs."""

    @property
    def is_of_one(self) -> bool:
        """Whether it is one organization alone, of whose rows the database has an index by slug, and so by name."""
        return len(self.organization_ids) == 1 and not self.user_ids

    @property
    def holds(self) -> ColumnElement[bool]:
        """Whether a dataset is published by one of them."""
        return or_(*self._holding())

    def _holding(self) -> Iterator[ColumnElement[bool]]:
        if self.organization_ids:
            yield Dataset.organization_id.in_(self.organization_ids)
        if self.user_ids:
            # Said so that no index of organizations is taken for it: very many datasets are in none.
            yield and_(func.coalesce(Dataset.organization_id, 0) == 0, Dataset.owner_id.in_(self.user_ids))


def find_stretch(rows: EveryRow, *, is_descending: bool, window: Window, total: int) -> Stretch | None:
    """Whose rows lie in `window` of the `total` ones that `rows` tell of, by name.

    None where the index does not account for each of these rows, and where they are of very many publishers.
    """
    by_name: Counter[str] = Counter()
    publishers: defaultdict[str, list[tuple[Any, int]]] = defaultdict(list)
    for key, id_, name, number in _publishers(rows):
        by_name[name] += number
        publishers[name].append((key, id_))
    if by_name.total() != total:
        return None
    names, before = _within(by_name, is_descending, window)
    found = [publisher for name in names for publisher in publishers[name]]
    if not 0 < len(found) <= _MOST_PUBLISHERS:
        return None
    organization_ids, user_ids = ([id_ for key, id_ in found if key is one] for one in _NAMES)
    return Stretch(organization_ids, user_ids, Window(window.offset - before, window.limit))


# What organizations and users are called by, by their ids.
_NAMES = {Organization.id: Organization.key, User.id: User.handle}


def _publishers(rows: EveryRow) -> Iterator[tuple[Any, int, str, int]]:
    """Each publisher: of which kind, its id, with what the names of its rows begin, and how many rows it has."""
    of_organizations = rows.count_by("facet.organization")
    of_users: Mapping[str, int] = {}
    if of_organizations.pop(NOT_STATED, 0):
        in_none = silent(one_of("facet.organization", [NOT_STATED]))
        of_users = rows.count_by("facet.owner", in_none)
    for (key, column), counted in zip(_NAMES.items(), (of_organizations, of_users), strict=True):
        ids = [int(value) for value in counted]
        for id_, name in db.session.execute(select(key, column).where(is_among(key, ids))):
            # The sign after a key counts in the order of names: "map-makers/…" comes before "map/…".
            yield key, id_, f"{name}/", counted[str(id_)]


def _within(rows: Mapping[str, int], is_descending: bool, window: Window) -> tuple[Sequence[str], int]:
    """Those names some of whose rows lie in `window`, and how many rows come before all of theirs."""
    found: list[str] = []
    before = place = 0
    for name in sorted(rows, reverse=is_descending):
        if place >= window.offset + window.limit:
            break
        place += rows[name]
        if place > window.offset:
            found.append(name)
        else:
            before = place
    return found, before
