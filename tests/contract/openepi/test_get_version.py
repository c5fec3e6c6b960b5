"""`get_version`: by its name, and the last one."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.openepi, ON_SQLITE]


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
