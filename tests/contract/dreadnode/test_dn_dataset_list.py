"""`dn dataset list` with its options."""

import json

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def listed(done) -> list[str]:
    """The datasets of `--json`, as `name version`."""
    assert done.returncode == 0, done.stdout + done.stderr
    return [f"{one['full_name']} {one['latest_version']}" for one in json.loads(done.stdout)]


@pytest.fixture
def ls(dn):
    """Lists as JSON in Alice's name, from acme unless said."""

    def run(*words: str, organization: str = "acme", who: str = "alice"):
        return dn("dataset", "list", "--json", *words, who=who, DREADNODE_ORGANIZATION=organization)

    return run


def test_lists_the_organization(ls):
    found = listed(ls())
    assert {"acme/elm 1.0.0", "acme/dated 2016.1.1", "acme/dated 2017.4.7", "acme/empty 0.0.0"} <= set(found)
    assert all(one.startswith("acme/") for one in found)


def test_takes_search_limit_and_include_public(ls):
    assert len(listed(ls("--search", "About", "--limit", "2"))) == 2
    assert listed(ls("--include-public", "--search", "bob/")) == ["bob/maps 2.0.0"]


def test_takes_server_key_and_organization_as_options(dn, stand):
    done = dn(
        *("dataset", "list", "--search", "elm", "--server", stand.url, "--api-key", stand.tokens["alice"]),
        *("--organization", "acme"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "acme/elm@1.0.0 private - About elms" in done.stdout


def test_an_empty_list_and_a_strange_organization(dn, ls):
    done = dn("dataset", "list", who="alice", DREADNODE_ORGANIZATION="alice")
    assert (done.returncode, done.stdout.strip()) == (0, "No datasets found")
    refused = ls(organization="other")
    assert refused.returncode == 1
    assert "403" in refused.stdout + refused.stderr
