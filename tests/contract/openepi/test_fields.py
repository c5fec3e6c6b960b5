"""`fields` of a version: those of a table, and the bands of a raster."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.openepi, ON_SQLITE]


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
