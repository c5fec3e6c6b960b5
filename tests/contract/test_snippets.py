"""The lines of /developers, as a reader copies them, run by the real clients against a catalog beside other sites."""

import json
import os
import re
import subprocess
import sys
from ast import literal_eval
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from html5lib import parse

from catalog.db import db
from tests.support.clients import APIFY_CLI, DN, DREADNODE, NODE_CLIENTS, OPENEPI
from tests.support.curl import path_with_curl
from tests.support.given import Given
from tests.support.groups import NODE, ON_SQLITE
from tests.support.house import ROOT
from tests.support.pages import text_of
from tests.support.prefixed import prefixed
from tests.support.server import Server
from tests.support.stores import Store, new_store

pytestmark = ON_SQLITE
GROUP_OF = {
    "openepi": "openepi",
    "openepi-key": "openepi",
    "apify-js": "node_clients",
    "apify-cli": "node_clients",
    "dreadnode": "dreadnode",
    "dn": "dreadnode",
}
PYTHONS = {"openepi": OPENEPI, "openepi-key": OPENEPI, "dreadnode": DREADNODE, "dn": DREADNODE}
_COLORS = re.compile(r"\x1b\[[0-9;]*m")
# No news and no key ring of this machine's; httpx reads all certificates for each connection where there are any.
_QUIET = {"APIFY_CLI_DISABLE_TELEMETRY": "1", "APIFY_CLI_SKIP_UPDATE_CHECK": "1", "APIFY_DISABLE_KEYRING": "1"}


@dataclass(frozen=True)
class Shown:
    """What the page shows of a client."""

    code: str
    remark: str


@dataclass(frozen=True)
class Place:
    """Where the catalog answers, what its page for developers shows by client, and a token of Alice's."""

    url: str
    shown: dict[str, Shown]
    token: str
    path: str


