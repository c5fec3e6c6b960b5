"""Five changes a second meanwhile, by a process of its own, and one more whenever the measurement wants it.

The process (`python -m bench.writing N`, over the store of the settings) opens and closes datasets, shares them and
shares them no more, and gives public ones other titles. What it opens it closes again, so that lists never get shorter
than they were.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from select import select

from app import create_app
from bench.making import SEED
from bench.running import ROOT
from catalog.access import OPERATOR
from catalog.changes import datasets, sharing
from catalog.changes.redrafting import draft_of
from catalog.changes.revising import load_whole
from catalog.db import db
from catalog.model import Dataset, User, Visibility

_PAUSE = 0.2
_MARK = " (revised)"


class Writer:
    """The process that writes."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process

    def write(self) -> None:
        """Give a public dataset another title, now; RuntimeError where the process has ended."""
        try:
            self._process.stdin.write(b"\n")
            self._process.stdin.flush()
        except OSError:
            pass  # the answer does not come either
        if not self._process.stdout.readline():
            raise RuntimeError("the process that writes has ended")


@contextmanager
def writing(environment: dict[str, str], number: int) -> Iterator[Writer]:
    """Changes of a store of so many datasets; RuntimeError at the end where one of them failed."""
    words = [sys.executable, "-m", "bench.writing", str(number)]
    process = subprocess.Popen(words, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        writer = Writer(process)
        writer.write()  # it is there
        yield writer
        process.stdin.close()
        if process.wait(20):
            raise RuntimeError("the process that writes failed")
    finally:
        process.kill()
        process.wait()


class _Changes:
    """The changes, each to a dataset that is drawn."""

    def __init__(self, number: int) -> None:
        self._draw, self._number = random.Random(SEED), number
        self._owners = list(db.session.scalars(db.select(User).where(User.handle.startswith("owner-"))))
        self._owner = self._opened = self._shared = None

    def in_turns(self) -> Iterator[Callable[[], None]]:
        """Every change, one after another."""
        return cycle([self.retitle, self._open, self._share, self._close, self._unshare])

    def retitle(self) -> None:
        """Another title for a public dataset."""
        (whole,) = load_whole([self._drawn(Visibility.PUBLIC).id])
        draft = draft_of(whole)
        title = draft.texts["title"]
        other = title.removesuffix(_MARK) if title.endswith(_MARK) else title + _MARK
        datasets.revise(OPERATOR, whole, replace(draft, texts={**draft.texts, "title": other}))

    def _open(self) -> None:
        self._opened = self._drawn(Visibility.PRIVATE)
        datasets.set_visibility(OPERATOR, self._opened, Visibility.PUBLIC)

    def _close(self) -> None:
        datasets.set_visibility(OPERATOR, self._opened, Visibility.PRIVATE)

    def _share(self) -> None:
        self._shared = self._drawn(Visibility.PRIVATE)
        self._owner = self._draw.choice([one for one in self._owners if one.id != self._shared.owner_id])
        sharing.share(OPERATOR, self._shared, with_=self._owner)

    def _unshare(self) -> None:
        sharing.unshare(OPERATOR, self._shared, with_=self._owner)

    def _drawn(self, visibility: Visibility) -> Dataset:
        while True:
            found = db.session.get(Dataset, self._draw.randint(1, self._number))
            if found is not None and found.visibility is visibility:
                return found


def main() -> None:
    """Write until standard input ends; a line there wants a title, and is answered by one when that is written."""
    with create_app().app_context():
        changes = _Changes(int(sys.argv[1]))
        turns, due = changes.in_turns(), time.monotonic()
        while True:
            wanted, _, _ = select([sys.stdin], [], [], max(0.0, due - time.monotonic()))
            if not wanted:
                next(turns)()
                due = max(due + _PAUSE, time.monotonic())
            elif sys.stdin.readline():
                changes.retitle()
                print(flush=True)
            else:
                return
            db.session.commit()


if __name__ == "__main__":
    main()
