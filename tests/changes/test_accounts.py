"""Passwords and tokens: what is kept of them, and how long they last."""

import hashlib
import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalog.changes import accounts, organizations, passwords, sessions
from catalog.changes.passwords import hash_password, is_password
from catalog.changes.strength import strength_of
from catalog.db import db
from catalog.errors import Invalid
from catalog.model import Change, Membership, Role, Scope, Session, Token, User

PASSWORD = "correct horse battery"


# Passwords


def test_only_a_hash_of_a_password_is_kept(act, app):
    act(accounts.enrol, "dora", password=PASSWORD)
    with app.app_context():
        kept = db.session.scalars(select(User.password_hash).where(User.handle == "dora")).one()
        assert kept.startswith("$argon2id$")
        assert is_password(PASSWORD, kept)
        assert not is_password(PASSWORD + " ", kept)


def test_an_account_without_a_password_has_none_that_fits(app):
    with app.app_context():
        assert not is_password("", None)
        assert not is_password("nobody", None)


@pytest.mark.parametrize("kept", ["", "plain", "$argon2id$broken"])
def test_what_is_no_hash_fits_no_password(app, kept):
    with app.app_context():
        assert not is_password("plain", kept)


@pytest.mark.parametrize("password", ["", "short", "x" * 9])
def test_a_short_password_is_refused_before_anything_is_written(act, cast, password):
    before = act.last()
    for verb, who in ((accounts.enrol, "dora"), (accounts.change_password, cast.alice)):
        with pytest.raises(Invalid) as refused:
            act(verb, who, password=password)
        assert [fault.loc for fault in refused.value.faults] == [("password",)]
    assert act.last() == before


@pytest.fixture
def sessions_of(app):
    """How many sessions somebody has."""

    def number(party):
        with app.app_context():
            return db.session.scalar(select(func.count()).where(Session.user_id == party.id))

    return number


@pytest.fixture
def two_sessions(app, cast):
    """Two sessions of Alice's and one of Carol's."""
    with app.app_context():
        for party in (cast.alice, cast.alice, cast.carol):
            sessions.begin(db.session.get_one(User, party.id), agent="Firefox", days=14)


def test_another_password_ends_every_session_of_that_user(act, app, cast, sessions_of, two_sessions):
    act(accounts.change_password, cast.alice, PASSWORD)
    with app.app_context():
        assert is_password(PASSWORD, db.session.get_one(User, cast.alice.id).password_hash)
    assert (sessions_of(cast.alice), sessions_of(cast.carol)) == (0, 1)


@pytest.mark.parametrize("password", ["qwertyuiop12", "aaaaaaaaaaaa", "Summer2026!", "passwordpassword", "ab" * 500])
def test_one_s_own_choice_has_to_be_hard_to_guess(act, cast, password):
    before = act.last()
    with pytest.raises(Invalid) as refused:
        act(accounts.change_password, cast.alice, password, by=cast.alice)
    assert "guess" in refused.value.message
    assert act.last() == before
    act(accounts.change_password, cast.alice, password)


def test_what_is_known_of_somebody_makes_their_password_easier_to_guess(act, cast):
    act(accounts.revise, cast.alice, title="Zrzavy Kocour", email="zk@example.org", by=cast.alice)
    for password in ("zrzavykocour", "Zrzavy Kocour"):
        with pytest.raises(Invalid):
            act(accounts.change_password, cast.alice, password, by=cast.alice)


@pytest.mark.parametrize("password", ["\0" * 20, "\udc80" * 12, "é" * 1000, "🌳" * 11])
def test_any_password_can_be_judged(password):
    assert strength_of(password, [None, "", "\udc80", "a@b"]).in_words.endswith("guess")


