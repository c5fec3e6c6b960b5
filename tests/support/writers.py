"""Processes of their own that add datasets to a store and take them away, when they are told to."""

import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import NamedTuple

from tests.support.stores import Store

_PIPES = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
# Says that it is there, then does the change of each line that comes, in a transaction of its own, and says so.
_PROGRAM = """
import sys
from app import create_app
from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.changes.drafts import AssetDraft, DatasetDraft, VersionDraft
from catalog.db import db
from catalog.model import Dataset, Visibility

VERSIONS, ASSETS = [VersionDraft(label="v1")], [AssetDraft(kind="csv", uri="https://files.example/table.csv")]
with create_app().app_context():
    print("there", flush=True)
    for line in sys.stdin:
        verb, owner, slug = line.split()
        if verb == "register":
            draft = DatasetDraft(slug=slug, versions=VERSIONS, assets=ASSETS)
            datasets.register(OPERATOR, draft, owner_id=int(owner), visibility=Visibility.PRIVATE)
        else:
            datasets.withdraw(OPERATOR, db.session.scalar(db.select(Dataset).where(Dataset.slug == slug)))
        print(slug, flush=True)
"""


class Change(NamedTuple):
    """What is to be done to one dataset: its journal's verb, whose it is, and its slug."""

    verb: str
    owner_id: int
    slug: str


class Writers:
    """Two processes over `store`, from entering to leaving, that share the changes they are given."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> "Writers":
        with ExitStack() as stack:
            self._processes = [stack.enter_context(self._store.start_python(_PROGRAM, **_PIPES)) for _ in range(2)]
            for process in self._processes:
                stack.callback(process.kill)
            self._owed = [["there"] for _ in self._processes]
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type | None, raised: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def do(self, changes: Sequence[Change]) -> None:
        """Both make their changes, at the same time as each other; all that were begun are made."""
        self.begin(changes)
        self.wait()

    def begin(self, changes: Sequence[Change]) -> None:
        """Both are told their changes, and go on alone."""
        for number, (process, owed) in enumerate(zip(self._processes, self._owed, strict=True)):
            for change in changes[number::2]:
                process.stdin.write(" ".join(map(str, change)) + "\n")
                owed.append(change.slug)
            process.stdin.flush()

    def wait(self) -> None:
        """All changes that were begun are made."""
        for process, owed in zip(self._processes, self._owed, strict=True):
            while owed:
                said = process.stdout.readline().strip()
                assert said == owed.pop(0), f"a process that writes has ended, or said {said!r}"
