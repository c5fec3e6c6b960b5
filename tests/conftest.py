"""The fixtures of every test: a store on each database, empty at the beginning of each test, and who calls it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from catalog import migrating
from catalog.db import db
from catalog.settings import Settings
from tests.support import groups
from tests.support.callers import Browser, Script
from tests.support.given import Given

pytest_plugins = ["tests.support.groups"]

CHEAP = {"password_memory_kib": 8, "password_passes": 1, "secret_key": "only-for-tests-0123456789", "log_level": "error"}


def make_settings(instance: Path, **settings) -> Settings:
    """Settings for tests: cheap passwords, a fixed key, nothing from the environment."""
    return Settings(**({**CHEAP, "instance": instance} | settings))


@pytest.fixture(scope="session", params=groups.DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an empty database of this test process."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('sqlite')}/catalog.db"
    return groups.postgres_database(request.config)


@pytest.fixture(scope="session")
def shared_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on a migrated database."""
    app = create_app(make_settings(tmp_path_factory.mktemp("instance"), database_url=database_url))
    with app.app_context():
        migrating.upgrade()
    return app


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
        other = create_app(make_settings(tmp_path, database_url=app.extensions["catalog_settings"].database_url, **settings))
        with other.app_context():
            db.engine.dispose()
        db._app_engines[other][None] = connection
        return other

    return make


# A session on a connection that is in a transaction already commits to a savepoint of it; on an engine this means nothing.
db.session.session_factory.configure(join_transaction_mode="create_savepoint")


class rolled_back:  # noqa: N801 - reads as a sentence
    """A stretch in which everything that `app` writes, also what it commits, is undone at the end."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __enter__(self) -> None:
        engines = db._app_engines[self._app]
        self._engine = engines[None]
        self._connection = self._engine.connect()
        self._transaction = self._connection.begin()
        engines[None] = self._connection

    def __exit__(self, *raised: object) -> None:
        db._app_engines[self._app][None] = self._engine
        self._transaction.rollback()
        self._connection.close()


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
