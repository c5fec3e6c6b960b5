"""The Dreadnode client as its users have it, the library and the tool, calling the catalog over a socket."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from tests.support.clients import DN, DREADNODE
from tests.support.dreadnode_stand import Stand, file, stand
from tests.support.lines import Lines

__all__ = ["file", "stand"]

_CALLS = Path(__file__).with_name("calls.py")
# What the client asks before anything else: whether the platform is well, who is calling, where they belong.
_PLATFORM = (
    ("health_check",),
    ("get_user",),
    ("list_user_organizations",),
    ("get_organization", "acme"),
    ("list_workspaces", "acme"),
    ("get_workspace", "acme", "main"),
    ("list_projects", "acme", "main"),
    ("get_default_project_key", "acme", "main"),
)
_COLORS = re.compile(r"\x1b\[[0-9;]*m")


def _surroundings(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DREADNODE_", "PYTHON"))}
    return kept | {"HOME": str(home), "COLUMNS": "200", "NO_COLOR": "1"}


def _run(library: Lines, url: str, token: str, *calls: tuple) -> list[Any]:
    given = [
        [name, *([[*more[:-1]], more[-1]] if more and isinstance(more[-1], dict) else [[*more], {}])]
        for name, *more in calls
    ]
    return library([url, token, given])


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lines]:
    """The library in a process that takes a second to start and then does what it is told."""
    with Lines([DREADNODE, _CALLS], _surroundings(tmp_path_factory.mktemp("home"))) as lines:
        yield lines


@pytest.fixture
def running(library: Lines) -> Callable[..., list[Any]]:
    """Does calls of `ApiClient`, `(method, *arguments, {named})`, at an address with a token."""
    return partial(_run, library)


@pytest.fixture
def calling(stand: Stand, running: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """Does calls in the name of somebody of the stand; of what came, what is not failed is given as it is."""

    def call(who: str, *calls: tuple) -> list[Any]:
        return [one.get("done", one) for one in running(stand.url, stand.tokens[who], *calls)]

    return call


@pytest.fixture(scope="session")
def told(stand: Stand, library: Lines) -> Callable[[str, str], Any]:
    """What a method about the platform tells somebody; all are asked once."""

    @cache
    def of_all(who: str) -> dict[str, Any]:
        came = _run(library, stand.url, stand.tokens[who], *_PLATFORM)
        return {name: one.get("done", one) for (name, *_), one in zip(_PLATFORM, came, strict=True)}

    return lambda who, method: of_all(who)[method]


@pytest.fixture
def tool(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess]:
    """Runs one command of the tool from a home of its own, with `more` in its surroundings; without colors."""

    def run(*words: str, **more: str) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [DN, *words],
            cwd=tmp_path,
            env=_surroundings(tmp_path) | more,
            capture_output=True,
            timeout=120,
            text=True,
        )
        done.stdout, done.stderr = _COLORS.sub("", done.stdout), _COLORS.sub("", done.stderr)
        return done

    return run


@pytest.fixture
def dn(stand: Stand, tool: Callable[..., subprocess.CompletedProcess]) -> Callable[..., subprocess.CompletedProcess]:
    """Runs one command against the stand, with the token of `who`; without who, with what the tool remembers."""

    def run(*words: str, who: str | None = None, **more: str) -> subprocess.CompletedProcess:
        key = {"DREADNODE_SERVER": stand.url, "DREADNODE_API_KEY": stand.tokens[who]} if who else {}
        return tool(*words, **key, **more)

    return run
