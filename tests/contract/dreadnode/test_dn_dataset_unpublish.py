"""`dn dataset unpublish`: closed again."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]
ACME = {"DREADNODE_ORGANIZATION": "acme"}


def test_unpublishes(dn, calling):
    done = dn("dataset", "unpublish", "closed", who="alice", **ACME)
    assert (done.returncode, "Unpublished acme/closed" in done.stdout) == (0, True)
    assert calling("carol", ("get_dataset", "acme", "closed"))[0]["failed"][0] == "NotFoundError"
