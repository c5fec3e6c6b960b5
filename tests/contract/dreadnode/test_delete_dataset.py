"""`ApiClient.delete_dataset`: refused to everybody."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_nothing_is_deleted(calling):
    deleted, kept = calling("alice", ("delete_dataset", "acme", "elm", "1.0.0"), ("get_dataset", "acme", "elm"))
    assert deleted == {"failed": ["RuntimeError", "405: This address does not take that method."]}
    assert kept["latest_version"] == "1.0.0"
