"""Whatever world is drawn and whatever happens in it, everybody sees and may do what the oracle says."""

from hypothesis import given, note
from hypothesis import strategies as st

from tests.conftest import rolled_back
from tests.support.stage import Stage
from tests.support.worlds import changes, worlds


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
