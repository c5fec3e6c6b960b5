"""The cast of the GFW tests: Alice owns, Bob is shared with, Carol is a stranger."""

import pytest

from tests.support.given import Given, Party


@pytest.fixture
def alice(given: Given) -> Party:
    """Somebody who owns datasets."""
    return given.user("alice")


@pytest.fixture
def bob(given: Given) -> Party:
    """Somebody with whom datasets are shared."""
    return given.user("bob")


@pytest.fixture
def carol(given: Given) -> Party:
    """A stranger."""
    return given.user("carol")


@pytest.fixture
def three(given: Given, alice: Party) -> None:
    """Three public datasets of Alice's."""
    given.datasets(["trees", "maps", "rain"], owner=alice, visibility="public")
