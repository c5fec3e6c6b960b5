"""The commands that the page of a dataset shows, run as they stand against a server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from flask import Flask
from html5lib import parse

from app import create_app
from catalog import migrating
from tests.conftest import make_settings
from tests.support.callers import HTML, Browser
from tests.support.curl import path_with_curl
from tests.support.given import PASSWORD, Given
from tests.support.pages import text_of
from tests.support.server import Server


@dataclass(frozen=True)
class Place:
    """A server on loopback, tokens of the cast, and where commands find curl."""

    url: str
    tokens: dict[str | None, str | None]
    slug_of_scratch: str
    path: str

    def ways(self, who: str | None, slug: str) -> dict[str, str]:
        """The commands on the page of a dataset, by their keys."""
        headers = {"Accept": HTML} | ({"Authorization": f"Bearer {self.tokens[who]}"} if who else {})
        answer = requests.get(f"{self.url}/datasets/{slug}", headers=headers, timeout=10)
        assert answer.status_code == 200
        codes = [one for one in parse(answer.text, namespaceHTMLElements=False).iter("code") if one.get("id")]
        return {code.get("id").removeprefix("code-"): "".join(code.itertext()) for code in codes}

    def run(self, command: str, who: str) -> str:
        """What a command prints when that person runs it."""
        is_python = command.startswith("import ")
        words = [sys.executable, "-c", command] if is_python else ["bash", "-c", command]
        environment = {"PATH": self.path, "HOME": os.environ.get("HOME", "/"), "CATALOG_TOKEN": self.tokens[who]}
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, env=environment, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Alice's datasets on a server: public, private and shared with Bob, an organization's, one without a name."""
    folder = tmp_path_factory.mktemp("commands")
    app = create_app(make_settings(folder))
    with app.app_context():
        migrating.upgrade()
    tokens, scratch = fill(Given(app))
    with Server(folder) as server:
        yield Place(server.url, tokens, scratch, path_with_curl(folder))


def fill(given: Given) -> tuple[dict[str | None, str | None], str]:
    """A small store; the tokens of its people, and the slug of the unnamed dataset."""
    alice, bob, carol = (given.user(handle, password=PASSWORD) for handle in ("alice", "bob", "carol"))
    lab = given.organization("lab", members={carol: "viewer"})
    asset = {"kind": "csv", "format": "csv", "uri": "https://data.example/trees.csv"}
    given.dataset("trees", owner=alice, visibility="public", title="Tree cover", versions=["2024"], assets=[asset])
    given.dataset("bare", owner=alice, visibility="public", title="Bare facts")
    given.dataset("staff", owner=alice, visibility="internal", title="Staff", assets=[asset])
    given.dataset("plans", owner=alice, organization=lab, shared_with=[bob], title="Plans", assets=[asset])
    given.dataset("seeds", owner=alice, shared_with=[bob], assets=[asset])
    scratch = given.dataset("any", owner=alice, is_unnamed=True)
    return {None: None} | {user.name: given.token(user) for user in (alice, bob, carol)}, scratch.slug


EVERY = {"curl", "python", "gfw", "apify", "org"}


@pytest.mark.parametrize(
    ("who", "slug", "ways"),
    [
        (None, "trees", EVERY - {"org"}),
        ("alice", "trees", EVERY),
        ("bob", "trees", EVERY),
        (None, "bare", EVERY - {"org"}),
        ("bob", "bare", EVERY),
        ("alice", "staff", EVERY),
        ("bob", "staff", EVERY),
        ("alice", "plans", EVERY),
        ("bob", "plans", EVERY),
        ("carol", "plans", EVERY),
        ("alice", "seeds", EVERY),
        ("bob", "seeds", EVERY - {"org"}),
    ],
)
def test_every_command_that_is_shown_works_for_who_is_shown_it(place, who, slug, ways):
    shown = place.ways(who, slug)
    assert set(shown) == ways
    runner = who or "bob"
    assets = {"asset_type": "csv", "asset_uri": "https://data.example/trees.csv"}
    for key in sorted(ways - {"apify"}):
        said = place.run(shown[key], runner)
        if key in ("curl", "gfw"):
            (row,) = json.loads(said)["data"]
            assert row["dataset"] == slug
            assert key == "gfw" or slug == "bare" or {name: row[name] for name in assets} == assets
        elif key == "python":
            assert said.strip() == ("bare Bare facts" if slug == "bare" else "csv https://data.example/trees.csv")
        elif key == "org":
            (row,) = json.loads(said)["datasets"]
            assert row["name"].split("/")[1] == slug


