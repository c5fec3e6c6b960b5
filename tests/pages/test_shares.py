"""Who has access to a dataset, and why; shared, closed, opened and handed over by form."""

import pytest

from catalog.changes import datasets
from catalog.errors import NotPermitted
from tests.support.groups import EITHER
from tests.support.pages import text_of

pytestmark = EITHER

PATH = "/datasets/trees/shares"


@pytest.fixture
def trees(given, cast):
    return given.dataset("trees", owner=cast.alice, shared_with=[cast.bob])


def rows(page):
    return page.texts("div", "entries__what")


def test_says_who_has_access_and_why(browser_of, given, cast, clock):
    lab = given.organization("lab", title="The Lab", members={cast.alice: "admin", cast.carol: "viewer"})
    given.dataset("trees", owner=cast.alice, organization=lab, shared_with=[cast.bob], visibility="internal")
    page = browser_of("alice").page(PATH)
    assert (page.heading, page.total) == ("Who has access", 1)
    texts = rows(page)
    assert texts[0] == "Alice Almeida alice Owner · manages it"
    assert texts[1] == "The Lab lab Its organization · admins manage it: alice · viewers see it: carol"
    assert texts[2].startswith("bob bob Viewer · since ")
    assert texts[3] == "Everybody who is signed in because it is internal"


def test_shares_with_a_person_and_with_an_organization(browser_of, given, cast, trees):
    given.organization("lab", title="The Lab", members={cast.carol: "viewer"})
    alice, carol = browser_of("alice"), browser_of("carol")
    assert carol.get("/datasets/trees").status_code == 404
    answer = alice.submit(PATH, receiver="@LAB", role="editor")
    assert (answer.status_code, answer.headers["Location"]) == (303, PATH)
    page = alice.page(PATH)
    assert page.texts("p", "flash__words") == ["lab is now an editor of this dataset."]
    assert page.total == 2
    assert carol.get("/datasets/trees/edit").status_code == 200


