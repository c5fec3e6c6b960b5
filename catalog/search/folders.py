"""Where indexes lie: each in a folder of its own, and a file that names the one in force."""

import fcntl
import os
import shutil
from pathlib import Path
from uuid import uuid4

from tantivy import Index

from catalog.search.schema import VERSION, schema, with_readers

_CURRENT = "current"
_BEGUN = "begun"
# Held by who builds; the system lets go of it when a process dies.
_LOCK = "lock"


class Folders:
    """The folder that holds them. Whatever is killed in between, `current` names a whole index, or none."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: tuple[int, int] | None = None
        self.opened: Path | None = None
        """The folder of the index that was opened last."""
        self._building: int | None = None

    def current(self) -> Path | None:
        """The folder of the index in force; None where there is none of this form."""
        try:
            version, _, name = (self._root / _CURRENT).read_text().strip().partition(" ")
        except OSError:
            return None
        folder = self._root / name
        return folder if version == str(VERSION) and name and folder.is_dir() else None

    def open(self) -> Index | None:
        """The index in force; None where there is none, or one that cannot be read."""
        self._seen = self._stamp()
        self.opened = self.current()
        try:
            return with_readers(Index.open(str(self.opened))) if self.opened else None
        except ValueError:
            return None

    def has_moved(self) -> bool:
        """Whether another index is in force than the one that was opened last."""
        return self._stamp() != self._seen

    def begin(self) -> Index | None:
        """An index to be filled beside the one in force; None while another process fills one."""
        self._root.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._root / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            return None
        self._building = lock
        shutil.rmtree(self._root / _BEGUN, ignore_errors=True)  # what somebody who was killed had begun
        (self._root / _BEGUN).mkdir()
        return with_readers(Index(schema(), path=str(self._root / _BEGUN)))

    def finish(self) -> Index | None:
        """Put the index that was begun into force, and take away the others; opens it."""
        name = f"index-{uuid4().hex}"
        (self._root / _BEGUN).rename(self._root / name)
        pointer = self._root / f"{name}.pointer"
        pointer.write_text(f"{VERSION} {name}\n")
        os.replace(pointer, self._root / _CURRENT)
        for other in self._root.glob("index-*"):
            if other.name != name:
                shutil.rmtree(other, ignore_errors=True) if other.is_dir() else other.unlink(missing_ok=True)
        return self.open()

    def leave(self) -> None:
        """Let others build: after `finish`, and where building failed."""
        if self._building is not None:
            os.close(self._building)
            self._building = None

    def abandon(self) -> None:
        """No index is in force any more."""
        (self._root / _CURRENT).unlink(missing_ok=True)

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = (self._root / _CURRENT).stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns
