"""`get_dataset`, its versions, their fields and assets."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.openepi, ON_SQLITE]


def test_one_dataset_and_what_is_hidden_or_not_there(stand, calling):
    trees, hidden, absent, opened, wrong = calling(
        ("get_dataset", "trees"),
        ("get_dataset", "secrets"),
        ("get_dataset", "nothing"),
        ("get_dataset with a key", "secrets", stand.key),
        ("get_dataset", "T"),
    )
    assert (trees["status"], trees["dataset"], trees["is_downloadable"]) == ("success", "trees", True)
    assert (hidden, absent) == (None, None)
    assert opened["versions"] == ["v1"]
    assert wrong["failed"][0] == "ValueError"


def test_a_version_by_its_name_and_the_last_one(calling):
    first, last, latest, absent = calling(
        ("get_version", "trees", "v1.9"),
        ("get_version", "trees"),
        ("get_version", "trees", "v1.10"),
        ("get_version", "trees", "v7"),
    )
    assert (first["version"], first["is_latest"], first["status"]) == ("v1.9", False, "success")
    assert (last["version"], last["is_latest"], last["metadata"]["citation"]) == ("v1.10", True, "Me, 2026")
    assert latest == last
    assert absent is None


def test_fields_of_a_table_and_bands_of_a_raster(calling):
    table, raster, none = calling(("fields", "trees"), ("fields", "alerts"), ("fields", "trees", "v1.9"))
    assert table == [
        {
            "name": "height",
            "alias": "Height",
            "description": None,
            "data_type": "double precision",
            "unit": "m",
            "is_feature_info": True,
            "is_filter": True,
        }
    ]
    assert [(band["pixel_meaning"], band["data_type"]) for band in raster] == [("date_conf", "uint16")]
    assert none == []


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
