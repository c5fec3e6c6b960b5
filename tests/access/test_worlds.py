"""Whatever world is drawn and whatever happens in it, everybody sees and may do what the oracle says."""

from collections.abc import Sequence

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from tests.conftest import rolled_back
from tests.support import (
    apify_mouths,
    facet_mouths,
    gfw_mouths,
    managing_mouths,
    org_mouths,
    own_mouths,
    search_mouths,
)
from tests.support.asking import Asking, Memory
from tests.support.groups import in_turns
from tests.support.mouths import MOUTHS, Mouth, differences
from tests.support.oracle import VISITOR, Actor
from tests.support.page_mouths import PAGES
from tests.support.profiles import draws, is_whole
from tests.support.stage import Stage
from tests.support.worlds import changes, worlds

pytestmark = pytest.mark.long
# To ask for a download is to read; that it was asked for is kept all the same.
NOT_JOURNALLED = {"ask_download"}
ALL = (
    *(*MOUTHS, *gfw_mouths.MOUTHS, *apify_mouths.MOUTHS, *org_mouths.MOUTHS),
    *(*PAGES, *managing_mouths.MOUTHS, *own_mouths.MOUTHS, *search_mouths.MOUTHS, *facet_mouths.MOUTHS),
)


def in_words(mouth_or_database: Mouth | str) -> str:
    """What a drawn case is called."""
    return getattr(mouth_or_database, "__name__", mouth_or_database)


@draws(5, long=5)
@given(st.data())
def test_verbs_do_what_one_may_and_nothing_else(shared_app, data):
    world = data.draw(worlds())
    wanted = data.draw(changes(world))
    with rolled_back(shared_app):
        stage = Stage(shared_app, world)
        for change in wanted:
            tried = stage.attempt(change)
            note(f"{change}: {tried.done}")
            assert tried.done == tried.expected, change
            assert tried.done == "done" or not tried.is_changed, change
            assert tried.is_journalled or not tried.is_changed or change.verb in NOT_JOURNALLED, change


@draws(1)
@pytest.mark.parametrize(("mouth", "database_url"), in_turns(ALL), indirect=["database_url"], ids=in_words)
@given(st.data())
def test_every_mouth_says_what_one_may_know(shared_app, mouth, data):
    world, memory = data.draw(worlds()), Memory()
    callers = [VISITOR, *(Actor(handle, by) for handle in sorted(world.people) for by in ("read", "write"))]
    sizes = st.integers(1, 7)
    with rolled_back(shared_app):
        stage = Stage(shared_app, world)
        early = data.draw(st.lists(st.sampled_from(callers), max_size=2, unique=True))
        look(stage, mouth, memory, early, data.draw(sizes))
        for change in data.draw(changes(world)):
            stage.attempt(change)
        scope = data.draw(st.sampled_from(("read", "write")))
        late = [caller for caller in callers if caller.by in ("session", scope)]
        number = len(late) if is_whole() else 4
        some = st.lists(st.sampled_from(late), min_size=number, max_size=number, unique=True)
        look(stage, mouth, memory, data.draw(some), data.draw(sizes))


def look(stage: Stage, mouth: Mouth, memory: Memory, callers: Sequence[Actor], size: int) -> None:
    """Hold what `mouth` says to each of `callers` against the oracle."""
    for caller in callers:
        ask = Asking(stage, caller, memory, size)
        assert differences(mouth(ask, stage.world, caller.handle)) == [], caller
