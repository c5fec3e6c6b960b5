"""The fixtures of every test: a store on each database, empty at the beginning of each test, and who calls it."""

import gc
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from app import create_app
from catalog import migrating, tally
from catalog.db import WRITES, db
from catalog.settings import Settings
from tests.support import groups
from tests.support.callers import Browser, Script
from tests.support.clock import Clock
from tests.support.given import Given

pytest_plugins = [
    "tests.support.groups",
    "tests.support.meanwhile",
    "tests.support.profiles",
    "tests.support.statements",
    "tests.support.stores",
]

_APPLICATIONS = pytest.StashKey[dict[str, Flask]]()

CHEAP = {
    "password_memory_kib": 8,
    "password_passes": 1,
    "secret_key": "only-for-tests-0123456789",
    "log_level": "error",
    "index_place": "memory",
}


def make_settings(instance: Path, **settings) -> Settings:
    """Settings for tests: cheap passwords, a fixed key, nothing from the environment."""
    return Settings(**({**CHEAP, "instance": instance} | settings))


@pytest.fixture(scope="session", params=groups.DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of the database of this test process: of one kind, then of the other."""
    return _application(request.config, request.param).extensions["catalog_settings"].database_url


@pytest.fixture(scope="session")
def shared_app(request: pytest.FixtureRequest, database_url: str) -> Flask:
    """The application on a migrated database."""
    return _application(request.config, make_url(database_url).get_backend_name())


def _application(config: pytest.Config, kind: str) -> Flask:
    """The application on a database of that kind, made once in a test process however often the kinds take turns."""
    applications = config.stash.setdefault(_APPLICATIONS, {})
    if kind not in applications:
        folder = Path(tempfile.mkdtemp(prefix="catalog-tests-"))
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        url = f"sqlite:///{folder}/catalog.db" if kind == "sqlite" else groups.postgres_database(config)
        app = applications[kind] = create_app(make_settings(folder, database_url=url))
        with app.app_context():
            migrating.upgrade()
    return applications[kind]


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """The application with an empty store: all that a test writes lies in a transaction that is undone."""
    with rolled_back(shared_app):
        yield shared_app


@pytest.fixture
def app_with(app: Flask, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Makes the application anew with other settings, over the same store."""
    with app.app_context():
        connection = db.engine

    def make(**settings) -> Flask:
        other = create_app(
            make_settings(tmp_path, database_url=app.extensions["catalog_settings"].database_url, **settings)
        )
        with other.app_context():
            db.engine.dispose()
        db._app_engines[other][None] = connection
        return other

    return make


# On a connection that is in a transaction, a session commits to a savepoint of it; on an engine nothing changes.
# Tests make and drop many rows: looking for cycles among them as often as by default costs more than it frees.
gc.set_threshold(50_000, 20, 50)
db.session.session_factory.configure(join_transaction_mode="create_savepoint")


_REMEMBERED = (
    *("catalog_shelf", "catalog_written", "catalog_shared_counts", "catalog_reaching", "catalog_acquaintances"),
)


def forget(app: Flask) -> None:
    """Let `app` forget what it remembers of a store that is about to be undone."""
    for index in app.extensions["catalog_indexes"].values():
        index.forget()
    tally.set_up(app)  # what was read of a store that is gone is not to be written into the next
    for name in _REMEMBERED:
        app.extensions[name].clear()


class rolled_back:
    """A stretch in which everything that `app` writes, also what it commits, is undone at the end."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __enter__(self) -> None:
        engines = db._app_engines[self._app]
        self._engine = engines[None]
        self._connection = self._engine.connect().execution_options(**{WRITES: True})
        self._transaction = self._connection.begin()
        engines[None] = self._connection

    def __exit__(self, *raised: object) -> None:
        db._app_engines[self._app][None] = self._engine
        forget(self._app)
        self._transaction.rollback()
        self._connection.close()


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """A shorter stretch inside such a one, whose changes alone are undone at its end."""
    savepoint = db._app_engines[app][None].begin_nested()
    try:
        yield
    finally:
        forget(app)
        savepoint.rollback()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time as the catalog knows it, which stands still until the test moves it."""
    clock = Clock()
    monkeypatch.setattr("catalog.clock.datetime", clock)
    return clock


@pytest.fixture
def given(app: Flask) -> Given:
    """Says what the catalog holds."""
    return Given(app)


@pytest.fixture
def client(app: Flask) -> Script:
    """A script."""
    return Script(app)


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser without script."""
    return Browser(app)
