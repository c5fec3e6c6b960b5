"""The members of an organization: seen by themselves, admitted and dismissed by admins, free to leave."""

import pytest
from sqlalchemy import select

from catalog.db import db
from catalog.model import Membership, Organization, User
from tests.support.groups import EITHER
from tests.support.pages import text_of

pytestmark = EITHER

LAST = "An organization keeps at least one admin, and this is the last one. Make somebody else an admin first."
MEMBERS = "/organizations/lab/members"


@pytest.fixture
def lab(given, cast):
    """Alice is its admin, Bob an editor, Carol a stranger."""
    return given.organization("lab", title="Forest Lab", members={cast.alice: "admin", cast.bob: "editor"})


@pytest.fixture
def roles(app):
    """Who belongs to an organization, and as what."""

    def roles(key="lab"):
        found = select(User.handle, Membership.role).join(Membership.user).join(Membership.organization)
        with app.app_context():
            return {handle: role.value for handle, role in db.session.execute(found.where(Organization.key == key))}

    return roles


def said(browser, path=MEMBERS):
    return browser.page(path).texts("p", "flash__words")


def faults(page):
    return {text_of(link): link.get("href") for link in page.find("a", "error_summary__link")}


def test_members_see_who_belongs_to_it_and_as_what(browser_of, lab):
    page = browser_of("bob").page(MEMBERS)
    assert page.heading == "Members of Forest Lab"
    assert page.texts("p", "entries__name") == ["Alice Almeida alice", "bob bob you"]
    assert [line.split(" · ")[0] for line in page.texts("p", "entries__lines")] == ["Admin", "Editor"]
    assert [form.get("action") for form in page.root.iter("form") if form.get("method") == "post"] == ["/sign-out"]
    assert page.link("Leave") == f"{MEMBERS}/bob/dismiss"
    assert "Dismiss Alice Almeida" not in page.links().values()


def test_for_others_it_is_not_there(browser_of, lab):
    carol = browser_of("carol")
    for path in (MEMBERS, f"{MEMBERS}/bob/dismiss", "/organizations/lab/edit"):
        unknown = carol.get(path.replace("lab", "nothing"))
        assert (carol.get(path).status_code, unknown.status_code) == (404, 404)
    assert carol.submit("/account", MEMBERS, person="carol", role="admin").status_code == 404
    assert carol.submit("/account", f"{MEMBERS}/bob/role", role="viewer").status_code == 404


def test_the_page_of_the_organization_leads_there(browser_of, lab):
    assert browser_of("alice").page("/organizations/lab").link("Edit") == "/organizations/lab/edit"
    assert browser_of("bob").page("/organizations/lab").link("All about the members") == MEMBERS
    assert "Edit" not in browser_of("bob").page("/organizations/lab").links().values()


@pytest.mark.parametrize("person", ["carol", "Carol", " @carol "])
def test_an_admin_admits_by_handle(browser_of, lab, roles, person):
    alice = browser_of("alice")
    answer = alice.submit(MEMBERS, person=person, role="editor")
    assert (answer.status_code, answer.headers["Location"]) == (303, MEMBERS)
    assert roles() == {"alice": "admin", "bob": "editor", "carol": "editor"}
    assert said(alice) == ["carol is now an editor."]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"person": ""}, {"Enter the handle of a person": "#person"}),
        ({"person": "caro"}, {"There is no user called “caro”": "#person"}),
        ({"person": "bob@example.org"}, {"There is no user called “bob@example.org”": "#person"}),
        ({"person": "lab"}, {"There is no user called “lab”": "#person"}),
        ({"person": "\0"}, {"Enter the handle of a person": "#person"}),
        ({"role": "owner"}, {"Choose one of these roles": "#role"}),
        ({"role": ""}, {"Choose a role": "#role"}),
        ({"person": "alice", "role": "viewer"}, {LAST: "#role"}),
    ],
)
def test_says_what_stands_against_it(browser_of, lab, roles, sent, expected):
    answer = browser_of("alice").submit(MEMBERS, **({"person": "carol", "role": "viewer"} | sent))
    assert (answer.status_code, faults(answer.page)) == (422, expected)
    assert answer.page.title == "Error: Members of Forest Lab"
    assert roles() == {"alice": "admin", "bob": "editor"}


def test_an_admin_gives_other_roles(browser_of, lab, roles):
    alice = browser_of("alice")
    assert alice.submit(MEMBERS, f"{MEMBERS}/bob/role", role="admin").status_code == 303
    assert (roles()["bob"], said(alice)) == ("admin", ["bob is now an admin."])
    alice.submit(MEMBERS, f"{MEMBERS}/alice/role", role="viewer")
    assert roles() == {"alice": "viewer", "bob": "admin"}


@pytest.mark.parametrize("role", ["owner", "", "x" * 5000])
def test_a_role_that_is_none_changes_nothing(browser_of, lab, roles, role):
    alice = browser_of("alice")
    alice.submit(MEMBERS, f"{MEMBERS}/bob/role", role=role)
    assert (roles()["bob"], said(alice)) == ("editor", ["Choose one of the roles that are offered."])


