"""`client.datasets().list()`: every parameter."""

import pytest

from tests.support.apify_stand import ALL, NAMED


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [*NAMED, "gifts"]),
        ({"unnamed": True}, ALL),
        ({"unnamed": False}, [*NAMED, "gifts"]),
        ({"desc": True}, ["gifts", *NAMED[::-1]]),
        ({"ownership": "ownedByMe"}, list(NAMED)),
        ({"ownership": "sharedWithMe"}, ["gifts"]),
        (
            {"unnamed": True, "limit": 3, "offset": 2, "desc": True, "ownership": "ownedByMe"},
            ["rivers", "rain", "roads"],
        ),
        ({"limit": 2, "offset": 5}, ["gifts"]),
        ({"offset": 50}, []),
        ({"limit": 0}, [*NAMED, "gifts"]),
    ],
)
def test_lists_what_is_asked_for(stand, calling, named, asked, expected):
    page = calling(stand.tokens["alice"], lambda client: client.datasets().list(**asked))
    assert [item.name for item in page.items] == named(expected)
    assert (page.offset, page.limit, page.desc) == (asked.get("offset", 0), asked.get("limit") or 1000, "desc" in asked)
    assert page.count == len(expected)


def test_reads_every_key_of_an_item(stand, calling):
    page = calling(stand.tokens["alice"], lambda client: client.datasets().list(limit=1))
    item = page.items[0]
    assert (item.id, item.name) == (stand.things["trees"].public_id, "trees")
    assert item.user_id == stand.people["alice"].public_id
    assert (item.item_count, item.clean_item_count) == (12, 12)
    assert (item.act_id, item.act_run_id) == (None, None)
    assert item.created_at <= item.modified_at
    assert item.accessed_at.utcoffset().total_seconds() == 0
