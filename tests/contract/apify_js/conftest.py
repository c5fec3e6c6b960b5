"""The Apify client for JavaScript as its users have it, calling the catalog from scripts that node runs."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.apify_stand import Stand, named, stand
from tests.support.clients import NODE_CLIENTS
from tests.support.groups import NODE
from tests.support.lines import Lines

__all__ = ["named", "stand"]

_SCRIPTS = Path(__file__).parent


@pytest.fixture(scope="session")
def node() -> Iterator[Lines]:
    """The client in a process that runs one script after another."""
    with Lines([NODE, _SCRIPTS / "client.mjs"], os.environ | {"NODE_CLIENTS": str(NODE_CLIENTS)}) as lines:
        yield lines


@pytest.fixture
def running(node: Lines) -> Callable[..., Any]:
    """Runs a script against an address with a token: `{"done": …}`, or `{"failed": …}` where the client raised."""

    def run(script: str, url: str, token: str, **asked: Any) -> dict[str, Any]:
        return node({"script": script, "url": url, "token": token, "asked": asked})

    return run


@pytest.fixture
def calling(stand: Stand, running: Callable[..., Any]) -> Callable[..., Any]:
    """The same against the stand, in the name of somebody there."""
    return lambda script, who, **asked: running(script, stand.url, stand.tokens.get(who, ""), **asked)
