"""`ApiClient.list_dataset_activity`: who asked for a download."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_each_download_is_told_to_the_members(calling, stand):
    (before,) = calling("alice", ("list_dataset_activity", "acme", {"dataset_name": "pulled"}))
    (bobs,) = calling("bob", ("download_dataset", "acme", "pulled", "1.0.0"))
    after, of_alice, window = calling(
        "alice",
        ("list_dataset_activity", "acme", {"dataset_name": "pulled"}),
        ("list_dataset_activity", "acme", {"dataset_name": "pulled", "user_id": str(stand.people["alice"].uuid)}),
        ("list_dataset_activity", "acme", {"limit": 1, "offset": 10**6}),
    )
    assert after["total"] == before["total"] + 1
    newest = after["items"][0]
    assert (newest["id"], newest["dataset_name"], newest["dataset_version"]) == (
        bobs["download_id"],
        "acme/pulled",
        "1.0.0",
    )
    assert newest["user_id"] == str(stand.people["bob"].uuid)
    assert newest["id"] not in [item["id"] for item in of_alice["items"]]
    assert window["items"] == []
    assert calling("bob", ("list_dataset_activity", "acme"))[0]["failed"][0] == "RuntimeError"
