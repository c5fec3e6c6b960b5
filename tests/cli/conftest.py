"""The command line as people call it, over a store of its own."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from catalog.cli import catalog
from tests.support.stores import Store


@pytest.fixture
def cli(store: Store) -> Callable[..., Result]:
    """Runs a command: `cli("user", "add", "alice", stdin=…, page_size=…)`."""

    def run(*words: str, stdin: bytes | str | None = None, **settings: object) -> Result:
        return CliRunner().invoke(catalog, words, input=stdin, env=store.environment(**settings), prog_name="catalog")

    return run
