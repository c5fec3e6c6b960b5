"""Refusals as the client raises them: at once, with status, type and sentence."""

import time

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


@pytest.mark.parametrize(
    ("script", "who", "asked", "status", "type_"),
    [
        ("list_datasets.mjs", "wrong", {}, 401, "token-not-valid"),
        ("list_datasets.mjs", None, {}, 401, "token-not-valid"),
        ("get_user.mjs", "wrong", {"id": "me"}, 401, "token-not-valid"),
        ("items.mjs", "bob", {"id": "carol/secrets", "how": "list"}, 404, "record-not-found"),
        ("items.mjs", "bob", {"id": "alice/trees", "how": "push"}, 405, "method-not-allowed"),
    ],
)
def test_are_raised_at_once(calling, script, who, asked, status, type_):
    begun = time.monotonic()
    failed = calling(script, who, **asked)["failed"]
    assert (failed["name"], failed["statusCode"], failed["type"]) == ("ApifyApiError", status, type_)
    assert time.monotonic() - begun < 20
