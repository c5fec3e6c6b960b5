"""`list_datasets`: whole, by pages, and only what may be downloaded."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.openepi, ON_SQLITE]
ALL = ["alerts", "bare", "trees"]


def test_lists_everything_with_its_defaults(calling):
    whole, downloadable, kept = calling(
        ("list_datasets",), ("list_datasets", {"downloadable": True}), ("list_datasets", {"downloadable": False})
    )
    assert whole["status"] == "success"
    assert [one["dataset"] for one in whole["datasets"]] == ALL
    trees = whole["datasets"][2]
    assert (trees["versions"], trees["metadata"]["title"]) == (["v1.9", "v1.10"], "Trees")
    assert (trees["metadata"]["tags"], trees["metadata"]["spatial_resolution"]) == (["forest"], 30)
    assert [one["dataset"] for one in downloadable["datasets"]] == ["alerts", "trees"]
    assert [one["dataset"] for one in kept["datasets"]] == ["bare"]


def test_pages_come_with_links_and_totals(stand, calling):
    page, walked, past = calling(
        ("list_datasets", {"page": 1, "page_size": 2}), ("pages", 2), ("list_datasets", {"page": 9, "page_size": 2})
    )
    assert (page["page_size"], page["total_pages"], page["total_items"]) == ("2", "2", "3")
    assert page["links"]["next"] == f"{stand.url}/datasets?page[number]=2&page[size]=2"
    assert walked == [ALL[:2], ALL[2:]]
    name, words = past["failed"]
    assert (name, "Page number 9 is larger than the total page count: 2" in words) == ("ValueError", True)
