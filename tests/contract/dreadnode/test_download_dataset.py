"""`ApiClient.download_dataset`: an address without credentials."""

import pytest

from tests.support.dreadnode_stand import CONTENT
from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_gives_an_address_that_leads_to_the_file_without_credentials(calling):
    (asked,) = calling("reader", ("download_dataset", "acme", "elm", "1.0.0"))
    assert (asked["status"], asked["filename"], asked["error"]) == ("ready", "trees.csv", None)
    fetched, forged = calling(
        "carol", ("fetch", asked["url"]), ("fetch", asked["url"].replace("downloads/", "downloads/x"))
    )
    assert fetched == CONTENT.decode()
    assert forged["failed"][0] == "HTTPError"


def test_says_why_there_is_nothing_to_download(calling):
    split, format_, empty, hidden = calling(
        "alice",
        ("download_dataset", "acme", "elm", "1.0.0", {"split": "train"}),
        ("download_dataset", "acme", "elm", "latest", {"format": "parquet"}),
        ("download_dataset", "acme", "empty", "0.0.0"),
        ("download_dataset", "bob", "secrets", "1.0.0"),
    )
    assert [(one["status"], one["url"]) for one in (split, format_, empty)] == [("failed", None)] * 3
    assert split["error"] == "This version has no split “train”."
    assert hidden["failed"][0] == "NotFoundError"
