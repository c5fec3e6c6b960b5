"""`ApiClient.list_dataset_versions`: texts, the latest first."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_names_the_versions_with_the_latest_first(calling):
    came = calling("alice", *(("list_dataset_versions", "acme", name) for name in ("dated", "empty", "elm")))
    assert came == [{"versions": ["2017.4.7", "2016.1.1"]}, {"versions": ["0.0.0"]}, {"versions": ["1.0.0"]}]


def test_raises_not_found_for_what_is_not_theirs(calling):
    (came,) = calling("carol", ("list_dataset_versions", "acme", "elm"))
    assert came == {"failed": ["NotFoundError", "404: There is no dataset “acme/elm”."]}
