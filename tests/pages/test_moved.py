"""The pages of a dataset that was given another id: the old address of each leads to the present one."""

import pytest

from tests.support.curating import fields_of
from tests.support.groups import EITHER

pytestmark = EITHER

PAGES = ("", "/edit", "/shares", "/shares/transfer", "/rename", "/withdraw")


@pytest.fixture
def trees(given, cast):
    trees = given.dataset("old_trees", owner=cast.alice, shared_with=[cast.bob])
    given.rename(trees, "trees")


@pytest.mark.parametrize("page", PAGES)
def test_an_old_address_leads_to_the_present_one(browser_of, trees, page):
    for who in ("alice", "bob"):
        answer = browser_of(who).get(f"/datasets/old_trees{page}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/datasets/trees{page}")


@pytest.mark.parametrize("page", PAGES)
def test_to_who_may_not_see_it_the_old_address_is_as_unknown_as_any(browser_of, trees, page):
    carol = browser_of("carol")
    for slug in ("old_trees", "trees", "nothing_at_all"):
        assert carol.get(f"/datasets/{slug}{page}").status_code == 404


def test_a_form_that_stood_open_is_sent_on_with_what_was_typed(browser_of, given, cast):
    trees = given.dataset("old_trees", owner=cast.alice, title="Trees")
    alice = browser_of("alice")
    sent = fields_of(alice.page("/datasets/old_trees/edit"), "edit") | {"title": "Typed"}
    given.rename(trees, "trees")
    answer = alice.post("/datasets/old_trees/edit", data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (307, "/datasets/trees/edit")
    assert alice.post(answer.headers["Location"], data=sent).status_code == 303
    assert alice.page("/datasets/trees").heading == "Typed"


@pytest.mark.parametrize(
    "page", ["/shares", "/shares/bob/role", "/shares/bob/remove", "/shares/visibility", "/rename", "/withdraw"]
)
def test_so_is_every_other_form_but_not_to_who_may_not_see_it(browser_of, trees, page):
    answers = {
        who: browser_of(who).submit("/", f"/datasets/old_trees{page}", slug="woods") for who in ("alice", "carol")
    }
    assert {who: answer.status_code for who, answer in answers.items()} == {"alice": 307, "carol": 404}
    assert answers["alice"].headers["Location"] == f"/datasets/trees{page}"
