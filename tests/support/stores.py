"""Stores of a test's own, outside of any transaction: what is written there other processes see, and it stays."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from app import create_app
from catalog import migrating
from catalog.db import db
from catalog.settings import Settings
from tests.support.postgres import Server

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-c", "from app import main; main()")
_CHEAP = {
    "password_memory_kib": 8,
    "password_passes": 1,
    "secret_key": "only-for-tests-0123456789",
    "log_level": "error",
}


@dataclass(frozen=True)
class Store:
    """A migrated store: the address of its database, and its instance folder."""

    url: str
    folder: Path

    @cached_property
    def app(self) -> Flask:
        """The application in this process."""
        return create_app(Settings(**_CHEAP, instance=self.folder, database_url=self.url))

    @property
    def settings(self) -> dict[str, object]:
        """What a server over this store is set to."""
        return {**_CHEAP, "database_url": self.url}

    def environment(self, **settings: object) -> dict[str, str]:
        """The surroundings of a process that is to use this store."""
        named = {**self.settings, "instance": self.folder, **settings}
        return surroundings() | {f"CATALOG_{name.upper()}": str(value) for name, value in named.items()}

    def run(self, *words: str, stdin: bytes | None = None) -> subprocess.CompletedProcess:
        """What a command of the command line said, in a process of its own."""
        return subprocess.run(
            [*COMMAND, *words], cwd=ROOT, env=self.environment(), input=stdin, capture_output=True, timeout=300
        )

    def start(self, *words: str, **more: object) -> subprocess.Popen:
        """A command of the command line that goes on meanwhile."""
        return subprocess.Popen([*COMMAND, *words], cwd=ROOT, env=self.environment(), **more)

    def start_python(self, program: str, *words: str, **more: object) -> subprocess.Popen:
        """A program of Python that uses this store, with `words` as its arguments."""
        return subprocess.Popen([sys.executable, "-c", program, *words], cwd=ROOT, env=self.environment(), **more)


@pytest.fixture(scope="session")
def migrated(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that others are copied from, of the kind of database whose turn it is."""
    made = new_store(database_url, tmp_path_factory.mktemp("migrated"))
    with made.app.app_context():
        migrating.upgrade()
        db.engine.dispose()
    return made


@pytest.fixture
def store(database_url: str, migrated: Store, tmp_path: Path) -> Iterator[Store]:
    """An empty store of the kind of database whose turn it is."""
    (tmp_path / "store").mkdir()
    made = new_store(database_url, tmp_path / "store", copied_from=migrated)
    yield made
    with made.app.app_context():
        db.engine.dispose()


def new_store(database_url: str, folder: Path, *, copied_from: Store | None = None) -> Store:
    """A store of that kind of database: a copy of another, or one without tables."""
    if make_url(database_url).get_backend_name() == "sqlite":
        if copied_from:
            shutil.copy(copied_from.folder / "catalog.db", folder)
        return Store(f"sqlite:///{folder}/catalog.db", folder)
    template = make_url(copied_from.url).database if copied_from else "template0"
    server = Server(Path(os.environ["CATALOG_TEST_POSTGRES"]))
    return Store(server.create_database(f"catalog_{uuid4().hex}", template), folder)


def surroundings() -> dict[str, str]:
    """The environment of this process without settings of the catalog."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_")}
