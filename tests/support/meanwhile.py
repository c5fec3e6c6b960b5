"""Walks through lists that other processes change from page to page, and what a walk may repeat and miss for it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, count, cycle, islice
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from catalog.changes.drafts import AssetDraft, VersionDraft
from catalog.db import db
from catalog.model import Dataset
from tests.support.given import Given, Party
from tests.support.relay import relayed
from tests.support.server import Server
from tests.support.stores import Store, new_store
from tests.support.writers import Change, Writers

ADDED, REMOVED = "register", "withdraw"
"""The verbs that lists change by."""

# Each dataset has one file, so that a list of assets tells of each just as a list of datasets does.
_VERSIONS, _ASSETS = [VersionDraft(label="v1")], [AssetDraft(kind="csv", uri="https://files.example/table.csv")]

# When a dataset came, and its id.
Age = tuple[float, int]
# What tells the place of a dataset in a list, from its slug and its age.
Place = Callable[[str, Age], Any]


def by_slug(slug: str, age: Age) -> str:
    """The place in a list by slug."""
    return slug


def oldest_first(slug: str, age: Age) -> Age:
    """The place in a list by age; those of one moment come by id."""
    return age


def newest_first(slug: str, age: Age) -> Age:
    """The place in a list by age, newest first; those of one moment come by id, the last first."""
    came_at, id_ = age
    return -came_at, -id_


class Made(NamedTuple):
    """A change, and how many answers had been asked for at the latest when it was made."""

    verb: str
    slug: str
    answers: int


@dataclass
class Walk:
    """A walk through what one user owns: where to ask and by which token, what came, and what changed meanwhile."""

    store: Store
    owner: Party
    token: str
    standing: Sequence[str]
    """What there was at the start, the oldest first."""
    place: Place
    url: str = ""
    pages: list[list[str]] = field(default_factory=list)
    """The slugs of each answer since the first page, empty where it is past the end."""
    made: list[Made] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """All that came, page by page."""
        return [name for page in self.pages for name in page]

    @property
    def repeated(self) -> int:
        """How many came once more."""
        return len(self.names) - len(set(self.names))

    @property
    def missed(self) -> int:
        """How many did not come that were there from the start to the end."""
        removed = {one.slug for one in self.made if one.verb == REMOVED}
        return len(set(self.standing) - removed - set(self.names))

    @property
    def between(self) -> Counter[str]:
        """How many were added and removed after the first page and before the last was asked for, by the verb."""
        last = max(number for number, page in enumerate(self.pages) if page)
        return Counter(one.verb for one in self.made if one.answers <= last)

    @property
    def before(self) -> Counter[str]:
        """How many were added and removed before the position that the walk had come to, by the verb.

        What was changed while a page was read may have been seen by it or not, so it is held against its end.
        """
        places = self._places()

        def reached(answers: int) -> Any:
            return max(places[page[-1]] for page in self.pages[:answers] if page)

        return Counter(one.verb for one in self.made if places[one.slug] <= reached(one.answers))

    def wrong_pages(self, size: int) -> list[list[str]]:
        """The pages with more rows than `size`, a row twice, or rows in another order than the list's."""
        places = self._places()
        return [
            page
            for page in self.pages
            if len(page) > size or len(set(page)) < len(page) or page != sorted(page, key=places.__getitem__)
        ]

    def _places(self) -> dict[str, Any]:
        mine = select(Dataset.slug, Dataset.created_at, Dataset.id).where(Dataset.owner_id == self.owner.id)
        with self.store.app.app_context():
            return {slug: self.place(slug, (at.timestamp(), id_)) for slug, at, id_ in db.session.execute(mine)}


class Walking:
    """A server and two other processes over one store; gives walks, each through datasets of a new user."""

    def __init__(self, store: Store, server: Server, writers: Writers) -> None:
        self._store, self._server, self._writers = store, server, writers
        self._given, self._numbers = Given(store.app), count(1)

    @contextmanager
    def __call__(
        self,
        slugs: Callable[[Any], list[str]],
        place: Place,
        *,
        rows: int = 60,
        step: int = 1,
        removing: bool = True,
    ) -> Iterator[Walk]:
        """A walk through `rows` datasets in the order of `place`, whose pages `slugs` reads.

        Before each page but the first the processes add datasets or, unless it is not `removing`, take some away, in
        turns and more of them the higher the `step`; each makes its last change while the page is read.
        """
        owner = self._given.user(f"walker{next(self._numbers)}")
        standing = [f"{owner.name}_m{number:04}" for number in range(rows)]
        self._given.datasets(standing, owner=owner, versions=_VERSIONS, assets=_ASSETS)
        walk = Walk(self._store, owner, self._given.token(owner), standing, place)
        batches = _batches(owner, standing, step, removing)

        def asked() -> None:
            if walk.pages:
                done, racing = next(batches)
                self._writers.do(done)
                self._writers.begin(racing)
                walk.made += [Made(one.verb, one.slug, len(walk.pages)) for one in done]
                walk.made += [Made(one.verb, one.slug, len(walk.pages) + 1) for one in racing]

        def answered(said: Any) -> None:
            if (page := slugs(said)) or walk.pages:
                walk.pages.append(page)

        with relayed(self._server.url, asked, answered) as walk.url:
            yield walk
        self._writers.wait()


@pytest.fixture(scope="session")
def walking(database_url: str, migrated: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walking]:
    """Gives walks, on the kind of database whose turn it is."""
    store = new_store(database_url, tmp_path_factory.mktemp("walking"), copied_from=migrated)
    with Writers(store) as writers, Server(store.folder, **store.settings) as server:
        yield Walking(store, server, writers)
    with store.app.app_context():
        db.engine.dispose()


def _batches(
    owner: Party, standing: Sequence[str], step: int, removing: bool
) -> Iterator[tuple[list[Change], list[Change]]]:
    """What to do before each page and, apart, while it is read; less is added than removed, so that a walk misses some.

    Where slugs tell the place, three of four that come stand first and one last; of what goes, in every order,
    half stood first and half last. Both end, for a client that walks on while the list grows.
    """
    coming = (f"{owner.name}_{'aaza'[number % 4]}{number:04}" for number in range(len(standing) // 2))
    third = len(standing) // 3 if removing else 0
    going = chain.from_iterable(zip(standing[:third], standing[::-1], strict=False))
    for verb, slugs, number in cycle([(ADDED, coming, 4 * step), (REMOVED, going, 8 * step)]):
        batch = [Change(verb, owner.id, slug) for slug in islice(slugs, number)]
        yield batch[:-2], batch[-2:]
