"""Commands about people, organizations, tokens and shares."""

import pytest
from sqlalchemy import select

from catalog.changes import sessions
from catalog.changes.passwords import is_password
from catalog.cli.base import user_named
from catalog.db import db
from catalog.model import Membership, Organization, Session, Share, Token, User
from tests.support.callers import Script
from tests.support.given import Given
from tests.support.groups import EITHER

pytestmark = EITHER


def person(store, handle):
    with store.app.app_context():
        return db.session.scalars(select(User).where(User.handle == handle)).one()


def fits(store, handle, password):
    held = person(store, handle)
    with store.app.app_context():
        return is_password(password, held.password_hash)


def test_enrols_with_the_password_from_standard_input(cli, store):
    done = cli("user", "add", "alice", "--password-stdin", "--email", "a@example.org", stdin="correct horse battery\n")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "User alice enrolled.\n", "")
    assert fits(store, "alice", "correct horse battery")


def test_makes_a_password_and_prints_it_alone_on_the_last_line(cli, store):
    done = cli("user", "add", "alice", "--admin")
    assert done.stdout.splitlines()[0] == "Administrator alice enrolled."
    (password,) = done.stdout.splitlines()[1:]
    assert len(password) >= 16
    assert fits(store, "alice", password)
    assert person(store, "alice").is_admin


def test_gives_another_password_which_ends_sessions(cli, store):
    cli("user", "add", "alice")
    with store.app.app_context():
        sessions.begin(user_named("alice"), agent=None, days=14)
    done = cli("user", "password", "alice", "--password-stdin", stdin="another horse battery\r\n")
    assert (done.exit_code, done.stdout) == (0, "The password of alice is changed.\n")
    assert fits(store, "alice", "another horse battery")
    with store.app.app_context():
        assert db.session.scalars(select(Session)).all() == []
    made = cli("user", "password", "alice").stdout.splitlines()
    assert fits(store, "alice", made[-1])


def test_founds_organizations_and_admits_people(cli, store):
    cli("user", "add", "alice")
    assert cli("org", "add", "city", "--title", "City of Bonn").stdout == "Organization city founded.\n"
    assert cli("org", "member", "city", "alice").stdout == "alice is viewer of city.\n"
    assert cli("org", "member", "city", "alice", "--role", "admin").stdout == "alice is admin of city.\n"
    with store.app.app_context():
        rows = db.session.execute(
            select(Organization.title, User.handle, Membership.role)
            .join(Membership, Membership.organization_id == Organization.id)
            .join(User, User.id == Membership.user_id)
        ).all()
    assert [tuple(row) for row in rows] == [("City of Bonn", "alice", "admin")]


def test_prints_a_token_once_and_alone(cli, store):
    cli("user", "add", "alice")
    done = cli("token", "create", "alice", "--scope", "write", "--name", "laptop", "--expires", "30")
    (secret,) = done.stdout.splitlines()
    assert done.stderr.startswith("A token of alice with the scope write, until ")
    assert Script(store.app).get("/v2/datasets", token=secret).status_code == 200
    with store.app.app_context():
        token = db.session.scalars(select(Token)).one()
        assert (token.name, token.scope, (token.expires_at - token.created_at).days) == ("laptop", "write", 30)


def test_a_token_lasts_until_it_is_revoked_unless_said_otherwise(cli):
    cli("user", "add", "alice")
    done = cli("token", "create", "alice")
    assert done.stderr == "A token of alice with the scope read, without expiry. It is shown only now.\n"


def test_shares_datasets_with_people_and_organizations(cli, store):
    given = Given(store.app)
    given.dataset("trees", owner=given.user("alice"))
    given.user("bob")
    given.organization("team")
    assert cli("share", "trees", "bob").stdout == "trees is shared with bob as viewer.\n"
    assert cli("share", "trees", "team", "--role", "editor").stdout == "trees is shared with team as editor.\n"
    with store.app.app_context():
        shares = [
            (share.user_id is not None, share.role)
            for share in db.session.scalars(select(Share).order_by(Share.user_id.is_(None)))
        ]
    assert shares == [(True, "viewer"), (False, "editor")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["user", "add", "alice"], "The name “alice” is taken."),
        (["user", "add", "team"], "The name “team” is taken."),
        (["user", "add", "Dora"], "The name “Dora” must be 2 to 39 small letters, digits or hyphens."),
        (["user", "add", "datasets"], "The name “datasets” is kept for addresses of the catalog."),
        (["user", "password", "nobody"], "There is no user “nobody”."),
        (["org", "add", "alice"], "The name “alice” is taken."),
        (["org", "member", "nothing", "alice"], "There is no organization “nothing”."),
        (["org", "member", "team", "nobody"], "There is no user “nobody”."),
        (["token", "create", "nobody"], "There is no user “nobody”."),
        (["token", "create", "alice", "--scope", "admin"], "Only an administrator has tokens of scope admin."),
        (["share", "nothing", "alice"], "There is no dataset “nothing”."),
        (["share", "trees", "nobody"], "There is no user and no organization “nobody”."),
        (["share", "trees", "alice"], "A dataset cannot be shared with its owner."),
    ],
)
def test_refuses_in_a_sentence(cli, store, words, said):
    given = Given(store.app)
    given.dataset("trees", owner=given.user("alice"))
    given.organization("team")
    done = cli(*words)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"Error: {said}\n")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        (b"short\n", "A password has at least 10 characters."),
        (b"", "A password has at least 10 characters."),
        ("pässwörter\n".encode("latin-1"), "The password is not written in UTF-8."),
    ],
)
def test_refuses_passwords_that_cannot_be_used(cli, password, said):
    done = cli("user", "add", "alice", "--password-stdin", stdin=password)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"Error: {said}\n")
