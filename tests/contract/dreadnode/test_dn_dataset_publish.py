"""`dn dataset publish` and `unpublish`: opened to everybody who is signed in, and closed."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]
ACME = {"DREADNODE_ORGANIZATION": "acme"}


def test_publishes_and_unpublishes(dn, calling):
    done = dn("dataset", "publish", "acme/closed", who="alice", **ACME)
    assert (done.returncode, "Published acme/closed" in done.stdout) == (0, True)
    assert calling("carol", ("get_dataset", "acme", "closed"))[0]["visibility"] == "public"
    done = dn("dataset", "unpublish", "closed", who="alice", **ACME)
    assert (done.returncode, "Unpublished acme/closed" in done.stdout) == (0, True)
    assert calling("carol", ("get_dataset", "acme", "closed"))[0]["failed"][0] == "NotFoundError"


def test_says_what_may_not_be(dn):
    done = dn("dataset", "publish", "elm", who="reader", **ACME)
    assert done.returncode == 1
    assert "403: You do not have permission to do this." in done.stdout + done.stderr
