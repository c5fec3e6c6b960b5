"""Processes that add and take away datasets of one store while somebody walks through them, and what they did."""

import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from catalog.db import db
from catalog.model import Change, Dataset
from tests.support.stores import Store

_PATIENCE = 60.0
_PIPES = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
# Says that it is there, waits for the word, then does its change to one dataset after another, each in a transaction of
# its own, until all are done.
_PROGRAM = """
import sys
from app import create_app
from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.changes.drafts import DatasetDraft
from catalog.db import db
from catalog.model import Dataset

verb, owner, *slugs = sys.argv[1:]
with create_app().app_context():
    print("there", flush=True)
    input()
    for slug in slugs:
        if verb == "register":
            datasets.register(OPERATOR, DatasetDraft(slug=slug), owner_id=int(owner))
        else:
            datasets.withdraw(OPERATOR, db.session.scalar(db.select(Dataset).where(Dataset.slug == slug)))
"""


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


def repeated(names: list[str]) -> int:
    """How many of `names` are there once more."""
    return sum(count - 1 for count in Counter(names).values())


@dataclass(frozen=True)
class Meanwhile:
    """What has happened to a store since a moment."""

    store: Store
    since: int

    @property
    def added(self) -> int:
        """How many datasets were added."""
        return self._count("register")

    @property
    def removed(self) -> int:
        """How many were taken away."""
        return self._count("withdraw")

    def before(self, walk: Sequence[tuple[float, list[str]]], place: Place = by_slug) -> Counter[str]:
        """How many datasets were added and removed before the position of a walk, by the journal's verb.

        `walk` is, of each page, when it was asked for and its slugs; `place` tells in which order datasets come. A
        change is seen before the next writer has its turn, so that the pages that had been asked for until then tell
        how far the walk can have come.
        """
        counts: Counter[str] = Counter()
        changes, ages = self._changes(), self._ages()  # in this order: whatever changed has an age
        for (verb, slug, _), (_, _, seen_by) in zip(changes, [*changes[1:], (None, None, None)], strict=True):
            pages = [page for begun, page in walk if seen_by is None or begun <= seen_by]
            reached = [place(page[-1], ages[page[-1]]) for page in pages]
            counts[verb] += bool(reached) and place(slug, ages[slug]) <= max(reached)
        return counts

    def _changes(self) -> list[tuple[str, str, float]]:
        made = select(Change.verb, Dataset.slug, Change.at).join(Dataset, Dataset.id == Change.dataset_id)
        with self.store.app.app_context():
            rows = db.session.execute(made.where(Change.seq > self.since).order_by(Change.seq)).all()
        return [(verb, slug, at.timestamp()) for verb, slug, at in rows]

    def _ages(self) -> dict[str, Age]:
        known = select(Dataset.slug, Dataset.created_at, Dataset.id)
        with self.store.app.app_context():
            return {slug: (at.timestamp(), id_) for slug, at, id_ in db.session.execute(known)}

    def _count(self, verb: str) -> int:
        with self.store.app.app_context():
            return db.session.scalar(
                select(func.count()).select_from(Change).where(Change.verb == verb, Change.seq > self.since)
            )


@contextmanager
def changing(store: Store, owner_id: int, *, adding: int = 0, removing: list[str] | None = None) -> Iterator[None]:
    """A stretch in which two processes add that many datasets each and one takes these away; all have begun."""
    begun = _journal(store)
    work = [("register", [f"new_{process}_{n}" for n in range(adding)]) for process in range(2) if adding]
    work += [("withdraw", removing)] if removing else []
    with ExitStack() as stack:
        processes = [
            stack.enter_context(store.start_python(_PROGRAM, verb, str(owner_id), *slugs, **_PIPES))
            for verb, slugs in work
        ]
        for process in processes:
            stack.callback(process.kill)
        for process in processes:
            process.stdout.readline()
        for process in processes:  # all at once, so that none is done before the others begin
            process.stdin.write("\n")
            process.stdin.flush()
        until = time.monotonic() + _PATIENCE
        while len({verb for verb, _ in _journal(store)[len(begun) :]}) < len({verb for verb, _ in work}):
            assert time.monotonic() < until, "the processes did not begin"
            time.sleep(0.02)
        yield


def from_now_on(store: Store) -> Meanwhile:
    """What happens to `store` from this moment on."""
    return Meanwhile(store, _journal(store)[-1][1])


def _journal(store: Store) -> list[tuple[str, int]]:
    with store.app.app_context():
        return [tuple(row) for row in db.session.execute(select(Change.verb, Change.seq).order_by(Change.seq))]
