"""A dataset gets another id by form."""

from tests.support.groups import EITHER

pytestmark = EITHER

PATH = "/datasets/trees/rename"


def said(browser, path):
    return browser.page(path).texts("p", "flash__words")


def test_says_which_id_it_has_now(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice)
    alice = browser_of("alice")
    answer = alice.submit(PATH, slug=" woods ")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/datasets/woods")
    assert said(alice, "/datasets/woods") == ["The dataset’s id is now “woods”; the old one leads to it."]


def test_an_id_that_one_may_know_of_is_taken(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice)
    given.dataset("roads", owner=cast.bob, visibility="public")
    answer = browser_of("alice").submit(PATH, slug="roads")
    assert (answer.status_code, answer.page.texts("a", "error_summary__link")) == (
        422,
        ["The slug “roads” is taken."],
    )


def test_an_id_of_a_hidden_dataset_is_given_with_an_ending(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice)
    given.rename(given.dataset("roads", owner=cast.bob), "streets")
    alice = browser_of("alice")
    for slug, path in (("roads", "/datasets/trees"), ("streets", "/datasets/trees")):
        answer = alice.submit(alice.get(path).headers.get("Location", path) + "/rename", slug=slug)
        given_slug = answer.headers["Location"].rpartition("/")[2]
        assert (answer.status_code, given_slug.rpartition("_")[0]) == (303, slug)
        says = f"The dataset’s id is now “{given_slug}”, as “{slug}” could not be given; the old one leads to it."
        assert said(alice, answer.headers["Location"]) == [says]
    assert alice.get("/datasets/streets").status_code == 404
