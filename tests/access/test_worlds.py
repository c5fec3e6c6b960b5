"""Whatever world is drawn and whatever happens in it, everybody sees and may do what the oracle says."""

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from tests.conftest import rolled_back
from tests.support.asking import Asking, Memory
from tests.support.mouths import MOUTHS, differences
from tests.support.oracle import VISITOR, Actor
from tests.support.stage import Stage
from tests.support.worlds import changes, worlds

pytestmark = pytest.mark.long


@given(st.data())
def test_verbs_do_what_one_may_and_nothing_else(shared_app, data):
    world = data.draw(worlds())
    tried = data.draw(changes(world))
    with rolled_back(shared_app):
        stage = Stage(shared_app, world)
        for change in tried:
            expected, done, is_changed = stage.attempt(change)
            note(f"{change}: {done}")
            assert done == expected, change
            assert expected == "done" or not is_changed, change


@pytest.mark.parametrize("mouth", MOUTHS, ids=lambda mouth: mouth.__name__)
@given(st.data())
def test_every_mouth_says_what_one_may_know(shared_app, mouth, data):
    world = data.draw(worlds())
    size = data.draw(st.integers(1, 7))
    with rolled_back(shared_app):
        stage, memory = Stage(shared_app, world), Memory()
        look(stage, mouth, memory, size)
        for change in data.draw(changes(world)):
            stage.attempt(change)
        look(stage, mouth, memory, size)


def look(stage: Stage, mouth, memory: Memory, size: int) -> None:
    """Hold what `mouth` says to everybody against the oracle: the visitor, and each user by either token."""
    for caller in (VISITOR, *(Actor(handle, by) for handle in sorted(stage.world.people) for by in ("read", "write"))):
        ask = Asking(
            stage.app, stage.secrets.get(caller), memory, is_recognised=stage.world.is_recognised(caller), size=size
        )
        assert not differences(mouth(ask, stage.world, caller.handle)), caller
