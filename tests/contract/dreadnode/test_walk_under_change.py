"""Walking through datasets by page while other processes add and take away some: what a walk may repeat and miss."""

import json
from typing import Any

import pytest

from tests.support.meanwhile import ADDED, REMOVED, Age

pytestmark = pytest.mark.dreadnode
SIZE = 4
# More pages than a walk can need; those past the end are empty.
PAGES = range(1, 16)


def oldest_first(slug: str, age: Age) -> tuple[float, str]:
    """The place in a list by age; what came at one moment comes by name."""
    return age[0], slug


def newest_first(slug: str, age: Age) -> tuple[float, str]:
    """The place in a list by age, newest first; what came at one moment comes by name."""
    return -age[0], slug


def slugs(said: Any) -> list[str]:
    """What a page holds; whatever else was asked for holds none."""
    listed = said.get("datasets", []) if isinstance(said, dict) else []
    return [one["name"].rpartition("/")[2] for one in listed]


@pytest.mark.parametrize(("direction", "place"), [("asc", oldest_first), ("desc", newest_first)])
def test_each_page_is_right_in_itself_and_a_walk_errs_by_no_more_than_what_changed_before_its_position(
    walking, running, direction, place
):
    asked = {"sort_by": "created_at", "sort_dir": direction, "limit": SIZE}
    with walking(slugs, place) as walk:
        calls = (("list_datasets", walk.owner.name, {**asked, "page": page}) for page in PAGES)
        came = running(walk.url, walk.token, *calls)
    assert [[package["name"] for package in one["done"]] for one in came] == walk.pages
    assert walk.pages[-1] == []
    assert walk.wrong_pages(SIZE) == []
    # What is added stands at the end of an ascending walk and before the position of a descending one.
    assert walk.repeated <= (walk.before[ADDED] if direction == "desc" else 0)
    assert 0 < walk.missed <= walk.before[REMOVED]
    assert min(walk.between[ADDED], walk.between[REMOVED]) >= 10


def test_the_tool_walks_too(walking, tool):
    """It asks for pages of 200, the newest first."""
    with walking(slugs, newest_first, rows=460, step=3) as walk:
        key = {
            "DREADNODE_SERVER": walk.url,
            "DREADNODE_API_KEY": walk.token,
            "DREADNODE_ORGANIZATION": walk.owner.name,
        }
        done = tool("dataset", "list", "--json", "--limit", "1000", **key)
    assert done.returncode == 0, done.stderr
    assert [one["name"] for one in json.loads(done.stdout)] == walk.names
    assert len(walk.pages) > 2
    assert walk.wrong_pages(200) == []
    assert 0 < walk.repeated <= walk.before[ADDED]
    assert 0 < walk.missed <= walk.before[REMOVED]
    assert min(walk.between[ADDED], walk.between[REMOVED]) >= 6
