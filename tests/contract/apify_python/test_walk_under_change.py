"""Walking through datasets while other processes add and take away some: what a walk may repeat and miss."""

import asyncio

import pytest
from apify_client import ApifyClient, ApifyClientAsync

from tests.support.apify_stand import slugs
from tests.support.meanwhile import ADDED, REMOVED, Place, Walk, newest_first, oldest_first

CHUNK = 4
BOTH_WAYS = pytest.mark.parametrize(("is_descending", "place"), [(False, oldest_first), (True, newest_first)])


def walked(walk: Walk, *, is_descending: bool) -> list[str]:
    """The names that the client meets."""
    datasets = ApifyClient(walk.token, api_url=walk.url).datasets()
    return [item.name for item in datasets.iterate(chunk_size=CHUNK, desc=is_descending)]


async def walked_async(walk: Walk, *, is_descending: bool) -> list[str]:
    """The names that the client's other form meets."""
    datasets = ApifyClientAsync(walk.token, api_url=walk.url).datasets()
    return [item.name async for item in datasets.iterate(chunk_size=CHUNK, desc=is_descending)]


def is_held_to_what_changed(walk: Walk, place: Place) -> None:
    """Fails where a page is wrong, or where the walk errs by more than what changed before its position."""
    assert walk.wrong_pages(CHUNK) == []
    assert walk.repeated <= (walk.before[ADDED] if place is newest_first else 0)
    assert 0 < walk.missed <= walk.before[REMOVED]
    assert min(walk.between[ADDED], walk.between[REMOVED]) >= 10


@BOTH_WAYS
def test_while_others_add_nothing_is_missed_and_a_descending_walk_alone_repeats(walking, is_descending, place):
    with walking(slugs, place, removing=False) as walk:
        names = walked(walk, is_descending=is_descending)
    assert names == walk.names
    assert walk.wrong_pages(CHUNK) == []
    assert walk.between[ADDED] >= 20
    assert walk.missed == 0
    if is_descending:
        assert 0 < walk.repeated <= walk.before[ADDED]
    else:
        assert walk.repeated == 0
        assert names[: len(walk.standing)] == walk.standing


@BOTH_WAYS
def test_with_removals_each_page_is_right_in_itself_and_a_walk_errs_by_no_more_than_what_changed(
    walking, is_descending, place
):
    with walking(slugs, place) as walk:
        names = walked(walk, is_descending=is_descending)
    assert names == walk.names
    is_held_to_what_changed(walk, place)


def test_a_walk_by_the_async_client_is_held_to_the_same(walking):
    with walking(slugs, newest_first) as walk:
        names = asyncio.run(walked_async(walk, is_descending=True))
    assert names == walk.names
    is_held_to_what_changed(walk, newest_first)
