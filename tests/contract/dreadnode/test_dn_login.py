"""`dn login`: a token kept for later commands."""

import json

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]


def test_login_keeps_the_token_for_later_commands(dn, stand):
    done = dn("login", stand.tokens["alice"], "--server", stand.url)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Logged in to {stand.url} as alice" in done.stdout
    assert "acme/main" in done.stdout
    known = dn("whoami", "--json")
    assert {"username": "alice", "email": "alice@example.org", "organization": "acme", "workspace": "main"}.items() <= (
        json.loads(known.stdout).items()
    )
    assert "acme/elm" in dn("dataset", "list").stdout


def test_whoever_belongs_to_no_organization_is_one_alone(dn, stand):
    done = dn("login", stand.tokens["bob"], "--server", stand.url)
    assert done.returncode == 0, done.stdout + done.stderr
    listed = dn("dataset", "list")
    assert "bob/maps" in listed.stdout
    assert "bob/secrets" in listed.stdout


def test_a_wrong_token_is_refused(dn, stand):
    done = dn("login", stand.tokens["wrong"], "--server", stand.url)
    assert done.returncode == 1
    assert "Logged in" not in done.stdout
