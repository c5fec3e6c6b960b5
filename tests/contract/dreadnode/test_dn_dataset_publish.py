"""`dn dataset publish`: opened to everybody who is signed in."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]
ACME = {"DREADNODE_ORGANIZATION": "acme"}


def test_publishes(dn, calling):
    done = dn("dataset", "publish", "acme/opened", who="alice", **ACME)
    assert (done.returncode, "Published acme/opened" in done.stdout) == (0, True)
    assert calling("carol", ("get_dataset", "acme", "opened"))[0]["visibility"] == "public"


def test_says_what_may_not_be(dn):
    done = dn("dataset", "publish", "elm", who="reader", **ACME)
    assert done.returncode == 1
    assert "403: You do not have permission to do this." in done.stdout + done.stderr
