"""Every route for everybody: what each caller gets where Alice keeps a private dataset that she shared with Bob."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import rolled_back
from tests.support.callers import HTML, Browser, Script
from tests.support.given import PASSWORD, Given

JSON = "application/json"
PEOPLE = ("alice", "bob", "carol", "administrator")
GOOD_TOKENS = ("read", "write")
BAD_TOKENS = ("expired", "revoked", "wrong", "disabled")
CALLERS = ("anonymous", *PEOPLE, *GOOD_TOKENS, *BAD_TOKENS, "cookie")
"""`read` and `write` are tokens of Alice's, `cookie` is her session; people come by session to pages, else by token."""
WHO_MAY_KNOW = {"alice", "bob", "read", "write", "cookie"}
"""Alice, who owns the dataset, and Bob, with whom it is shared; its slug is in no answer to anybody else."""


@dataclass(frozen=True)
class Row:
    """A route at one address: the status for each caller, and who is told of the dataset in the body."""

    route: str
    path: str
    statuses: dict[str, int]
    told: set[str] = field(default_factory=set)
    accept: str = HTML
    takes_cookie: bool = True


def everybody(status: int, *, bad: int | None = None, **others: int) -> dict[str, int]:
    """`status` for all callers but those named; `bad` is for every token that does not work."""
    return dict.fromkeys(CALLERS, status) | (dict.fromkeys(BAD_TOKENS, bad) if bad else {}) | others


OPEN = everybody(200, bad=401)
ONLY_THOSE_WHO_MAY_KNOW = everybody(404, bad=401) | dict.fromkeys(WHO_MAY_KNOW, 200)
SIGNED_IN = everybody(200, bad=401, anonymous=401, cookie=401)
WITHOUT_FORM = everybody(400)
BY_TOKEN = WHO_MAY_KNOW - {"cookie"}

# One row or more for each route. A new route needs its row here: what may each of CALLERS do and see at it?
ROWS = (
    Row("GET /", "/", OPEN, WHO_MAY_KNOW),
    Row("GET /datasets", "/datasets", OPEN, WHO_MAY_KNOW),
    Row("GET /datasets", "/datasets?view=table", OPEN, WHO_MAY_KNOW),
    Row("GET /datasets", "/datasets", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /datasets", "/datasets?page[size]=5", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /datasets.json", "/datasets.json", OPEN, WHO_MAY_KNOW),
    Row("GET /datasets/", "/datasets/", everybody(307)),
    Row("GET /datasets/<slug>", "/datasets/trees", ONLY_THOSE_WHO_MAY_KNOW, WHO_MAY_KNOW),
    Row("GET /datasets/<slug>", "/datasets/old_trees", {**ONLY_THOSE_WHO_MAY_KNOW, **dict.fromkeys(WHO_MAY_KNOW, 301)}),
    Row("GET /assets", "/assets", OPEN, WHO_MAY_KNOW),
    Row("GET /assets", "/assets", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /assets", "/assets?dataset=trees&version=v1.0.0", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /assets.json", "/assets.json", OPEN, WHO_MAY_KNOW),
    Row("GET /assets/", "/assets/", everybody(307)),
    Row("GET /assets/<uuid:uuid>", "/assets/{asset}", ONLY_THOSE_WHO_MAY_KNOW, WHO_MAY_KNOW),
    Row("GET /organizations", "/organizations", OPEN),
    Row("GET /organizations/<key>", "/organizations/forest-team", {**OPEN, "anonymous": 404}, WHO_MAY_KNOW),
    Row("GET /users/<handle>", "/users/alice", {**OPEN, "anonymous": 303}, WHO_MAY_KNOW),
    Row("GET /sign-in", "/sign-in", everybody(302, bad=401, anonymous=200)),
    Row("POST /sign-in", "/sign-in", WITHOUT_FORM),
    Row("POST /sign-out", "/sign-out", WITHOUT_FORM),
    Row("GET /static/<build>/<path:path>", "/static/any/icons/favicon.svg", everybody(200)),
    Row("GET /ping", "/ping", everybody(200), accept=JSON),
    Row("GET /v2/datasets", "/v2/datasets", SIGNED_IN, BY_TOKEN, accept=JSON, takes_cookie=False),
    Row(
        "GET /api/v1/org/<org>/datasets",
        "/api/v1/org/forest-team/datasets",
        {**SIGNED_IN, "carol": 403, "administrator": 403},
        BY_TOKEN,
        accept=JSON,
        takes_cookie=False,
    ),
    Row(
        "GET /api/v1/org/<org>/datasets",
        "/api/v1/org/forest-team/datasets?include_public=true",
        SIGNED_IN,
        BY_TOKEN,
        accept=JSON,
        takes_cookie=False,
    ),
    Row(
        "GET /api/v1/org/<org>/datasets",
        "/api/v1/org/alice/datasets",
        {**SIGNED_IN, "bob": 403, "carol": 403, "administrator": 403},
        accept=JSON,
        takes_cookie=False,
    ),
)


