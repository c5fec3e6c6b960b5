"""Every route for everybody: what each caller gets where Alice keeps a private dataset that she shared with Bob."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from catalog.db import db
from catalog.model import Session, Token
from tests.conftest import rolled_back, undone
from tests.support.callers import Browser, Script
from tests.support.given import PASSWORD, Given, Party
from tests.support.groups import EITHER
from tests.support.rows import CALLERS, PEOPLE, WHO_MAY_KNOW, Row, account, apify, curation, gfw, ops, org, pages

pytestmark = EITHER

# A new route needs its row in the module of its room: what may each of CALLERS do and see at it?
ROWS = (*pages.ROWS, *account.ROWS, *curation.ROWS, *gfw.ROWS, *apify.ROWS, *org.ROWS, *ops.ROWS)


@dataclass(frozen=True)
class Stand:
    """The application with Alice's dataset, and how each caller comes."""

    app: Flask
    browsers: dict[str, Browser]
    tokens: dict[str, str]
    names: dict[str, str]
    """What rows call the things of the stand by."""

    def ask(self, row: Row, method: str, caller: str) -> TestResponse:
        """The answer of `row` to `caller`; whatever it changes is undone."""
        path = row.path.format_map(self.names)
        sent = {"headers": {"Accept": row.accept}, "json": row.json, "data": row.form}
        with undone(self.app):
            if caller == "cookie" or (caller in self.browsers and row.takes_cookie):
                browser = self.browsers["alice" if caller == "cookie" else caller]
                if row.form is not None and row.takes_cookie:
                    return browser.submit("/", path, **row.form)
                return browser.open(method, path, **sent)
            return Script(self.app).open(method, path, token=self.tokens.get(caller), **sent)


@pytest.fixture(scope="module")
def stand(shared_app: Flask) -> Iterator[Stand]:
    with rolled_back(shared_app):
        given = Given(shared_app)
        cast = {name: given.user(name, password=PASSWORD) for name in ("alice", "bob", "carol", "dave", "erin")}
        cast["administrator"] = given.user("olga", password=PASSWORD, is_admin=True)
        alice = cast["alice"]
        team = given.organization("forest-team", members={alice: "admin"})
        trees = given.dataset(
            "old_trees",
            owner=alice,
            organization=team,
            shared_with=[cast["bob"], given.organization("mappers", members={cast["erin"]: "viewer"})],
            versions=["1.0.0"],
            assets=[{"kind": "csv", "uri": "https://files.example/trees.csv", "fields": ["height"]}],
        )
        given.rename(trees, "trees")
        tokens = {name: given.token(cast[name], scope="write") for name in (*PEOPLE, "erin")} | {
            "read": given.token(alice),
            "write": given.token(alice, scope="write"),
            "expired": given.token(alice, days=-1),
            "revoked": given.revoked_token(alice),
            "wrong": given.token(alice)[:-1] + "-",
            "disabled": given.token(cast["dave"]),
        }
        given.disable(cast["dave"])
        browsers = {}
        for name in (*PEOPLE, "erin"):
            browsers[name] = Browser(shared_app)
            browsers[name].sign_in(cast[name].name, PASSWORD)
        download = Script(shared_app).post(
            "/api/v1/org/forest-team/datasets/trees/1.0.0/download", token=tokens["alice"]
        )
        names = {
            "download": download.json["download_id"],
            "sealed": download.json["url"].rpartition("/")[2],
            "asset": Script(shared_app).get("/assets", token=tokens["alice"]).json["data"][0]["asset_id"],
            "dataset": trees.public_id,
            "alice": alice.public_id,
            "session": _uuid_of_first(Session, shared_app, alice),
            "token": _uuid_of_first(Token, shared_app, alice),
        }
        wanted = {"alias": "mine", "organization": "", "email": "a@example.org", "domains": []}
        made = Script(shared_app).post("/auth/apikey", token=tokens["write"], json=wanted)
        names["key"] = made.json["data"]["api_key"]
        storage = Script(shared_app).get(f"/v2/datasets/{trees.public_id}", token=tokens["write"]).json["data"]
        names["signature"] = storage["itemsPublicUrl"].partition("signature=")[2]
        yield Stand(shared_app, browsers, tokens, names)


def _uuid_of_first(kind: type[Session | Token], app: Flask, party: Party) -> UUID:
    """The id of the oldest session or token of somebody."""
    with app.app_context():
        return db.session.scalar(select(kind.uuid).where(kind.user_id == party.id).order_by(kind.id))


def routes(app: Flask) -> set[str]:
    """Every route, as method and rule; HEAD and OPTIONS follow from GET."""
    return {
        f"{method} {rule.rule}" for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_a_row(shared_app):
    rows = {row.route for row in ROWS}
    assert routes(shared_app) - rows == set(), (
        "add a Row for each in tests/support/rows: the status for each caller, and who is told"
    )
    assert rows - routes(shared_app) == set(), "these routes are gone: take their rows out"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.path} as {row.accept[:9]}")
def test_everybody_gets_what_is_theirs(stand, row):
    answers = {caller: stand.ask(row, row.method, caller) for caller in CALLERS}
    assert {caller: answer.status_code for caller, answer in answers.items()} == row.statuses
    bodies = {caller: answer.get_data(as_text=True) for caller, answer in answers.items() if answer.status_code < 300}
    assert {caller for caller, body in bodies.items() if _tells(body)} == row.told


# The address of a row names the dataset, or leads whoever holds it to its file.
LEADS_THERE = re.compile(r"trees|\{sealed\}")


@pytest.mark.parametrize("row", [row for row in ROWS if not LEADS_THERE.search(row.path)], ids=lambda row: row.path)
def test_no_refusal_and_no_redirect_tells_of_it(stand, row):
    """Where the address does not name the dataset, nothing that a stranger is answered does."""
    for caller in set(CALLERS) - WHO_MAY_KNOW:
        answer = stand.ask(row, row.method, caller)
        assert not _tells(answer.get_data(as_text=True)), caller
        assert "trees" not in answer.headers.get("Location", ""), caller


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=lambda row: row.path)
def test_a_share_with_an_organization_reaches_its_members_as_one_with_them_would(stand, row):
    """Erin's organization is shared with as Bob is: what is theirs alone differs, and nothing about the dataset."""
    bob, erin = (stand.ask(row, "GET", caller) for caller in ("bob", "erin"))
    assert erin.status_code == bob.status_code
    assert _tells(erin.get_data(as_text=True)) == _tells(bob.get_data(as_text=True))


def _tells(body: str) -> bool:
    return "/trees" in body or '"trees"' in body


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=lambda row: row.path)
def test_head_gets_the_status_of_get(stand, row):
    some = ("anonymous", "alice", "carol", "wrong")
    answers = {caller: stand.ask(row, "HEAD", caller) for caller in some}
    came = {caller: (answer.status_code, answer.get_data()) for caller, answer in answers.items()}
    assert came == {caller: (row.statuses[caller], b"") for caller in some}
