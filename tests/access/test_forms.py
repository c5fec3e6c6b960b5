"""Whatever is drawn and whoever sends which form, it does what the oracle says, and everybody sees the same then."""

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from tests.access.test_worlds import look
from tests.conftest import rolled_back
from tests.support.asking import Memory
from tests.support.form_stage import VERBS, FormStage
from tests.support.oracle import VISITOR, Actor
from tests.support.page_mouths import dataset_pages, detail_pages, share_pages, trash_pages
from tests.support.profiles import times
from tests.support.worlds import changes, worlds

pytestmark = pytest.mark.long


@times(3)
@given(st.data())
def test_forms_do_what_one_may_and_nothing_else(shared_app, data):
    world = data.draw(worlds())
    wanted = data.draw(changes(world, VERBS))
    with rolled_back(shared_app):
        stage = FormStage(shared_app, world)
        for change in wanted:
            sent = stage.send(change)
            if sent is None:
                continue
            note(f"{change}: {sent.came}")
            assert sent.came == sent.expected, change
            assert sent.came == "done" or not sent.is_changed, change
            assert sent.is_journalled or not sent.is_changed, change
        callers = [VISITOR, *(Actor(handle, "write") for handle in sorted(world.people))]
        for mouth in (dataset_pages, detail_pages, share_pages, trash_pages):
            look(stage, mouth, Memory(), data.draw(st.lists(st.sampled_from(callers), max_size=2, unique=True)), 5)
