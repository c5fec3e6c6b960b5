"""The cast of the org tests: Alice is of the organization acme, Bob is shared with, Carol is a stranger."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.acting import Acting
from tests.support.callers import Script
from tests.support.given import Given, Party


@pytest.fixture
def alice(given: Given) -> Party:
    """A member of acme."""
    return given.user("alice")


@pytest.fixture
def acme(given: Given, alice: Party) -> Party:
    """The organization that lists are asked of."""
    return given.organization("acme", members={alice: "viewer"})


@pytest.fixture
def bob(given: Given) -> Party:
    """Somebody with whom datasets are shared."""
    return given.user("bob")


@pytest.fixture
def carol(given: Given) -> Party:
    """A stranger."""
    return given.user("carol")


@pytest.fixture
def act(app: Flask) -> Acting:
    """Does verbs in somebody's name."""
    return Acting(app)


Asked = Callable[..., TestResponse]


@pytest.fixture
def asked(client: Script, given: Given, alice: Party, acme: Party) -> Asked:
    """Sends a request below /api/v1 in somebody's name, Alice's unless said, with a token of that scope."""

    def ask(path: str, *, by: Party = alice, scope: str = "read", method: str = "GET", **more: Any) -> TestResponse:
        return client.open(method, f"/api/v1{path}", token=given.token(by, scope=scope), **more)

    return ask


@pytest.fixture
def listed(client: Script, given: Given, alice: Party, acme: Party) -> Callable[..., TestResponse]:
    """Asks for the list of acme in Alice's name, with a query."""
    token = given.token(alice)
    return lambda query="", **more: client.get(f"/api/v1/org/acme/datasets?{query}", token=token, **more)
