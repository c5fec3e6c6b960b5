"""Who may do what; whoever may not leaves everything as it was."""

from contextlib import suppress
from dataclasses import replace
from itertools import count

import pytest

from catalog.changes import accounts, datasets, organizations, sharing
from catalog.changes.drafts import DatasetDraft
from catalog.errors import NotPermitted, NotSignedIn
from catalog.identity import viewer_of
from catalog.model import Role, Scope, Visibility
from catalog.settings import Register
from tests.support.acting import ANYBODY

PEOPLE = ("alice", "bob", "carol", "eve", "root", "viewer", "editor", "chief")
WORDS = DatasetDraft(slug="trees", texts={"title": "Other words"})
MANAGERS = {"alice", "chief"}
EDITORS = MANAGERS | {"eve", "editor"}


@pytest.fixture
def permitted(act, cast):
    """Whom `do` lets through; the others change nothing, nor does anybody with a token for reading."""

    def ask(do, beforehand=lambda person: None):
        may = set()
        for name in PEOPLE:
            person = getattr(cast, name)
            made = beforehand(person)
            arguments = () if made is None else (made,)
            before = act.last()
            with pytest.raises(NotPermitted):
                do(*arguments, by=person, came_by="read")
            assert act.last() == before
            try:
                do(*arguments, by=person)
                may.add(name)
            except NotPermitted:
                assert act.last() == before
            with pytest.raises(NotSignedIn):
                do(*arguments, by=ANYBODY)
            do(*arguments)
        return may

    return ask


def test_words_are_changed_by_those_who_edit(act, trees, permitted):
    assert permitted(lambda **by: act(datasets.revise, trees, WORDS, **by)) == EDITORS


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        (datasets.rename, ["woods"]),
        (datasets.set_visibility, [Visibility.INTERNAL]),
        (datasets.set_open, [True]),
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
    def hand_over(roads, **by):
        act(datasets.transfer, roads, owner=cast.bob, organization=None, **by)

    def beforehand(person):
        return given.dataset("roads", owner=cast.alice, organization=cast.team)

    assert permitted(hand_over, beforehand) == MANAGERS


def test_datasets_are_put_into_an_organization_by_its_editors_and_admins(act, given, cast, permitted):
    def hand_over(roads, **by):
        act(datasets.transfer, roads, organization=cast.team, **by)

    assert permitted(hand_over, lambda person: given.dataset("roads", owner=person)) == {"editor", "chief"}


def test_everybody_registers_for_themselves_alone(act, cast, permitted):
    def register(owner, **by):
        act(datasets.register, DatasetDraft(slug="roads"), owner_id=owner.id, **by)

    assert permitted(register, lambda person: person) == set(PEOPLE)
    assert permitted(register, lambda person: cast.alice) == {"alice"}


@pytest.mark.parametrize(
    ("policy", "may"), [(Register.MANAGERS, {"root", "editor", "chief"}), (Register.ADMINS, {"root"})]
)
def test_the_operator_says_who_registers(act, permitted, policy, may):
    def register(owner, **by):
        act(datasets.register, DatasetDraft(slug="roads"), owner_id=owner.id, policy=policy, **by)

    assert permitted(register, lambda person: person) == may


def test_only_admins_of_an_organization_admit(act, cast, permitted):
    assert permitted(lambda **by: act(organizations.admit, cast.team, cast.carol, Role.EDITOR, **by)) == {"chief"}


def test_admins_dismiss_and_everybody_may_leave(act, cast, permitted):
    def dismiss(**by):
        act(organizations.dismiss, cast.team, cast.viewer, **by)

    def beforehand(person):
        act(organizations.admit, cast.team, cast.viewer)

    assert permitted(dismiss, beforehand) == {"viewer", "chief"}


def test_everybody_founds_organizations(act, permitted):
    keys = (f"team-{n}" for n in count())
    assert permitted(lambda **by: act(organizations.found, next(keys), **by)) == set(PEOPLE)


def test_administrators_enrol_and_disable(act, cast, permitted):
    handles = (f"person-{n}" for n in count())
    assert permitted(lambda **by: act(accounts.enrol, next(handles), **by)) == {"root"}
    assert permitted(lambda **by: act(accounts.set_disabled, cast.carol, True, **by)) == {"root"}


def test_people_change_their_own_password(act, cast, permitted):
    may = permitted(lambda **by: act(accounts.change_password, cast.carol, "correct horse", **by))
    assert may == {"carol"}


def test_people_make_and_end_their_own_tokens(act, cast, permitted):
    def issue(person=None):
        return act(accounts.issue_token, cast.carol, name="mine")[0]

    assert permitted(lambda **by: act(accounts.issue_token, cast.carol, name="mine", **by)) == {"carol"}
    assert permitted(lambda token, **by: act(accounts.revoke_token, token, **by), issue) == {"carol"}


@pytest.mark.parametrize(
    ("who", "came_by", "scopes"),
    [
        ("alice", "write", {"read", "write"}),
        ("alice", "read", set()),
        ("root", "write", {"read", "write", "admin"}),
        ("root", "admin", {"read", "write", "admin"}),
        (None, "write", {"read", "write"}),
    ],
)
def test_only_administrators_make_tokens_of_scope_admin(act, cast, who, came_by, scopes):
    person = getattr(cast, who or "alice")
    assert issued(act, person, by=who and person, came_by=came_by) == scopes


def test_a_token_makes_none_that_may_do_more_than_itself(act, cast):
    assert issued(act, cast.root, by=replace(as_seen(act, cast.root), token_id=1)) == {"read", "write"}


def issued(act, person, **by):
    """The scopes of which `by` gets a token for `person`."""
    made = set()
    for scope in Scope:
        with suppress(NotPermitted):
            act(accounts.issue_token, person, name="mine", scope=scope, **by)
            made.add(scope.value)
    return made


def as_seen(act, person):
    return act(lambda _, user: viewer_of(user), person)
