"""Processes that add and take away datasets of one store while somebody walks through them, and what they did."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select

from catalog.db import db
from catalog.model import Change
from tests.support.stores import Store

_PATIENCE = 60.0
# Does its change to one dataset after another, each in a transaction of its own, until all are done.
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
    for slug in slugs:
        if verb == "register":
            datasets.register(OPERATOR, DatasetDraft(slug=slug), owner_id=int(owner))
        else:
            datasets.withdraw(OPERATOR, db.session.scalar(db.select(Dataset).where(Dataset.slug == slug)))
"""


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
        for verb, slugs in work:
            process = store.start_python(_PROGRAM, verb, str(owner_id), *slugs)
            stack.callback(process.wait)
            stack.callback(process.kill)
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
