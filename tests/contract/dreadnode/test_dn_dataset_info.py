"""`dn dataset info`: one dataset with its versions."""

import json

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]
ACME = {"who": "alice", "DREADNODE_ORGANIZATION": "acme"}


def test_shows_the_latest_version_and_names_all(dn):
    done = dn("dataset", "info", "dated", **ACME)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "acme/dated@2017.4.7 public" in done.stdout
    assert "versions: 2017.4.7, 2016.1.1" in done.stdout


def test_takes_a_version_and_another_organization(dn):
    done = dn("dataset", "info", "acme/dated@2016.1.1", "--json", **ACME)
    shown = json.loads(done.stdout)
    assert (shown["latest_version"], shown["available_versions"]) == ("2016.1.1", ["2017.4.7", "2016.1.1"])
    assert "bob/maps@2.0.0 public" in dn("dataset", "info", "bob/maps", **ACME).stdout


def test_a_dataset_without_version_has_one_to_show(dn):
    assert "acme/empty@0.0.0" in dn("dataset", "info", "empty", **ACME).stdout


def test_what_is_not_there_is_said(dn):
    done = dn("dataset", "info", "nothing", **ACME)
    assert done.returncode == 1
    assert "404: There is no dataset “acme/nothing”." in done.stdout + done.stderr
