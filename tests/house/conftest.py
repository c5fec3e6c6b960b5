"""What the tests of the house stand on: an application that nobody has written to."""

import pytest
from flask import Flask

from app import create_app
from tests.conftest import make_settings


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application as it is wired, without a store."""
    return create_app(make_settings(tmp_path_factory.mktemp("house")))
