"""`ApiClient.get_dataset_facets`: what the list can be filtered by."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_names_the_values_of_each_filter(calling):
    whole, narrowed = calling(
        "alice",
        ("get_dataset_facets", "acme"),
        (
            "get_dataset_facets",
            "acme",
            {
                "search": "about",
                "tags": ["tag-1"],
                "license": ["CC-BY-4.0"],
                "format": ["csv"],
                "task_categories": ["task-1"],
                "size_category": ["1K<n<10K"],
            },
        ),
    )
    assert whole["formats"] == ["csv", "parquet", "unknown"]
    assert whole["licenses"] == ["CC-BY-4.0", "ODbL-1.0"]
    assert whole["size_categories"] == ["10K<n<100K", "1K<n<10K", "n<1K"]
    assert whole["tags"] == ["forest", "tag-0", "tag-1"]
    assert whole["task_categories"] == ["task-0", "task-1"]
    assert whole["total"] == whole["filtered_total"] == narrowed["total"]
    assert (narrowed["filtered_total"], narrowed["formats"], narrowed["tags"]) == (1, ["csv"], ["forest", "tag-1"])


def test_counts_what_the_list_shows(calling):
    named = {"format": ["csv"], "include_public": True}
    facets, listed = calling(
        "alice", ("get_dataset_facets", "acme", named), ("list_datasets", "acme", named | {"limit": 200})
    )
    assert facets["filtered_total"] == len(listed)


def test_is_for_members_unless_public_ones_are_asked_for(calling):
    refused, shown = calling(
        "carol", ("get_dataset_facets", "acme"), ("get_dataset_facets", "acme", {"include_public": True})
    )
    assert refused == {"failed": ["RuntimeError", "403: You are not a member of “acme”."]}
    assert shown["total"] >= 1