@pytest.fixture(scope="module")
def place(database_url: str, migrated: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Alice's datasets, in acme and in no organization; Bob's, of which one is public and one shared with her."""
    folder = tmp_path_factory.mktemp("snippets")
    store = new_store(database_url, folder, copied_from=migrated)
    given = Given(store.app)
    alice, bob = given.user("alice"), given.user("bob")
    acme = given.organization("acme", members={alice: "admin"})
    given.dataset("trees", owner=alice, organization=acme, visibility="public", versions=["1.0.0"])
    given.dataset("plans", owner=alice, organization=acme, versions=["2026-11-28"])
    given.dataset("notes", owner=alice, versions=["1"])
    given.dataset("maps", owner=bob, visibility="public", versions=["3.1.0"])
    given.dataset("gifts", owner=bob, shared_with=[alice])
    given.dataset("secrets", owner=bob)
    token = given.token(alice)
    with store.app.app_context():
        db.engine.dispose()
    with Server(store.folder, **store.settings, proxy_hops=1) as server, prefixed(server.url, "/catalog") as url:
        yield Place(url, shown_at(url), token, path_with_curl(folder))


def shown_at(url: str) -> dict[str, Shown]:
    """The lines and remarks of the page for developers, by client."""
    with urlopen(f"{url}/developers", timeout=10) as answer:
        sections = parse(answer.read(), transport_encoding="utf-8", namespaceHTMLElements=False).iter("section")
    shown = {}
    for section in sections:
        if "code_tabs__way" in (section.get("class") or ""):
            [code] = section.iter("code")
            remarks = [text_of(one) for one in section.iter("p") if one.get("class") == "code_tabs__note"]
            shown[code.get("id").removeprefix("code-")] = Shown("".join(code.itertext()), " ".join(remarks))
    return shown


@pytest.fixture
def running(place: Place, tmp_path: Path) -> Callable[..., str]:
    """What the lines of a client print, from a home of their own, `organization` and `more` lines said as well."""

    def run(key: str, organization: str = "acme", more: str = "") -> str:
        code = place.shown[key].code.replace("ORGANIZATION", organization) + more
        if code.startswith("import {"):
            (tmp_path / "lines.mjs").write_text(code)
            (tmp_path / "node_modules").symlink_to(NODE_CLIENTS / "node_modules")
            words = [NODE, "lines.mjs"]
        elif code.startswith("import "):
            words = [PYTHONS.get(key, sys.executable), "-c", code]
        else:
            words = ["bash", "-ec", code]
        tools = [str(tool.parent) for tool in (APIFY_CLI, DN) if tool]
        told = {"PATH": ":".join([*tools, place.path]), "HOME": str(tmp_path), "COLUMNS": "200", "NO_COLOR": "1"}
        told |= _QUIET | {"CATALOG_TOKEN": place.token, "SSL_CERT_DIR": str(tmp_path)}
        done = subprocess.run(words, cwd=tmp_path, env=told, capture_output=True, timeout=120, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return _COLORS.sub("", done.stdout)

    return run


def client(key: str, *values: object) -> object:
    """A row of a table for a client, skipped where that client is not installed."""
    marks = [getattr(pytest.mark, GROUP_OF[key])] if key in GROUP_OF else []
    return pytest.param(key, *values, marks=marks, id=key)


def names(key: str) -> Callable[[str], list[str]]:
    """Reads a list in JSON for that key of its items."""
    return lambda text: re.findall(rf'"{key}":"([^"]+)"', text)


def words_with(mark: str) -> Callable[[str], list[str]]:
    """Reads the words of a text that hold `mark` after a name."""
    return lambda text: re.findall(rf"[a-z/]+{mark}\S+", text)


# Alice's own and what is shared with her, which the Apify tool calls hers; what is public where the dialect lists it.
PRINTED = [
    client("openepi", literal_eval, ["maps", "trees"]),
    client("openepi-key", literal_eval, ["gifts", "maps", "notes", "plans", "trees"]),
    client("gfw-python", literal_eval, ["gifts", "maps", "notes", "plans", "trees"]),
    client("gfw-curl", names("dataset"), ["maps", "trees"]),
    client("apify-python", literal_eval, ["trees", "plans", "notes", "gifts"]),
    client("apify-js", literal_eval, ["trees", "plans", "notes", "gifts"]),
    client("apify-cli", words_with("/"), ["alice/trees", "alice/plans", "alice/notes", "alice/gifts"]),
    client("apify-curl", names("name"), ["trees", "plans", "notes", "gifts"]),
    client("dreadnode", literal_eval, ["bob/maps 3.1.0", "acme/plans 2026.11.28", "acme/trees 1.0.0"]),
    client("dn", words_with("@"), ["bob/maps@3.1.0", "acme/plans@2026.11.28", "acme/trees@1.0.0"]),
    client("org-curl", names("name"), ["acme/plans", "acme/trees"]),
]


@pytest.mark.parametrize(("key", "read", "expected"), PRINTED)
def test_the_lines_print_what_is_in_the_catalog(place, running, key, read, expected):
    assert place.url in place.shown[key].code
    assert read(running(key)) == expected


def test_every_client_that_is_shown_is_run(place):
    assert list(place.shown) == [row.id for row in PRINTED]


def test_the_repository_shows_the_same_lines(place):
    blocks = re.findall(r"^```\w+\n(.*?)\n```$", (ROOT / "docs" / "scripts.md").read_text(), re.DOTALL | re.MULTILINE)
    here = [block.replace("http://localhost:8000", place.url) for block in blocks]
    assert here == [shown.code for shown in place.shown.values()]


def test_a_handle_stands_for_the_datasets_that_are_in_no_organization(running):
    assert [one["name"] for one in json.loads(running("org-curl", "alice"))["datasets"]] == ["alice/notes"]


@pytest.mark.parametrize(
    ("key", "more"),
    [
        client("apify-python", '\nprint(client.dataset("alice/plans").create_items_public_url())'),
        client("apify-js", '\nconsole.log(await client.dataset("alice/plans").createItemsPublicUrl());'),
    ],
)
def test_addresses_that_the_clients_make_lead_here_as_well(place, running, key, more):
    assert running(key, more=more).splitlines()[-1].startswith(f"{place.url}/v2/datasets/")


ENVIRONMENT = [
    client("openepi", {"gfw_api_url"}),
    client("openepi-key", {"gfw_api_url"}),
    client("apify-cli", {"APIFY_CLIENT_BASE_URL"}),
    client("dn", {"DREADNODE_SERVER", "DREADNODE_API_KEY"}),
]
_LISTING = """
import importlib.metadata as all_, sys
package = all_.distribution(sys.argv[1])
print(*(package.locate_file(file) for file in package.files if str(file).endswith(".py")), sep="\\n")
"""


def package_of(shown: Shown) -> str:
    """The package that the remark of a client says to install."""
    return re.match(r"Install it with (?:pip|npm) install (?:--global )?([\w-]+)\.", shown.remark)[1]


def sources_of(key: str, package: str) -> list[Path]:
    """The files of a package where the client lies."""
    if GROUP_OF.get(key) == "node_clients":
        return list((NODE_CLIENTS / "node_modules" / package / "dist").rglob("*.js"))
    command = [PYTHONS.get(key, sys.executable), "-c", _LISTING, package]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return [Path(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("key", "expected"), ENVIRONMENT)
def test_the_clients_read_the_names_that_are_set(place, key, expected):
    code = place.shown[key].code
    named = set(re.findall(r'(?:environ\["|export |" )([A-Za-z_]+)(?="\] = |=")', code))
    assert named == expected
    text = "".join(file.read_text(errors="replace") for file in sources_of(key, package_of(place.shown[key])))
    assert {name for name in named if re.search(rf"\b{name}\b", text)} == named


def test_no_other_client_is_told_by_its_environment(place):
    told = {key for key, shown in place.shown.items() if re.search(r'environ\["\w+"\] = |export ', shown.code)}
    assert told == {row.id for row in ENVIRONMENT}


@pytest.mark.parametrize(
    ("key", "program"),
    [
        client("openepi", None),
        client("openepi-key", None),
        client("apify-python", None),
        client("apify-js", None),
        client("apify-cli", "apify"),
        client("dreadnode", None),
        client("dn", "dn"),
    ],
)
def test_the_packages_that_are_named_hold_what_the_lines_use(place, key, program):
    package = package_of(place.shown[key])
    assert sources_of(key, package)
    if program == "apify":
        about = json.loads((NODE_CLIENTS / "node_modules" / package / "package.json").read_text())
        assert program in about["bin"]
    elif program:
        assert os.access(DREADNODE.parent / program, os.X_OK)
        listing = f"import importlib.metadata as m; print(*m.distribution('{package}').entry_points)"
        entries = subprocess.run([DREADNODE, "-c", listing], capture_output=True, text=True, timeout=60).stdout
        assert f"name='{program}'" in entries
    else:
        module = re.search(r'^(?:from|import .* from) "?([\w-]+)', place.shown[key].code, re.MULTILINE)[1]
        assert module.replace("_", "-") == package


def test_only_what_needs_no_package_says_of_none(place):
    without = [key for key, shown in place.shown.items() if "Install it" not in shown.remark]
    assert without == ["gfw-python", "gfw-curl", "apify-curl", "org-curl"]
