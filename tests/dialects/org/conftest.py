"""The cast of the org tests: Alice is of the organization acme, Bob is shared with, Carol is a stranger."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

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
def listed(client: Script, given: Given, alice: Party, acme: Party) -> Callable[..., TestResponse]:
    """Asks for the list of acme in Alice's name, with a query."""
    token = given.token(alice)
    return lambda query="", **more: client.get(f"/api/v1/org/acme/datasets?{query}", token=token, **more)
