"""The cast of the Apify tests: Alice owns, Bob is shared with, Carol is a stranger."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from tests.support.callers import Script
from tests.support.given import Given, Party


@pytest.fixture
def alice(given: Given) -> Party:
    """Somebody who owns datasets."""
    return given.user("alice")


@pytest.fixture
def listed(client: Script, given: Given, alice: Party) -> Callable[..., TestResponse]:
    """Asks for the list in Alice's name, with a query."""
    token = given.token(alice)
    return lambda query="", **more: client.get(f"/v2/datasets?{query}", token=token, **more)
