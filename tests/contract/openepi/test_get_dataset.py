"""`get_dataset`: one that is there, and what is hidden or not."""

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
