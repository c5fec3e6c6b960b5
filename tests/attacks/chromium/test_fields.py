"""Every field of every form is filled with hostile words, and neither the answer nor any other page runs them.

In an ordinary run some payload is in each field, in the long form every payload is in every field.
"""

import pytest

from catalog.access import OPERATOR
from catalog.changes import accounts, datasets, organizations, sessions
from catalog.changes.organizations import TITLE_LIMIT
from catalog.db import db
from catalog.model import Asset, Dataset, Organization, Role, User
from catalog.vocabulary.text import tidy
from tests.attacks.chromium.bundles import bundles
from tests.attacks.chromium.forms import Attacker, endpoints_of_forms
from tests.attacks.payloads import PAYLOADS
from tests.support.given import PASSWORD, Given
from tests.support.groups import EITHER
from tests.support.profiles import is_long

pytestmark = [pytest.mark.chromium, *EITHER]

# Hostile words where words are typed, then in every place of a form; other words in other fields each time.
ROUNDS = (False, True)
# What takes away comes after what gives, and what ends the session at the very end.
LATE = (
    *("trash.create", "trash.restore", "sessions.delete", "sessions.end_others"),
    *("account.change", "session.delete", "session.create"),
)
# What is typed and shown to nobody: passwords, and the name that a password manager keeps one under.
SECRET = {
    *("account.change present", "account.change password", "account.change again", "account.change username"),
    *("account.update password", "session.create password"),
}
# Hostile names of people and of organizations; of so many at once suggestions are made, as they share a last word.
AT_ONCE = 8
TITLES = [
    f"{' '.join(payloads)} s{number // AT_ONCE}s"
    for number, payloads in enumerate(bundles(TITLE_LIMIT, " ")[:: 1 if is_long() else AT_ONCE])
]


@pytest.fixture
def cast(store):
    """Alice, who owns a dataset and is the admin of an organization, and those that she gives something."""
    given = Given(store.app)
    alice, bob = given.user("alice", password=PASSWORD), given.user("bob")
    team = given.organization("forest-team", members={alice: "admin"})
    assets = [{"kind": "CSV", "uri": "https://data.example/trees.csv", "fields": ["species"]}]
    given.dataset("trees", owner=alice, organization=team, shared_with=[bob], versions=["1.0"], assets=assets)
    for number, title in enumerate(TITLES):
        given.user(f"guest-{number}", title=title)
        given.organization(f"guests-{number}", title=title)
    gone = given.dataset("gone", owner=alice)
    with store.app.app_context():
        datasets.withdraw(OPERATOR, db.session.get_one(Dataset, gone.id))


def names_of(app, agent):
    """What is named in addresses, new where a round takes it away; Alice's other browsers call themselves `agent`."""
    with app.app_context():
        alice, bob = (db.session.scalars(db.select(User).filter_by(handle=name)).one() for name in ("alice", "bob"))
        team = db.session.scalars(db.select(Organization).filter_by(key="forest-team")).one()
        organizations.admit(OPERATOR, team, bob, Role.EDITOR)
        for _ in ("one that is ended", "one that is ended with all others"):
            sessions.begin(alice, agent=agent, days=1)
        token, _ = accounts.issue_token(OPERATOR, alice, name=agent)
        asset = db.session.scalars(db.select(Asset.uuid)).first()
        return {
            **{"slug": "trees", "key": "forest-team", "handle": "bob", "uuid": asset, "dialect": "org", "name": "tag"},
            **{"tokens.revoke uuid": token.uuid, "users.show handle": "alice"},
        }


def give_back_the_password(app):
    """Alice's password is the one that she had, which ends her sessions."""
    with app.app_context():
        alice = db.session.scalars(db.select(User).filter_by(handle="alice")).one()
        accounts.change_password(OPERATOR, alice, PASSWORD)


def look_at_suggestions(reader, path):
    """Every hostile name was offered by the field at `path` that makes suggestions."""
    reader.go(path)
    for first in range(0, len(TITLES), AT_ONCE):
        some = TITLES[first : first + AT_ONCE]
        assert reader.offered(some[0].split()[-1]) == {" ".join(tidy(title).split()) for title in some}


@pytest.mark.long
def test_nothing_of_what_was_typed_runs(cast, store, reader):
    attacker, typed = Attacker(store.app, reader, is_thorough=is_long()), set()
    for is_all in ROUNDS:
        before = set(attacker.written)
        reader.sign_in("alice", PASSWORD)
        attacker.read(names_of(store.app, agent=PAYLOADS[len(attacker.written) % len(PAYLOADS)]))
        for path in sorted(attacker.suggesting if not is_all else ()):
            look_at_suggestions(reader, path)
        attacker.met["session.create"] = "/sign-in"
        for endpoint in sorted(attacker.met, key=lambda one: LATE.index(one) if one in LATE else -1):
            if endpoint == "session.create":
                reader.forget()
            if not (is_all and endpoint in attacker.bare):
                attacker.send(endpoint, is_all=is_all)
            if endpoint == "account.change":
                give_back_the_password(store.app)
                reader.forget()
                reader.sign_in("alice", PASSWORD)
        if not is_all:
            typed |= attacker.written.keys() - before
        reader.forget()
    assert len(attacker.suggesting) == 3
    assert set(attacker.met) == endpoints_of_forms(store.app)
    assert {endpoint for endpoint in attacker.met if not attacker.taken[endpoint]} == set()
    assert len(attacker.written) > len(PAYLOADS)
    assert {attacker.written[mark] for mark in typed - attacker.shown} == SECRET
    if is_long():
        assert {place for place, held in attacker.held.items() if len(held) < len(PAYLOADS)} == set()
