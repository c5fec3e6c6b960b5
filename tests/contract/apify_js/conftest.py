"""The Apify client for JavaScript as its users have it, calling the catalog over a socket from scripts run by node."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.apify_stand import Stand, named, stand
from tests.support.clients import NODE_CLIENTS
from tests.support.groups import NODE

__all__ = ["named", "stand"]

_SCRIPTS = Path(__file__).parent


@pytest.fixture
def running() -> Callable[..., Any]:
    """Runs a script against an address with a token: `{"done": …}`, or `{"failed": …}` where the client raised."""

    def run(script: str, url: str, token: str, **asked: Any) -> dict[str, Any]:
        surroundings = os.environ | {"NODE_CLIENTS": str(NODE_CLIENTS), "CATALOG_URL": url, "TOKEN": token}
        command = [NODE, str(_SCRIPTS / script), json.dumps(asked)]
        done = subprocess.run(command, env=surroundings, capture_output=True, timeout=60, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def calling(stand: Stand, running: Callable[..., Any]) -> Callable[..., Any]:
    """The same against the stand, in the name of somebody there."""
    return lambda script, who, **asked: running(script, stand.url, stand.tokens.get(who, ""), **asked)
