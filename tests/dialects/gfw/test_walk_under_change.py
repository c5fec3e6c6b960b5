"""Walking through assets by page while other processes add and take away some: what a walk may repeat and miss."""

from itertools import count
from typing import Any

import pytest
import requests

from tests.support.meanwhile import ADDED, REMOVED, Walk, by_slug, oldest_first

SIZE = 4


def slugs(said: Any) -> list[str]:
    """The datasets of the assets on a page; nothing where it lies past the end."""
    return [row["dataset"] for row in said["data"]] if said["status"] == "success" else []


def walked(walk: Walk, **asked: Any) -> None:
    """Asks for one page after another, until one lies past the end."""
    for number in count(1):
        page = {"page[number]": number, "page[size]": SIZE, **asked}
        answer = requests.get(f"{walk.url}/assets", page, headers={"x-api-key": walk.token}, timeout=60)
        if answer.status_code != 200:
            break
    assert answer.status_code == 422


@pytest.mark.parametrize(("asked", "place"), [({}, oldest_first), ({"sort": "dataset"}, by_slug)])
def test_each_page_of_assets_is_right_in_itself_and_a_walk_errs_by_no_more_than_what_changed(walking, asked, place):
    with walking(slugs, place) as walk:
        walked(walk, **asked)
    assert walk.wrong_pages(SIZE) == []
    # What is added stands at the end where the oldest come first, and around the position where slugs tell the order.
    assert walk.repeated <= (walk.before[ADDED] if place is by_slug else 0)
    assert 0 < walk.missed <= walk.before[REMOVED]
    assert min(walk.between[ADDED], walk.between[REMOVED]) >= 10
