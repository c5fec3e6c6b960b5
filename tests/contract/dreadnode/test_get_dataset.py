"""`ApiClient.get_dataset`: one dataset, in its latest version and in others."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_shows_the_latest_version_and_any_other(calling):
    latest, *others = calling(
        "alice",
        ("get_dataset", "acme", "dated"),
        *(("get_dataset", "acme", "dated", version) for version in ("2016.1.1", "v20160101", "2016-01-01")),
    )
    assert (latest["full_name"], latest["latest_version"], latest["visibility"]) == (
        "acme/dated",
        "2017.4.7",
        "public",
    )
    assert [other["latest_version"] for other in others] == ["2016.1.1"] * 3


def test_a_dataset_without_version_is_shown_too(calling):
    latest, named = calling("alice", ("get_dataset", "acme", "empty"), ("get_dataset", "acme", "empty", "0.0.0"))
    assert latest == named
    assert latest["latest_version"] == "0.0.0"


def test_raises_not_found_for_what_is_not_there_or_not_theirs(calling):
    came = calling(
        "carol",
        ("get_dataset", "acme", "elm"),
        ("get_dataset", "acme", "nothing"),
        ("get_dataset", "bob", "maps", "9.9.9"),
    )
    assert [one["failed"] for one in came] == [
        ["NotFoundError", "404: There is no dataset “acme/elm”."],
        ["NotFoundError", "404: There is no dataset “acme/nothing”."],
        ["NotFoundError", "404: There is no version “9.9.9” of this dataset."],
    ]
