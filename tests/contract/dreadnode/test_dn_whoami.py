"""`dn whoami`: whose the key is."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_whoami_needs_no_login_where_the_key_is_given(dn, stand):
    done = dn("whoami", who="alice", DREADNODE_ORGANIZATION="acme")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split() for line in done.stdout.splitlines()[2:]] == [
        ["org", "acme"],
        ["workspace", "main"],
        ["server", stand.url],
    ]
