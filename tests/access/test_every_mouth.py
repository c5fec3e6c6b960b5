"""Every route is asked by a mouth or sent by a form, and once for what it serves, or it is said here why not."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from flask import Flask, Response, request, request_finished

from tests.access.test_every_route import routes
from tests.access.test_worlds import ALL, look
from tests.conftest import rolled_back
from tests.support import api_stage, form_stage
from tests.support.api_stage import ApiStage
from tests.support.asking import Memory
from tests.support.form_stage import FormStage
from tests.support.groups import ON_SQLITE
from tests.support.oracle import VISITOR, Actor, Content, Dataset, File, World
from tests.support.worlds import Change

ALIKE = "says the same to everybody and nothing of what is in the catalog"
LED_ON = "leads to the address without the slash"
PROVED = "proves who somebody is: tests/pages/test_sign_in.py, tests/dialects/gfw/test_auth.py, tests/attacks"
OF_THE_SENDER = "changes what is the sender's own, whoever that is: the address names nothing"
NOT_ASKED = {
    "GET /healthz": ALIKE,
    "GET /readyz": ALIKE,
    "GET /ping": ALIKE,
    "GET /api/v1/health": ALIKE,
    "GET /static/<build>/<path:path>": ALIKE,
    "GET /developers": ALIKE,
    "GET /developers/<dialect>": ALIKE,
    "GET /openapi/<dialect>.json": ALIKE,
    "GET /datasets/": LED_ON,
    "GET /assets/": LED_ON,
    "GET /sign-in": PROVED,
    "POST /sign-in": PROVED,
    "POST /sign-out": PROVED,
    "POST /auth/token": PROVED,
    "POST /account": OF_THE_SENDER,
    "POST /account/password": OF_THE_SENDER,
    "POST /account/tokens": OF_THE_SENDER,
    "POST /account/sessions/end-others": OF_THE_SENDER,
    "POST /auth/apikey": OF_THE_SENDER,
}
# Views that look at nothing before they refuse whoever comes: tests/dialects/gfw/test_absent.py.
NOT_SERVED = {"gfw_absent.work_on_data", "gfw_absent.sign_up"}
NEVER_SERVED = {
    "gfw_absent.write": "refuses everybody: those who may write as not served",
    "org.get_project": "no organization has a project",
}


def world() -> World:
    """Seven datasets of Alice's, so that each has its turn; one is of an organization that she administers."""
    datasets = [
        Dataset(
            slug=f"set_{n}",
            owner="alice",
            organization="mappers" if n == 1 else None,
            visibility="public",
            is_named=True,
            content=Content("Trees", ("1.0.0",), (File(f"https://files.example/{n}", "csv"),)),
        )
        for n in range(7)
    ]
    roles = {"mappers": {"alice": "admin"}}
    return World({"alice", "bob"}, administrators=set(), disabled=set(), roles=roles, datasets=datasets)


BY_FORM = [
    ("share", 0, "bob", "viewer"),
    ("share", 0, "bob", "editor"),
    ("unshare", 0, "bob"),
    ("set_visibility", 0, "private"),
    ("rename", 0, "forests"),
    ("withdraw", 0),
    ("restore", 0),
    ("transfer", 1, "bob", None),
    ("revise", 2, Content("Rain")),
    ("register", 0, Dataset("new_0", "alice", None, "private", is_named=True, content=Content("Roads"))),
    ("admit", 0, "mappers", "bob", "viewer"),
    ("admit", 0, "mappers", "bob", "editor"),
    ("dismiss", 0, "mappers", "bob"),
    ("describe", 0, "mappers", "Who draws maps"),
    ("found", 0, "planters"),
    ("revoke_token", 0, Actor("alice", "read")),
    ("end_session", 0, "alice"),
]
BY_SCRIPT = [("set_open", 0, False), ("ask_download", 3, 0), ("rename", 0, "forests")]
AT_LAST = [("revoke_key", 0, "alice")]


@dataclass
class Asked:
    """The routes that were asked, as method and rule; the views, with their method, and those that did not refuse."""

    routes: set[str] = field(default_factory=set)
    views: set[str] = field(default_factory=set)
    served: set[str] = field(default_factory=set)


@contextmanager
def noted(app: Flask) -> Iterator[Asked]:
    """What is asked in this stretch."""
    asked = Asked()

    def note(sender: Flask, response: Response) -> None:
        if request.url_rule is not None:
            asked.routes.add(f"{request.method} {request.url_rule.rule}")
            view = f"{request.method} {request.endpoint}"
            asked.views.add(view)
            asked.served |= {view} if response.status_code < 400 else set()

    with request_finished.connected_to(note, app):
        yield asked


def played(stage: ApiStage | FormStage, changes: list[tuple]) -> set[str]:
    """What came of these changes of Alice's."""
    sent = [stage.send(Change(verb, Actor("alice"), number, tuple(more))) for verb, number, *more in changes]
    return {one.came for one in sent if one}


def routes_of(app: Flask, endpoints: Iterable[str]) -> set[str]:
    """The routes that lead to these views."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in endpoints]
    return {f"{method} {rule.rule}" for rule in rules for method in rule.methods}


@pytest.fixture(scope="module")
def asked(shared_app) -> Asked:
    """What the oracle asks where all its stages play and all its mouths look."""
    with noted(shared_app) as asked:
        with rolled_back(shared_app):
            assert played(FormStage(shared_app, world()), BY_FORM) == {"done"}
        with rolled_back(shared_app):
            stage = ApiStage(shared_app, world())
            assert played(stage, BY_SCRIPT) == {"done"}
            for mouth in ALL:
                look(stage, mouth, Memory(), [VISITOR, Actor("alice", "write")], 5)
            assert played(stage, AT_LAST) == {"done"}
    return asked


def test_every_verb_of_a_stage_is_played():
    assert {verb for verb, *_ in BY_FORM} == form_stage.VERBS
    assert {verb for verb, *_ in (*BY_SCRIPT, *AT_LAST)} > api_stage.VERBS


@ON_SQLITE
def test_every_route_is_asked_by_a_mouth_or_a_form_or_it_is_said_why_not(shared_app, asked):
    assert routes(shared_app) - asked.routes - routes_of(shared_app, NOT_SERVED) - NOT_ASKED.keys() == set(), (
        "let a mouth in tests/support ask it or a stage send it, or say here why not"
    )
    assert NOT_ASKED.keys() - routes(shared_app) == set(), "these routes are gone: take them out"
    assert routes_of(shared_app, NOT_SERVED) & asked.routes == set(), "these are asked: take them out of NOT_SERVED"


@ON_SQLITE
def test_every_view_is_once_asked_for_what_it_serves(asked):
    refusing = {view for view in asked.views - asked.served if view.split()[1] not in NEVER_SERVED}
    assert refusing == set(), "refusals alone do not tell who is served: let a mouth ask for something that is there"
    assert {view.split()[1] for view in asked.served} & NEVER_SERVED.keys() == set(), "these are served: take them out"
