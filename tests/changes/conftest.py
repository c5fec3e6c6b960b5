"""The cast of the verbs: Alice owns, Bob is shared with, Carol is a stranger."""

from dataclasses import dataclass

import pytest
from flask import Flask

from tests.support.acting import Acting
from tests.support.given import Given, Party


@dataclass(frozen=True)
class Cast:
    """People, and the team to which some of them belong."""

    alice: Party
    bob: Party
    carol: Party
    eve: Party
    """Shared with as an editor."""
    root: Party
    """An administrator of the catalog."""
    viewer: Party
    editor: Party
    chief: Party
    team: Party


@pytest.fixture
def cast(given: Given) -> Cast:
    names = ("alice", "bob", "carol", "eve", "viewer", "editor", "chief")
    people = {name: given.user(name) for name in names}
    roles = {people["viewer"]: "viewer", people["editor"]: "editor", people["chief"]: "admin"}
    return Cast(**people, root=given.user("root", is_admin=True), team=given.organization("team", members=roles))


@pytest.fixture
def trees(given: Given, cast: Cast):
    """A private dataset of Alice and the team, shared with Bob and, as an editor, with Eve."""
    made = given.dataset("trees", owner=cast.alice, organization=cast.team, shared_with=[cast.bob])
    given.share(made, cast.eve, "editor")
    return made


@pytest.fixture
def act(app: Flask) -> Acting:
    return Acting(app)
