"""Every route is asked by a mouth or sent by a form of the oracle, or it is said here why it is not."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, request, request_started

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
# Whose routes refuse everybody alike, whatever they name: tests/dialects/gfw/test_absent.py.
NOT_SERVED = "gfw_absent"


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
BY_SCRIPT = [("set_open", 0, False), ("ask_download", 3, 0), ("rename", 0, "forests"), ("revoke_key", 0, "alice")]


@contextmanager
def noted(app: Flask) -> Iterator[set[str]]:
    """The routes that are asked in this stretch, as method and rule."""
    asked: set[str] = set()

    def note(sender: Flask) -> None:
        if request.url_rule is not None:
            asked.add(f"{request.method} {request.url_rule.rule}")

    with request_started.connected_to(note, app):
        yield asked


def played(stage: ApiStage | FormStage, changes: list[tuple]) -> set[str]:
    """What came of these changes of Alice's."""
    sent = [stage.send(Change(verb, Actor("alice"), number, tuple(more))) for verb, number, *more in changes]
    return {one.came for one in sent if one}


@ON_SQLITE
def test_every_route_is_asked_by_a_mouth_or_a_form_or_it_is_said_why_not(shared_app):
    assert {verb for verb, *_ in BY_FORM} == form_stage.VERBS
    assert {verb for verb, *_ in BY_SCRIPT} > api_stage.VERBS
    with noted(shared_app) as asked:
        with rolled_back(shared_app):
            assert played(FormStage(shared_app, world()), BY_FORM) == {"done"}
        with rolled_back(shared_app):
            stage = ApiStage(shared_app, world())
            assert played(stage, BY_SCRIPT) == {"done"}
            for mouth in ALL:
                look(stage, mouth, Memory(), [VISITOR, Actor("alice", "write")], 5)
    absent = {
        f"{method} {rule.rule}"
        for rule in shared_app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] == NOT_SERVED
        for method in rule.methods
    }
    assert routes(shared_app) - asked - absent - NOT_ASKED.keys() == set(), (
        "let a mouth in tests/support ask it or a stage send it, or say here why not"
    )
    assert NOT_ASKED.keys() - routes(shared_app) == set(), "these routes are gone: take them out"
