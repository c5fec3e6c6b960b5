"""The stores that are measured: made by `catalog import`, on SQLite or on a PostgreSQL server of the bench's own."""

import json
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.making import write
from bench.placing import OWNERS, place
from bench.progress import progress
from bench.running import Taken, run, surroundings
from bench.wire import Account
from tests.support.postgres import OwnServer, find_binaries

DATABASES = ("sqlite", *(["postgresql"] if find_binaries() else []))
"""What stores can be kept in on this machine."""
_NAME = "catalog"
# As it comes, but for the memory that every installation is told to give it.
_OPTIONS = ("shared_buffers=256MB",)


@dataclass(frozen=True)
class Made:
    """How a store was made: what its import took, whether a search found everything right after, and its accounts."""

    imported: Taken
    is_searchable: bool
    indexed: Taken
    """What building the index anew took."""
    accounts: Sequence[Account]


@dataclass(frozen=True)
class Store:
    """A store of `number` datasets."""

    database: str
    """What it is kept in, with its release."""
    number: int
    url: str
    instance: Path
    process: int | None
    """The process of its database, where that is another one."""
    environment: dict[str, str]
    made: Made

    @property
    def file(self) -> Path | None:
        """The file of a database of SQLite."""
        return None if self.process else self.instance / "catalog.db"

    @property
    def index(self) -> Path:
        """The folder of the search index."""
        return self.instance / "search"


@contextmanager
def opened(folder: Path, database: str, number: int) -> Iterator[Store]:
    """The store of so many datasets in `folder`, made where it is not there; its database serves for so long."""
    home = folder / f"{database}-{number}"
    instance, note = home / "instance", home / "made.json"
    if not note.exists():
        shutil.rmtree(home, ignore_errors=True)  # one that was begun and never got ready
    with _database(home, database) as (title, url, process):
        environment = surroundings(instance, database_url=url)
        if not note.exists():
            note.write_text(json.dumps(asdict(_make(home, url, environment, number))))
        yield Store(title, number, url, instance, process, environment, _read(note))


def is_kept(folder: Path, database: str, number: int) -> bool:
    """Whether `folder` holds the store of so many datasets."""
    return (folder / f"{database}-{number}" / "made.json").exists()


@contextmanager
def _database(home: Path, database: str) -> Iterator[tuple[str, str, int | None]]:
    """The database with its release, its address, and the process that serves it where it is not ours."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)  # the database server is another user's where this is root
    if database == "sqlite":
        yield f"SQLite {sqlite3.sqlite_version}", f"sqlite:///{home}/instance/catalog.db", None
        return
    is_new = not (home / "postgresql" / "data").exists()
    (home / "postgresql").mkdir(exist_ok=True)
    server = OwnServer(find_binaries(), home / "postgresql", _OPTIONS)
    try:
        url = server.create_database(_NAME) if is_new else server.address_of(_NAME)
        yield f"PostgreSQL {server.release}", url, server.process
    finally:
        server.stop()


def _make(home: Path, url: str, environment: dict[str, str], number: int) -> Made:
    file = home / "catalogue.jsonl"
    progress(f"making {number:,} records")
    write(file, number)
    run(["db", "upgrade"], environment)
    run(["user", "add", "curator", "--admin"], environment)
    progress(f"importing {number:,} records")
    imported = run(["import", str(file), "--orgs-from-records", "--visibility", "public"], environment)
    file.unlink()
    is_searchable = run(["index", "status"], environment, may_fail=True).status == 0
    progress("placing owners, members and shares")
    accounts = _placed(home, url, number)
    progress("building the index")
    return Made(imported, is_searchable, run(["index", "rebuild"], environment), accounts)


def _placed(home: Path, url: str, number: int) -> list[Account]:
    from app import create_app
    from catalog.db import db
    from catalog.settings import Settings

    app = create_app(
        Settings(instance=home / "instance", database_url=url, log_level="error", statement_timeout=86_400)
    )
    with app.app_context():
        accounts = place(app, min(OWNERS, max(10, number // 100)))
        db.session.remove()
        db.engine.dispose()
    return accounts


def _read(note: Path) -> Made:
    kept = json.loads(note.read_text())
    return Made(
        imported=Taken(**kept["imported"]),
        is_searchable=kept["is_searchable"],
        indexed=Taken(**kept["indexed"]),
        accounts=[Account(**account) for account in kept["accounts"]],
    )