def test_the_list_of_storages_tells_ones_own_and_the_shared(place):
    assert "trees" in place.run(place.ways("alice", "trees")["apify"], "alice")
    listed = place.run(place.ways("bob", "plans")["apify"], "bob")
    assert sorted(line.split()[1] for line in listed.splitlines()) == ["plans", "seeds"]


def test_an_unnamed_dataset_is_asked_for_where_it_is_listed(place):
    shown = place.ways("alice", place.slug_of_scratch)
    assert set(shown) == {"apify"}
    public_ids = [line.split()[0] for line in place.run(shown["apify"], "alice").splitlines()]
    assert f"d_{public_ids[-1].lower()}" == place.slug_of_scratch


def test_public_data_is_asked_for_without_a_token(place):
    shown = place.ways("alice", "trees")
    assert [key for key, code in shown.items() if "CATALOG_TOKEN" in code] == ["apify", "org"]
    assert all("CATALOG_TOKEN" in code for code in place.ways("alice", "plans").values())


def commands_of(app: Flask, **more) -> dict[str, str]:
    """The commands on the page of the public dataset."""
    page = Browser(app).page("/datasets/trees", **more)
    codes = [one for one in page.root.iter("code") if one.get("id")]
    return {code.get("id").removeprefix("code-"): "".join(code.itertext()) for code in codes}


def test_commands_name_the_address_by_which_the_reader_came(app, given, cast):
    given.dataset("trees", owner=cast.alice, visibility="public")
    codes = commands_of(app, base_url="http://127.0.0.1:8123")
    assert codes["curl"] == 'curl -g "http://127.0.0.1:8123/datasets?q=trees&page[size]=10"'
    assert all("http://127.0.0.1:8123" in code for code in codes.values())


def test_commands_name_the_address_that_the_operator_set(app_with, given, cast):
    given.dataset("trees", owner=cast.alice, visibility="public", assets=[{"kind": "csv"}])
    codes = commands_of(app_with(public_url="https://catalog.example/data/"))
    assert codes["curl"] == 'curl -g "https://catalog.example/data/assets?dataset=trees&version=v1"'
    assert all("https://catalog.example/data" in code and "localhost" not in code for code in codes.values())


def test_a_closed_catalog_asks_for_public_data_with_a_token(app_with, given, cast):
    given.dataset("trees", owner=cast.alice, visibility="public")
    token = {"Authorization": f"Bearer {given.token(cast.alice)}"}
    assert all("CATALOG_TOKEN" in code for code in commands_of(app_with(public_access=False), headers=token).values())


def test_says_where_the_token_comes_from_that_a_command_speaks_of(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, visibility="public")
    for who, words, link, href in (
        ("bob", "Account, Tokens makes one.", "Account, Tokens", "/account/tokens"),
        (None, "Sign in to make one.", "Sign in to make one", "/sign-in?next=/account/tokens/new"),
    ):
        page = browser_of(who).page("/datasets/trees")
        notes = {
            one.get("id"): [text_of(note) for note in one.iter("p") if note.get("class") == "code_tabs__note"]
            for one in page.find("section", "code_tabs__way")
        }
        assert notes["get-curl"] == []
        assert notes["get-apify"] == [f"$CATALOG_TOKEN stands for a token of yours. {words}"]
        assert page.link(link) == href
