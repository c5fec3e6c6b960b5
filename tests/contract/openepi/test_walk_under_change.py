"""Walking through datasets by page while other processes add and take away some: what a walk may repeat and miss."""

import pytest

from tests.contract.openepi.conftest import run
from tests.support.meanwhile import ADDED, REMOVED, by_slug

pytestmark = pytest.mark.openepi
SIZE = 4


def slugs(said):
    """What a page holds; nothing where it lies past the end."""
    return [row["dataset"] for row in said["data"]] if said["status"] == "success" else []


def test_each_page_is_right_in_itself_and_a_walk_errs_by_no_more_than_what_changed_before_its_position(walking):
    with walking(slugs, by_slug) as walk:
        (came,) = run(walk.url, ("pages", SIZE, walk.token))
    assert [page for page in came["done"] if page] == [page for page in walk.pages if page]
    assert walk.wrong_pages(SIZE) == []
    # What is added before the position of a walk moves what follows to later pages, what is taken away to earlier ones.
    assert 0 < walk.repeated <= walk.before[ADDED]
    assert 0 < walk.missed <= walk.before[REMOVED]
    assert min(walk.between[ADDED], walk.between[REMOVED]) >= 10
