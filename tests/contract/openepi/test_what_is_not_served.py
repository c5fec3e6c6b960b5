"""What a catalog cannot do for the client: it is told so in a sentence."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.openepi, ON_SQLITE]
SENTENCE = "This catalog runs no queries, analyses or tiles. The data lies at the addresses of its assets."
NO_ACCOUNTS = "This catalog opens no accounts by this API. Please ask whoever operates it for one."


def test_is_said_in_a_sentence(calling, tmp_path):
    account, store, query, download = calling(
        ("create_account", "Dora", "dora@example.org"),
        ("get_geostore", "any"),
        ("query", "trees", "SELECT 1"),
        ("download", "trees", str(tmp_path / "trees.zip")),
    )
    assert account["failed"] == ["ValueError", f"Failed to create account: {NO_ACCOUNTS}"]
    assert store["failed"] == ["ValueError", f"Failed to retrieve geostore: {SENTENCE}"]
    assert query["failed"] == ["ValueError", f"Failed to get dataset version: {SENTENCE}"]
    assert (download["failed"][0], "501" in download["failed"][1]) == ("HTTPStatusError", True)
