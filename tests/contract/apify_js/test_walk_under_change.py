"""`for await` through datasets while other processes add and take away some: what a walk may repeat and miss."""

import pytest

from tests.support.apify_stand import slugs
from tests.support.meanwhile import ADDED, REMOVED, newest_first, oldest_first

pytestmark = pytest.mark.node_clients
# The client asks for a thousand at a time.
SIZE, ROWS = 1000, 2_100


@pytest.mark.parametrize(("is_descending", "place"), [(False, oldest_first), (True, newest_first)])
def test_each_page_is_right_in_itself_and_a_walk_errs_by_no_more_than_what_changed_before_its_position(
    walking, running, is_descending, place
):
    with walking(slugs, place, rows=ROWS, step=3) as walk:
        names = running("list_datasets.mjs", walk.url, walk.token, walk=True, desc=is_descending)["done"]
    assert names == walk.names
    assert walk.wrong_pages(SIZE) == []
    assert min(walk.between[ADDED], walk.between[REMOVED]) >= 10
    # What is added stands at the end of an ascending walk and before the position of a descending one.
    added = walk.before[ADDED] if is_descending else 0
    assert walk.repeated <= added
    # The client ends its walk where the total of its first page says, so that what came before it stands for others.
    assert 0 < walk.missed <= walk.before[REMOVED] + added
