"""`client.datasets().iterate()`: every way of walking."""

import pytest

from tests.support.apify_stand import ALL


@pytest.mark.parametrize("chunk", [None, 1, 2, 3, 7, 1000])
@pytest.mark.parametrize("desc", [False, True])
def test_walks_to_the_end(stand, calling, named, chunk, desc):
    items = calling(
        stand.tokens["alice"], lambda client: client.datasets().iterate(unnamed=True, chunk_size=chunk, desc=desc)
    )
    assert [item.name for item in items] == named(ALL[::-1] if desc else ALL)


def test_walks_a_part(stand, calling, named):
    items = calling(
        stand.tokens["alice"],
        lambda client: client.datasets().iterate(unnamed=True, offset=1, limit=4, chunk_size=3, ownership="ownedByMe"),
    )
    assert [item.name for item in items] == named(ALL[1:5])
