"""Who may do what; whoever may not leaves everything as it was."""

import pytest

from catalog.changes import accounts, datasets, organizations, sharing
from catalog.changes.drafts import DatasetDraft
from catalog.errors import NotPermitted, NotSignedIn
from catalog.model import Dataset, Role, Scope, ShareRole, Visibility
from catalog.settings import Register
from tests.support.acting import ANYBODY

PEOPLE = ("alice", "bob", "carol", "eve", "root", "viewer", "editor", "chief")
WORDS = DatasetDraft(slug="trees", texts={"title": "Other words"})
MANAGERS = {"alice", "chief", "the command line"}
EDITORS = MANAGERS | {"eve", "editor"}


@pytest.fixture
def permitted(act, cast):
    """Which people `do` lets through; the others change nothing, nor does anybody with a token for reading."""

    def ask(do):
        may = set()
        for name in PEOPLE:
            person = getattr(cast, name)
            before = act.last()
            with pytest.raises(NotPermitted):
                do(by=person, scope="read")
            assert act.last() == before
            try:
                do(by=person)
            except NotPermitted:
                assert act.last() == before
            else:
                may.add(name)
        with pytest.raises(NotSignedIn):
            do(by=ANYBODY)
        do()
        return may | {"the command line"}

    return ask


def test_words_are_changed_by_those_who_edit(act, trees, permitted):
    assert permitted(lambda **by: act(datasets.revise, trees, WORDS, **by)) == EDITORS


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        (datasets.rename, ["woods"]),
        (datasets.set_visibility, [Visibility.INTERNAL]),
        (datasets.withdraw, []),
        (datasets.restore, []),
    ],
)
def test_owners_and_admins_of_the_organization_manage(act, trees, permitted, verb, arguments):
    assert permitted(lambda **by: act(verb, trees, *arguments, **by)) == MANAGERS


def test_owners_and_admins_of_the_organization_share(act, trees, cast, permitted):
    assert permitted(lambda **by: act(sharing.share, trees, with_=cast.carol, **by)) == MANAGERS
    assert permitted(lambda **by: act(sharing.unshare, trees, with_=cast.carol, **by)) == MANAGERS


def test_owners_and_admins_of_the_organization_hand_over(act, given, cast, permitted):
    def hand_over(**by):
        made = given.dataset("trees", owner=cast.alice, organization=cast.team)
        act(datasets.transfer, made, owner=cast.bob, organization=None, **by)

    assert permitted(hand_over) == MANAGERS


def test_datasets_are_put_into_an_organization_by_its_editors_and_admins(act, given, cast, permitted):
    def hand_over(by=None, **scope):
        made = given.dataset("roads", owner=by if by in vars(cast).values() else cast.alice)
        act(datasets.transfer, made, organization=cast.team, by=by, **scope)

    assert permitted(hand_over) == {"editor", "chief", "the command line"}


def test_everybody_registers_for_themselves_alone(act, cast, permitted):
    def register(by=None, **scope):
        owner = by if by in vars(cast).values() else cast.alice
        act(datasets.register, DatasetDraft(slug="roads"), owner_id=owner.id, by=by, **scope)

    assert permitted(register) == {*PEOPLE, "the command line"}
    assert permitted(
        lambda **by: act(datasets.register, DatasetDraft(slug="roads"), owner_id=cast.alice.id, **by)
    ) == {"alice", "the command line"}


@pytest.mark.parametrize(
    ("policy", "may"),
    [
        (Register.MANAGERS, {"root", "editor", "chief", "the command line"}),
        (Register.ADMINS, {"root", "the command line"}),
    ],
)
def test_the_operator_says_who_registers(act, cast, permitted, policy, may):
    def register(by=None, **scope):
        owner = by if by in vars(cast).values() else cast.alice
        act(datasets.register, DatasetDraft(slug="roads"), owner_id=owner.id, policy=policy, by=by, **scope)

    assert permitted(register) == may


def test_only_admins_of_an_organization_admit(act, cast, permitted):
    assert permitted(lambda **by: act(organizations.admit, cast.team, cast.carol, Role.EDITOR, **by)) == {
        "chief",
        "the command line",
    }


def test_admins_dismiss_and_everybody_may_leave(act, cast, permitted):
    def dismiss(**by):
        act(organizations.admit, cast.team, cast.viewer)
        act(organizations.dismiss, cast.team, cast.viewer, **by)

    assert permitted(dismiss) == {"viewer", "chief", "the command line"}


def test_everybody_founds_organizations(act, permitted):
    keys = iter(f"team-{n}" for n in range(100))
    assert permitted(lambda **by: act(organizations.found, next(keys), **by)) == {*PEOPLE, "the command line"}


def test_administrators_enrol_and_disable(act, cast, permitted):
    handles = iter(f"person-{n}" for n in range(100))
    assert permitted(lambda **by: act(accounts.enrol, next(handles), **by)) == {"root", "the command line"}
    assert permitted(lambda **by: act(accounts.set_disabled, cast.carol, True, **by)) == {"root", "the command line"}


def test_people_change_their_own_password(act, cast, permitted):
    may = permitted(lambda **by: act(accounts.change_password, cast.carol, "correct horse", **by))
    assert may == {"carol", "the command line"}


def test_people_make_and_end_their_own_tokens(act, cast, permitted):
    def revoke(**by):
        token, _ = act(accounts.issue_token, cast.carol, name="mine")
        act(accounts.revoke_token, token, **by)

    may = {"carol", "the command line"}
    assert permitted(lambda **by: act(accounts.issue_token, cast.carol, name="mine", **by)) == may
    assert permitted(revoke) == may


@pytest.mark.parametrize(
    ("who", "scope", "wanted", "is_given"),
    [
        ("alice", "write", Scope.WRITE, True),
        ("alice", "write", Scope.ADMIN, False),
        ("root", "write", Scope.ADMIN, True),
        ("root", "admin", Scope.ADMIN, True),
    ],
)
def test_tokens_of_scope_admin_are_for_administrators(act, cast, who, scope, wanted, is_given):
    person = getattr(cast, who)
    if is_given:
        assert act(accounts.issue_token, person, name="mine", scope=wanted, by=person, scope_=scope)[0].scope is wanted
    else:
        with pytest.raises(NotPermitted):
            act(accounts.issue_token, person, name="mine", scope=wanted, by=person, scope_=scope)


def test_what_is_gone_for_good_cannot_be_changed(act, app, given, cast):
    from catalog.db import db
    from catalog.errors import NotFound

    trees = given.dataset("trees", owner=cast.alice)
    with app.app_context():
        held = db.session.get_one(Dataset, trees.id)
        db.session.expunge(held)
        db.session.execute(db.delete(Dataset).where(Dataset.id == trees.id))
        db.session.commit()
        with pytest.raises(NotFound):
            sharing.share(act.viewer(cast.alice), held, with_=held, role=ShareRole.VIEWER)
