"""`assets` of a version: whole and by pages."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.openepi, ON_SQLITE]


def test_assets_of_a_version_whole_and_by_pages(calling):
    whole, page, none, hidden = calling(
        ("assets", "trees", "v1.10", {"page": None}),
        ("assets", "trees", "v1.10", {"page": 2, "page_size": 1}),
        ("assets", "trees", "v1.9", {"page": None}),
        ("assets", "secrets", "v1", {"page": None}),
    )
    assert [one["asset_type"] for one in whole["assets"]] == ["csv", "ESRI Shapefile"]
    assert [one["asset_uri"] for one in page["assets"]] == ["https://files.example/trees.zip"]
    assert (page["total_pages"], page["total_items"]) == ("2", "2")
    assert (none["assets"], hidden["assets"]) == ([], [])