def test_the_last_admin_stays_one(browser_of, lab, roles):
    alice = browser_of("alice")
    for path, fields in ((f"{MEMBERS}/alice/role", {"role": "editor"}), (f"{MEMBERS}/alice/dismiss", {})):
        assert alice.submit(MEMBERS, path, **fields).status_code == 303
        assert said(alice) == [LAST]
    assert roles()["alice"] == "admin"


def test_an_admin_whose_account_is_disabled_does_not_let_the_last_one_leave(browser_of, given, cast, lab, roles):
    alice = browser_of("alice")
    alice.submit(MEMBERS, f"{MEMBERS}/bob/role", role="admin")
    given.disable(cast.bob)
    assert said(alice) == ["bob is now an admin."]
    for path, fields in ((f"{MEMBERS}/alice/role", {"role": "editor"}), (f"{MEMBERS}/alice/dismiss", {})):
        assert alice.submit(MEMBERS, path, **fields).status_code == 303
        assert said(alice) == [LAST]
    assert roles() == {"alice": "admin", "bob": "admin"}


def test_an_admin_dismisses_after_a_question(browser_of, lab, roles):
    alice, bob = browser_of("alice"), browser_of("bob")
    question = alice.page(MEMBERS).link("Dismiss bob")
    assert alice.page(question).heading == "Dismiss bob?"
    assert alice.submit(question).headers["Location"] == MEMBERS
    assert (roles(), said(alice)) == ({"alice": "admin"}, ["bob does not belong to it any more."])
    assert bob.get(MEMBERS).status_code == 404
    assert alice.get(question).status_code == 404


def test_everybody_may_leave(browser_of, lab, roles):
    bob = browser_of("bob")
    assert bob.page(f"{MEMBERS}/bob/dismiss").heading == "Leave Forest Lab?"
    answer = bob.submit(f"{MEMBERS}/bob/dismiss")
    assert answer.headers["Location"] == "/organizations/lab"
    assert (roles(), said(bob, "/organizations/lab")) == ({"alice": "admin"}, ["You do not belong to it any more."])


def test_who_is_no_admin_changes_nothing(browser_of, lab, roles):
    bob = browser_of("bob")
    answers = [
        bob.submit("/account", MEMBERS, person="carol", role="viewer"),
        bob.submit("/account", f"{MEMBERS}/alice/role", role="viewer"),
        bob.submit("/account", f"{MEMBERS}/bob/role", role="admin"),
        bob.submit("/account", f"{MEMBERS}/alice/dismiss"),
        bob.get(f"{MEMBERS}/alice/dismiss"),
        bob.get("/organizations/lab/edit"),
        bob.submit("/account", "/organizations/lab/edit", title="Other", description=""),
    ]
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    assert roles() == {"alice": "admin", "bob": "editor"}


def test_a_page_of_many_members_takes_as_many_statements_as_one_of_few(browser_of, given, cast, lab, statements):
    alice = browser_of("alice")
    counts = []
    for number in (0, 199):
        people = {given.user(f"member-{one}"): "viewer" for one in range(number)}
        given.organization(f"lab-{number}", members=people | {cast.alice: "admin"})
        alice.page("/organizations")  # she has other roles now, which is found out once
        with statements() as seen:
            page = alice.page(f"/organizations/lab-{number}/members?size=200")
        assert (page.total, len(page.find("p", "entries__name"))) == (number + 1, number + 1)
        counts.append(len(seen))
    assert counts[1] <= counts[0] <= 8


def test_many_members_come_in_pages_and_ones_own_row_is_on_each(browser_of, given, cast, roles):
    people = {given.user(f"member-{one:02}"): "viewer" for one in range(12)}
    given.organization("big", title="Big", members=people | {cast.alice: "admin", cast.bob: "viewer"})
    path = "/organizations/big/members"
    bob = browser_of("bob")
    pages = [bob.page(f"{path}?size=5&page={number}") for number in (1, 2, 3)]
    names = [[name.split()[-1] for name in page.texts("p", "entries__name")] for page in pages]
    assert [len(rows) for rows in names] == [5, 6, 5]
    assert [rows.count("you") for rows in names] == [1, 1, 1]
    assert {page.total for page in pages} == {14}
    assert pages[1].link("Leave") == f"{path}/bob/dismiss"
    assert pages[0].link("Next page") == f"{path}?size=5&page=2"
    past = bob.page(f"{path}?size=5&page=9")
    assert (past.texts("p", "empty__sentence"), past.texts("p", "entries__name")) == (
        ["Page 9 is past the end of this list: there are 3 pages."],
        [],
    )
    assert "and 2 more" in bob.page("/organizations/big").texts("p", "page__after")


@pytest.mark.parametrize("handle", ["nobody", "%", "b" * 300, "bo%00b", "carol"])
def test_who_is_no_member_is_not_found(browser_of, lab, handle):
    assert browser_of("alice").open("GET", f"{MEMBERS}/{handle}/dismiss").status_code == 404
