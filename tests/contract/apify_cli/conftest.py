"""The command line tool of Apify as its users have it, calling the catalog over a socket from a home of its own."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.apify_stand import Stand, stand
from tests.support.clients import APIFY_CLI
from tests.support.groups import NODE

__all__ = ["stand"]

_COLORS = re.compile(r"\x1b\[[0-9;]*m")
_QUIET = {"APIFY_CLI_DISABLE_TELEMETRY": "1", "APIFY_CLI_SKIP_UPDATE_CHECK": "1", "APIFY_DISABLE_KEYRING": "1"}
Calling = Callable[..., subprocess.CompletedProcess]


def _caller(home: Path, url: str) -> Calling:
    kept = {key: value for key, value in os.environ.items() if key != "CI" and not key.startswith(("APIFY_", "ACTOR_"))}
    surroundings = kept | _QUIET | {"HOME": str(home), "APIFY_CLIENT_BASE_URL": url}

    def call(*words: str, **more: str) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [NODE, str(APIFY_CLI), *words],
            cwd=home,
            env=surroundings | more,
            capture_output=True,
            timeout=120,
            text=True,
        )
        done.stdout, done.stderr = _COLORS.sub("", done.stdout), _COLORS.sub("", done.stderr)
        return done

    return call


@pytest.fixture
def calling(stand: Stand, tmp_path: Path) -> Calling:
    """Runs one command of the tool, with `more` in its environment; what it says comes without colors."""
    return _caller(tmp_path, stand.url)


@pytest.fixture(scope="session")
def signed_in(stand: Stand, tmp_path_factory: pytest.TempPathFactory) -> Calling:
    """The same after `apify login` in Alice's name."""
    call = _caller(tmp_path_factory.mktemp("home"), stand.url)
    done = call("login", "--token", stand.tokens["alice"])
    assert done.returncode == 0, done.stdout + done.stderr
    return call