def test_at_most_two_passwords_are_hashed_at_once(app, monkeypatch):
    inside, most, lock = 0, 0, threading.Lock()

    class Slow:
        def hash(self, password):
            nonlocal inside, most
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.02)
            with lock:
                inside -= 1
            return password

    monkeypatch.setattr(passwords, "_hasher", Slow)
    threads = [threading.Thread(target=hash_password, args=("x",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


@pytest.mark.parametrize(
    ("given_email", "kept"),
    [("  Dora@Example.org\n", "Dora@Example.org"), ("d\0@x.org", "d@x.org"), (" ", None), ("", None)],
)
def test_the_address_of_a_new_account_is_kept_tidy(act, app, given_email, kept):
    made = act(accounts.enrol, "dora", email=given_email)
    with app.app_context():
        held = db.session.get_one(User, made.id)
        assert (held.email, held.email_folded) == (kept, kept and kept.lower())


# Tokens


def test_only_a_hash_of_a_token_is_kept(act, app, cast):
    token, secret = act(accounts.issue_token, cast.alice, name="mine")
    with app.app_context():
        held = db.session.get_one(Token, token.id)
        assert held.secret_hash == hashlib.sha256(secret.encode()).digest()
        kept = [str(getattr(held, column.key)) for column in Token.__table__.columns]
        journal = [str(what) for what in db.session.scalars(select(Change.what))]
    assert [text for text in kept + journal if secret in text] == []


def test_a_token_is_known_by_its_beginning(act, cast):
    token, secret = act(accounts.issue_token, cast.alice, name="mine")
    assert secret.startswith(accounts.TOKEN_PREFIX)
    assert secret.startswith(token.beginning)
    assert len(secret) - len(token.beginning) >= 32
    assert secret.removeprefix(accounts.TOKEN_PREFIX).isalnum()


def test_tokens_differ(act, cast):
    assert len({act(accounts.issue_token, cast.alice, name="mine")[1] for _ in range(5)}) == 5


def test_a_token_lasts_as_many_days_as_were_asked_for(act, cast, clock):
    token, _ = act(accounts.issue_token, cast.alice, name="mine", days=30)
    assert token.expires_at == clock.moment + timedelta(days=30)
    assert act(accounts.issue_token, cast.alice, name="mine")[0].expires_at is None


def test_a_token_reads_unless_asked_to_do_more(act, cast):
    assert act(accounts.issue_token, cast.alice, name="mine")[0].scope is Scope.READ


@pytest.mark.parametrize(("name", "kept"), [("  my\x00 laptop ", "my laptop"), ("", "token"), ("x" * 200, "x" * 100)])
def test_a_token_has_a_name_that_can_be_shown(act, cast, name, kept):
    assert act(accounts.issue_token, cast.alice, name=name)[0].name == kept


def test_ending_a_token_twice_keeps_the_first_moment(act, cast, clock):
    token, _ = act(accounts.issue_token, cast.alice, name="mine")
    ended = clock.tick()
    act(accounts.revoke_token, token)
    before = act.last()
    clock.tick()
    act(accounts.revoke_token, token)
    assert act.last() == before
    assert act(lambda _, held: held, token).revoked_at == ended


# Disabled accounts


def test_disabling_ends_sessions_and_enabling_brings_none_back(act, cast, sessions_of, two_sessions):
    act(accounts.set_disabled, cast.carol, True)
    act(accounts.set_disabled, cast.carol, False)
    held = act(lambda _, user: user, cast.carol)
    assert (held.is_disabled, sessions_of(cast.carol), sessions_of(cast.alice)) == (False, 0, 2)


def test_disabling_the_disabled_changes_nothing(act, cast):
    act(accounts.set_disabled, cast.carol, True)
    before = act.last()
    act(accounts.set_disabled, cast.carol, True)
    assert act.last() == before


# Organizations


def test_whoever_founds_an_organization_is_its_admin(act, app, cast):
    made = act(organizations.found, "lab", by=cast.alice)
    with app.app_context():
        rows = db.session.execute(
            select(Membership.user_id, Membership.role).where(Membership.organization_id == made.id)
        ).all()
    assert rows == [(cast.alice.id, Role.ADMIN)]


@pytest.mark.parametrize(
    "leave",
    [
        lambda act, cast: act(organizations.dismiss, cast.team, cast.chief),
        lambda act, cast: act(organizations.dismiss, cast.team, cast.chief, by=cast.chief),
        lambda act, cast: act(organizations.admit, cast.team, cast.chief, Role.EDITOR),
    ],
)
def test_the_last_admin_of_an_organization_stays(act, cast, leave):
    before = act.last()
    with pytest.raises(Invalid):
        leave(act, cast)
    assert act.last() == before
    act(organizations.admit, cast.team, cast.editor, Role.ADMIN)
    leave(act, cast)


@pytest.mark.parametrize("verb", ["dismiss", "admit"])
def test_an_admin_whose_account_is_closed_is_no_admin_to_stay(act, cast, verb):
    act(organizations.admit, cast.team, cast.editor, Role.ADMIN)
    act(accounts.set_disabled, cast.editor, True)
    more = (Role.VIEWER,) if verb == "admit" else ()
    with pytest.raises(Invalid):
        act(getattr(organizations, verb), cast.team, cast.chief, *more, by=cast.chief)
    act(getattr(organizations, verb), cast.team, cast.editor, *more, by=cast.chief)
    with pytest.raises(Invalid):
        act(getattr(organizations, verb), cast.team, cast.chief, *more, by=cast.chief)


def test_the_last_admin_s_account_can_be_closed_and_the_operator_makes_another_admin(act, cast):
    act(accounts.set_disabled, cast.chief, True, by=cast.root)
    act(organizations.admit, cast.team, cast.editor, Role.ADMIN)
    act(organizations.dismiss, cast.team, cast.chief, by=cast.editor)


def test_dismissing_a_stranger_changes_nothing(act, cast):
    before = act.last()
    act(organizations.dismiss, cast.team, cast.carol)
    assert act.last() == before


def test_an_organization_without_a_title_is_called_by_its_key(act):
    assert act(organizations.found, "lab", title=" \n").title == "lab"
