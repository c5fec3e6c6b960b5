"""Datasets withdrawn, listed in the trash and restored."""

from tests.support.callers import HTML
from tests.support.groups import EITHER

pytestmark = EITHER


def test_withdrawn_it_is_nowhere_but_in_the_trash(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, shared_with=[cast.bob], title="Old trees")
    alice, bob = browser_of("alice"), browser_of("bob")
    assert alice.page("/datasets/trees/withdraw").heading == "Withdraw this dataset?"
    answer = alice.submit("/datasets/trees/withdraw")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/trash")
    for path in ("", "/edit", "/shares", "/withdraw", "/rename"):
        assert alice.get(f"/datasets/trees{path}").status_code == 404
    assert (alice.page("/trash").total, bob.page("/trash").total) == (1, 0)
    (lead,) = alice.page("/trash").texts("p", "page__lead")
    assert "their pages tell those alone who may restore them where they are" in lead
    assert bob.submit("/trash", "/trash/trees/restore").status_code == 404
    answer = alice.submit("/trash", "/trash/trees/restore")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/datasets/trees")
    assert bob.page("/datasets/trees").heading == "Old trees"
    assert alice.page("/trash").total == 0


def test_its_address_says_that_it_is_in_the_trash_to_those_who_may_restore_it(browser_of, given, cast, client):
    lab = given.organization("lab", members={cast.bob: "admin", cast.carol: "editor"})
    given.dataset("trees", owner=cast.alice, organization=lab, visibility="public", title="Old trees")
    path, alice = "/datasets/trees", browser_of("alice")
    alice.submit(f"{path}/withdraw")
    for browser in (alice, browser_of("bob")):
        answer = browser.get(path)
        assert (answer.status_code, answer.page.heading) == (404, "In the trash")
        assert "Old trees" in answer.text
        assert "/trash/trees/restore" in [form.get("action") for form in answer.page.root.iter("form")]
    unknown = alice.get("/datasets/nothing")
    for answer in (browser_of("carol").get(path), browser_of(None).get(path)):
        assert (answer.status_code, answer.page.heading) == (404, unknown.page.heading)
        assert "Old trees" not in answer.text
    read = client.get(path, token=given.token(cast.alice), headers={"Accept": HTML})
    assert (read.status_code, "Old trees" in read.text) == (404, False)
    assert alice.submit(path, "/trash/trees/restore").headers["Location"] == path
    assert alice.page(path).heading == "Old trees"


def test_admins_of_its_organization_restore_it(browser_of, given, cast):
    lab = given.organization("lab", members={cast.bob: "admin", cast.carol: "editor"})
    given.dataset("trees", owner=cast.alice, organization=lab)
    browser_of("alice").submit("/datasets/trees/withdraw")
    assert browser_of("carol").submit("/trash", "/trash/trees/restore").status_code == 404
    assert browser_of("bob").submit("/trash", "/trash/trees/restore").status_code == 303


def test_renamed_the_old_address_leads_there(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice)
    given.dataset("roads", owner=cast.bob, visibility="internal")
    alice = browser_of("alice")
    for slug, says in (
        ("roads", "The slug “roads” is taken."),
        ("X y", "A slug begins with a small letter, followed by at least two small letters, digits, _ or -."),
        ("", "Enter an id"),
    ):
        answer = alice.submit("/datasets/trees/rename", slug=slug)
        assert (answer.status_code, answer.page.texts("a", "error_summary__link")) == (422, [says])
    answer = alice.submit("/datasets/trees/rename", slug="larches")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/datasets/larches")
    moved = alice.get("/datasets/trees")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/datasets/larches")
