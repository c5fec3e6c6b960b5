"""An index on this machine: it holds what the journal has told until its mark, and follows it before each answer."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock, Thread

from flask import Flask, current_app
from tantivy import Index

from catalog.db import db
from catalog.memory import given_back
from catalog.search import following
from catalog.search.folders import Folders
from catalog.search.following import Mark, States, mark_of
from catalog.search.forms import FORMS, Form
from catalog.search.schema import schema, with_readers
from catalog.search.searcher import DamagedIndex, Searcher
from catalog.search.writing import HEAP, SHORT, Writer, fill
from catalog.settings import IndexPlace, Settings

log = logging.getLogger(__name__)
_BIG_HEAP = 100_000_000
# What makes an index be built anew.
_FAULTS = (ValueError, OSError, DamagedIndex)
# Seconds for which another process may be writing before a search does without the index.
_PATIENCE = 3.0
_PAUSE = 0.01
_TENDING = 0.02
# How often it is tried to follow an index that cannot be read or written.
_TRIES = 3


@dataclass(frozen=True)
class State:
    """How the index stands to the journal."""

    documents: int
    mark: int
    """The last change that it holds; 0 for none."""
    last: int
    """The last change of the journal."""
    folder: Path | None

    @property
    def is_fresh(self) -> bool:
        """Whether it holds every change."""
        return self.mark >= self.last


class SearchIndex:
    """One index of some form, opened by this process; without `folders` it is kept in memory."""

    def __init__(self, form: Form, folders: Folders | None) -> None:
        self.form = form
        self._folders = folders
        self._lock = Lock()
        self._index: Index | None = None
        self._mark: Mark | None = None
        self._follower: Thread | None = None
        self._states = States()

    def searcher(self) -> Searcher | None:
        """What answers from every change that the present transaction sees; None while the index cannot.

        What is missing is read here when it is little. When it is much, a thread of this process follows meanwhile.
        """
        with self._lock:
            try:
                return self._caught_up()
            except _FAULTS as failed:
                log.warning("the index cannot be used and is built anew: %s", failed)
                self._drop()
                self._start_following()
                return None

    def follow(self) -> None:
        """Bring the index to the last change, by as many steps as it takes; builds it where there is none."""
        failed = 0
        while failed < _TRIES:
            try:
                if self._step():
                    return
            except _FAULTS as fault:
                failed += 1
                log.warning("the index cannot be followed and is built anew: %s", fault)
                with self._lock:
                    self._drop_all()
            db.session.rollback()

    def rebuild(self) -> Mark | None:
        """Build the index anew beside the present one, which goes on to answer until then.

        Its mark; None while another process builds one.
        """
        built = self._built(_BIG_HEAP)
        with self._lock:
            self._index, self._mark = built or (None, None)
            self._open()
        return built[1] if built else None

    def condemn(self, fault: DamagedIndex) -> None:
        """Take the index, which somebody found damaged, out of force, and begin to build it anew."""
        with self._lock:
            log.warning("the index of %ss is damaged and is built anew: %s", self.form.noun, fault)
            self._drop_all()
            self._start_following()

    @property
    def is_kept(self) -> bool:
        """Whether it outlives this process."""
        return self._folders is not None

    def forget(self) -> None:
        """Let go of what is open; an index in memory is gone."""
        with self._lock:
            self._drop()

    def size(self) -> int:
        """How many documents it held when it was last looked at, without asking the database; 0 where there is none."""
        with self._lock:
            try:
                self._open()
            except _FAULTS:
                self._drop()
            return self._index.searcher().num_docs if self._index else 0

    def state(self) -> State:
        """How the index stands to the journal, as it is."""
        with self._lock:
            self._open()
            last = following.last_mark()
            number = self._index.searcher().num_docs - 1 if self._index and self._mark else 0
            folder = self._folders.current() if self._folders else None
            return State(number, self._mark.seq if self._mark else 0, last.seq, folder)

    def _caught_up(self) -> Searcher | None:
        last = following.last_mark()
        if self._index is None:
            self._open()
        if self._index is None or self._mark is None:
            return self._begun()
        if self._mark.seq < last.seq:
            self._reload()
        if self._mark is None:  # another process took it away
            return self._begun()
        if not following.is_of_this_journal(self._mark, last):
            self._drop_what_is_strange()
            return self._begun()
        if self._mark.seq < last.seq and not self._read_up_to(last):
            return None
        return self._states.seen_at(last, self._mark, self._index)

    def _begun(self) -> Searcher | None:
        """The searcher of a new index where the store is small; else None, and it is built meanwhile."""
        if self.form.count(SHORT + 1) > SHORT:
            self._start_following()
            return None
        self._index, self._mark = self._built(HEAP) or (None, None)
        return Searcher(self._index.searcher()) if self._index else None

    def _built(self, heap: int) -> tuple[Index, Mark] | None:
        """A new index with everything, in force, and its mark; None while another process builds one."""
        last = following.last_mark()
        if self._folders is None:
            index = with_readers(Index(schema()))
            fill(index, self.form, heap, last)
            index.reload()
            return index, last
        index = self._folders.begin()
        if index is None:
            return None
        try:
            fill(index, self.form, heap, last)
            opened = self._folders.finish()
        finally:
            self._folders.leave()
        return (opened, last) if opened else None

    def _read_up_to(self, last: Mark) -> bool:
        """Whether every change up to `last` is in the index now."""
        until = time.monotonic() + _PATIENCE
        while self._mark is not None and self._mark.seq < last.seq:
            if len(following.changed_ids(self._mark, last, SHORT + 1)) > SHORT:
                self._start_following()
                return False
            if writer := self._writer():
                writer.read_up_to(last)
                if self._folders:
                    self._in_thread("tending", partial(self._tend, writer))
                else:
                    writer.end()
            elif time.monotonic() > until:
                return False
            else:
                time.sleep(_PAUSE)
            self._reload()
        return self._mark is not None

    def _step(self) -> bool:
        """Bring the index further, where it does not hold every change; whether it does."""
        with self._lock:
            self._open()
            last = following.last_mark()
            if self._mark is not None and not following.is_of_this_journal(self._mark, last):
                self._drop_what_is_strange()
            is_there = self._mark is not None
            if self._mark is not None and self._mark.seq >= last.seq:
                return True
            writer = self._writer() if is_there else None
        if writer:
            self._follow_by(writer)
            self._tend(writer)
        elif is_there or self.rebuild() is None:
            time.sleep(_PAUSE)
        with self._lock:
            self._reload()
        return False

    def _writer(self) -> Writer | None:
        """What writes to the index that is open, and has looked how far that goes; None while another does."""
        writer = Writer.of(self._index, self.form, self._folders and self._folders.opened)
        self._mark = writer.mark if writer else self._mark
        return writer

    def _follow_by(self, writer: Writer) -> None:
        while self._is_in_force(writer) and not writer.follow():
            db.session.rollback()
        db.session.rollback()

    def _tend(self, writer: Writer) -> None:
        """Follow by `writer` as long as something is merged: nobody else can."""
        with given_back():
            while self._is_in_force(writer) and writer.is_merging:
                time.sleep(_TENDING)
                self._follow_by(writer)
            if self._is_in_force(writer):
                writer.end()

    def _is_in_force(self, writer: Writer) -> bool:
        return self._index is writer.index and not (self._folders and self._folders.has_moved())

    def _start_following(self) -> None:
        if self._follower is None or not self._follower.is_alive():
            self._follower = self._in_thread("following", self.follow)

    def _in_thread(self, name: str, work: Callable[[], None]) -> Thread:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

        def working() -> None:
            with app.app_context():
                try:
                    work()
                except (Exception, DamagedIndex):
                    log.exception("the index could not be brought up to date")

        thread = Thread(target=working, name=f"catalog-{name}-{self.form.noun}", daemon=True)
        thread.start()
        return thread

    def _open(self) -> None:
        if self._index is None and self._folders:
            self._index = self._folders.open()
        if self._index is not None and self._mark is None:
            self._reload()

    def _reload(self) -> None:
        """See what others wrote, also where they put another index into the place of this one."""
        if self._folders and self._folders.has_moved():
            self._index = self._folders.open()
        if self._index is None:
            self._mark = None
        else:
            self._index.reload()
            self._mark = mark_of(Searcher(self._index.searcher()))

    def _drop(self) -> None:
        self._index = self._mark = None
        self._states.clear()

    def _drop_what_is_strange(self) -> None:
        log.warning("the index is of another journal and is built anew")
        self._drop_all()

    def _drop_all(self) -> None:
        self._drop()
        if self._folders:
            self._folders.abandon()


def set_up_indexes(app: Flask, settings: Settings) -> None:
    """Give `app` its indexes; nothing is opened until somebody searches."""
    is_kept = settings.index_place is IndexPlace.FOLDER
    app.extensions["catalog_indexes"] = {
        form: SearchIndex(form, Folders(settings.folder / "search" / form.folder) if is_kept else None)
        for form in FORMS
    }