@dataclass(frozen=True)
class Stand:
    """The application with Alice's dataset, and how each caller comes."""

    app: Flask
    browsers: dict[str, Browser]
    tokens: dict[str, str]
    asset: str

    def ask(self, row: Row, method: str, caller: str) -> TestResponse:
        """The answer of `row` to `caller`."""
        path = row.path.format(asset=self.asset)
        headers = {"Accept": row.accept}
        if caller == "cookie" or (caller in PEOPLE and row.takes_cookie):
            client = self.browsers["alice" if caller == "cookie" else caller]
            return client.open(method, path, headers=headers)
        return Script(self.app).open(method, path, token=self.tokens.get(caller), headers=headers)


@pytest.fixture(scope="module")
def stand(shared_app: Flask) -> Iterator[Stand]:
    with rolled_back(shared_app):
        given = Given(shared_app)
        cast = {name: given.user(name, password=PASSWORD) for name in ("alice", "bob", "carol", "dave")}
        cast["administrator"] = given.user("olga", password=PASSWORD, is_admin=True)
        alice = cast["alice"]
        team = given.organization("forest-team", members={alice: "admin"})
        trees = given.dataset(
            "old_trees",
            owner=alice,
            organization=team,
            shared_with=[cast["bob"]],
            versions=["1.0.0"],
            assets=[{"kind": "csv", "uri": "https://files.example/trees.csv"}],
        )
        given.rename(trees, "trees")
        tokens = {name: given.token(cast[name], scope="write") for name in PEOPLE} | {
            "read": given.token(alice),
            "write": given.token(alice, scope="write"),
            "expired": given.token(alice, days=-1),
            "revoked": given.revoked_token(alice),
            "wrong": given.token(alice)[:-1] + "-",
            "disabled": given.token(cast["dave"]),
        }
        given.disable(cast["dave"])
        browsers = {}
        for name in PEOPLE:
            browsers[name] = Browser(shared_app)
            browsers[name].sign_in(cast[name].name, PASSWORD)
        yield Stand(shared_app, browsers, tokens, asset_of(shared_app, tokens["alice"]))


def asset_of(app: Flask, token: str) -> str:
    """The id of the one asset."""
    return Script(app).get("/assets", token=token).json["data"][0]["asset_id"]


def routes(app: Flask) -> set[str]:
    """Every route, as method and rule; HEAD and OPTIONS follow from GET."""
    return {
        f"{method} {rule.rule}" for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_a_row(shared_app):
    rows = {row.route for row in ROWS}
    assert routes(shared_app) - rows == set(), "add a Row for each to ROWS: the status for each caller, and who is told"
    assert rows - routes(shared_app) == set(), "these routes are gone: take their rows out of ROWS"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.route.split()[0]} {row.path} as {row.accept[:9]}")
def test_everybody_gets_what_is_theirs(stand, row):
    method = row.route.split()[0]
    answers = {caller: stand.ask(row, method, caller) for caller in CALLERS}
    assert {caller: answer.status_code for caller, answer in answers.items()} == row.statuses
    bodies = {caller: answer.get_data(as_text=True) for caller, answer in answers.items() if answer.status_code < 300}
    assert {caller for caller, body in bodies.items() if "/trees" in body or '"trees"' in body} == row.told


@pytest.mark.parametrize("row", [row for row in ROWS if row.route.startswith("GET ")], ids=lambda row: row.path)
def test_head_gets_the_status_of_get(stand, row):
    some = ("anonymous", "alice", "carol", "wrong")
    answers = {caller: stand.ask(row, "HEAD", caller) for caller in some}
    came = {caller: (answer.status_code, answer.get_data()) for caller, answer in answers.items()}
    assert came == {caller: (row.statuses[caller], b"") for caller in some}
