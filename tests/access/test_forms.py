"""Whatever is drawn and whoever sends it, by form or by script, it does what the oracle says, and all see it then."""

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from tests.access.test_worlds import NOT_JOURNALLED, look
from tests.conftest import rolled_back
from tests.support import api_stage
from tests.support.api_stage import ApiStage
from tests.support.asking import Memory
from tests.support.form_stage import VERBS, FormStage
from tests.support.managing_mouths import people_pages
from tests.support.oracle import VISITOR, Actor
from tests.support.org_mouths import org_activity, org_details, org_downloads
from tests.support.own_mouths import one_s_own
from tests.support.page_mouths import dataset_pages, detail_pages, share_pages, trash_pages
from tests.support.profiles import draws
from tests.support.worlds import changes, worlds

pytestmark = pytest.mark.long


# What scripts can change, and what decides who may.
_OF_SCRIPTS = {*api_stage.VERBS, "share", "transfer", "withdraw", "admit", "set_disabled", "revoke_token", "rename"}


def play(stage, wanted):
    """Send all that is `wanted`: each does what the oracle says, and nothing where it says no."""
    for change in wanted:
        sent = stage.send(change)
        if sent is None:
            continue
        note(f"{change}: {sent.came}")
        assert sent.came == sent.expected, change
        assert sent.came == "done" or not sent.is_changed, change
        assert sent.is_journalled or not sent.is_changed or change.verb in NOT_JOURNALLED, change


def look_around(stage, mouths, data):
    """Two of those who are there see by each mouth what they are to see."""
    callers = [VISITOR, *(Actor(handle, "write") for handle in sorted(stage.world.people))]
    for mouth in mouths:
        look(stage, mouth, Memory(), data.draw(st.lists(st.sampled_from(callers), max_size=2, unique=True)), 5)


@draws(4, long=3)
@given(st.data())
def test_forms_do_what_one_may_and_nothing_else(shared_app, data):
    world = data.draw(worlds())
    wanted = data.draw(changes(world, VERBS))
    with rolled_back(shared_app):
        stage = FormStage(shared_app, world)
        play(stage, wanted)
        look_around(stage, (dataset_pages, detail_pages, share_pages, trash_pages, people_pages), data)


@draws(3, long=2)
@given(st.data())
def test_scripts_change_what_one_may_and_nothing_else(shared_app, data):
    world = data.draw(worlds())
    wanted = data.draw(changes(world, api_stage.VERBS)) + data.draw(changes(world, _OF_SCRIPTS))
    with rolled_back(shared_app):
        stage = ApiStage(shared_app, world)
        play(stage, wanted)
        look_around(stage, (org_details, org_activity, org_downloads, one_s_own), data)
