"""`dn dataset pull`: a download by the tool, as an address and into a file."""

import pytest

from tests.support.dreadnode_stand import CONTENT
from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]
ACME = {"who": "alice", "DREADNODE_ORGANIZATION": "acme"}


def test_saves_the_file(dn, tmp_path):
    done = dn("dataset", "pull", "elm", "--output", "elm.csv", **ACME)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "elm.csv").read_bytes() == CONTENT


def test_prints_an_address(dn, stand):
    done = dn("dataset", "pull", "elm@1.0.0", **ACME)
    assert done.stdout.split()[-1].startswith(f"{stand.url}/downloads/")


def test_says_that_there_is_nothing(dn):
    done = dn("dataset", "pull", "dated", **ACME)
    assert done.returncode == 1
    assert "Download not ready: failed" in done.stdout + done.stderr