@pytest.mark.parametrize(
    ("receiver", "says"),
    [
        ("caro", "There is no person or organization called “caro”."),
        ("alice", "A dataset cannot be shared with its owner."),
        ("", "Enter the name of a person or an organization"),
        ("bob@example.org", "There is no person or organization called “bob@example.org”."),
        ("x\x00 ' <b>", "There is no person or organization called “x ' <b>”."),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(browser_of, trees, receiver, says):
    answer = browser_of("alice").submit(PATH, receiver=receiver, role="editor")
    assert answer.status_code == 422
    assert answer.page.texts("a", "error_summary__link") == [says]
    chosen = [one.get("value") for one in answer.page.root.iter("input") if one.get("checked") is not None]
    assert "editor" in chosen


def test_a_role_is_changed_and_a_share_removed(browser_of, trees):
    alice, bob = browser_of("alice"), browser_of("bob")
    assert bob.get("/datasets/trees/edit").status_code == 403
    assert alice.submit(PATH, f"{PATH}/bob/role", role="editor").status_code == 303
    assert bob.get("/datasets/trees/edit").status_code == 200
    assert alice.submit(PATH, f"{PATH}/bob/role", role="king").status_code == 303
    assert alice.submit(PATH, f"{PATH}/bob/remove").status_code == 303
    assert bob.get("/datasets/trees").status_code == 404
    assert alice.submit(PATH, f"{PATH}/bob/remove").status_code == 404


def test_visibility_opens_and_closes(browser_of, trees):
    alice, visitor = browser_of("alice"), browser_of(None)
    assert alice.submit(PATH, f"{PATH}/visibility", visibility="public").status_code == 303
    assert visitor.get("/datasets/trees").status_code == 200
    assert alice.submit(PATH, f"{PATH}/visibility", visibility="private").status_code == 303
    assert visitor.get("/datasets/trees").status_code == 404
    assert alice.submit(PATH, f"{PATH}/visibility", visibility="secret").status_code == 422


def test_a_transfer_wants_to_be_meant(browser_of, trees):
    alice, path = browser_of("alice"), f"{PATH}/transfer"
    answer = alice.submit(path, owner="carol", organization="-")
    assert answer.page.texts("a", "error_summary__link") == ["Tick the box if you mean it"]
    answer = alice.submit(path, owner="nobody", organization="-", is_meant="y")
    assert answer.page.texts("a", "error_summary__link") == ["There is no user “nobody”."]
    answer = alice.submit(path, owner="carol", organization="-", is_meant="y")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert alice.get("/datasets/trees").status_code == 404
    assert browser_of("carol").get(PATH).status_code == 200


def test_suggestions_tell_no_address(browser_of, given, cast, client):
    given.organization("bobs", title="Bob's Lab")
    answer = browser_of("alice").open("GET", "/suggest/receivers?q=bob")
    assert answer.json == {"receivers": [{"handle": "bob", "title": None}, {"handle": "bobs", "title": "Bob's Lab"}]}
    assert browser_of("alice").open("GET", "/suggest/receivers?q=example").json == {"receivers": []}


def test_what_a_visitor_may_not_know_leads_to_the_sign_in_either_way(browser_of, trees):
    visitor = browser_of(None)
    answers = [visitor.get(f"/datasets/{slug}/shares") for slug in ("trees", "nothing")]
    assert [answer.status_code for answer in answers] == [303, 303]


def test_many_shares_come_in_pages_with_the_owner_on_each(browser_of, given, cast):
    people = [given.user(f"reader-{one:02}") for one in range(12)]
    given.dataset("trees", owner=cast.alice, shared_with=people)
    alice = browser_of("alice")
    pages = [alice.page(f"{PATH}?size=5&page={number}") for number in (1, 2, 3)]
    named = [[row.split()[0] for row in rows(page)] for page in pages]
    assert [row for rows in named for row in rows if row.startswith("reader")] == [one.name for one in people]
    assert [rows[0] for rows in named] == ["Alice"] * 3
    assert ({page.total for page in pages}, pages[0].link("Next page")) == ({12}, f"{PATH}?size=5&page=2")
    past = alice.page(f"{PATH}?size=5&page=9")
    assert past.texts("p", "empty__sentence") == ["Page 9 is past the end of this list: there are 3 pages."]
    assert alice.submit(f"{PATH}?size=5", f"{PATH}/reader-11/remove").status_code == 303
    assert alice.page(PATH).total == 11


def test_many_shares_take_as_many_statements_as_one(browser_of, given, cast, statements):
    lab = given.organization("lab", members={cast.alice: "admin"})
    alice, counts = browser_of("alice"), []
    people = [given.user(f"reader-{one}") for one in range(200)]
    for number in (1, 200):
        given.dataset(f"trees_{number}", owner=cast.alice, organization=lab, shared_with=people[:number])
        with statements() as seen:
            assert len(rows(alice.page(f"/datasets/trees_{number}/shares?size=200"))) == number + 3
        counts.append(len(seen))
    assert counts[1] <= counts[0] <= 12


@pytest.mark.parametrize("name", ["carol", "alice", "%", "b" * 300, "bo%00b"])
def test_who_has_no_share_is_not_found(browser_of, trees, name):
    assert browser_of("alice").submit(PATH, f"{PATH}/{name}/remove").status_code == 404


def test_the_members_of_an_organization_are_named_in_part(browser_of, given, cast):
    people = {given.user(f"member-{one:02}"): "viewer" for one in range(14)}
    lab = given.organization("lab", title="The Lab", members=people | {cast.alice: "admin"})
    given.dataset("trees", owner=cast.alice, organization=lab)
    text = rows(browser_of("alice").page(PATH))[1]
    assert "admins manage it: alice · viewers see it: member-00, member-01" in text
    assert text.endswith("member-11 and 2 more")


def test_an_organization_that_may_not_be_chosen_is_blamed_on_its_field(browser_of, given, cast, trees, monkeypatch):
    lab = given.organization("lab", members={cast.alice: "editor"})
    alice, path = browser_of("alice"), f"{PATH}/transfer"

    def lose_the_role(viewer, dataset, **_):
        raise NotPermitted()

    monkeypatch.setattr(datasets, "transfer", lose_the_role)
    answer = alice.submit(path, owner="alice", organization=lab.name, is_meant="y")
    links = answer.page.find("a", "error_summary__link")
    says = {"#organization": "You may not put datasets into this organization"}
    assert (answer.status_code, {link.get("href"): text_of(link) for link in links}) == (422, says)


def test_an_owner_whose_account_is_closed_is_blamed_on_their_field(browser_of, given, cast, trees):
    given.disable(cast.carol)
    answer = browser_of("alice").submit(f"{PATH}/transfer", owner="carol", organization="-", is_meant="y")
    links = answer.page.find("a", "error_summary__link")
    assert {link.get("href"): text_of(link) for link in links} == {"#owner": "A disabled account cannot own datasets."}
