"""`ApiClient.update_dataset_visibility`: opened to everybody who is signed in, and closed."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_opens_and_closes(calling):
    opened, seen, closed, gone = (
        *calling("alice", ("update_dataset_visibility", "acme", "opened", {"is_public": True})),
        *calling("carol", ("get_dataset", "acme", "opened")),
        *calling("alice", ("update_dataset_visibility", "acme", "opened", {"is_public": False})),
        *calling("carol", ("get_dataset", "acme", "opened")),
    )
    message = "acme/opened is internal: everybody who is signed in can see it."
    assert opened == {"is_public": True, "message": message}
    assert seen["visibility"] == "public"
    assert closed["is_public"] is False
    assert gone["failed"][0] == "NotFoundError"


def test_raises_for_those_who_may_not(calling):
    calls = ("update_dataset_visibility", "acme", "elm", {"is_public": True})
    (reading,), (strange,) = calling("reader", calls), calling("carol", calls)
    assert reading == {"failed": ["RuntimeError", "403: You do not have permission to do this."]}
    assert strange == {"failed": ["NotFoundError", "404: There is no dataset “acme/elm”."]}
