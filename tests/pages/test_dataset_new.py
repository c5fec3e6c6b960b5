"""A dataset registered by form."""

from tests.support.callers import Browser
from tests.support.curating import fields_of
from tests.support.given import PASSWORD

PATH = "/datasets/new"


def test_registers_a_dataset_with_a_version_and_a_link(browser_of, given, cast, client):
    given.organization("lab", title="The Lab", members={cast.alice: "editor"})
    alice = browser_of("alice")
    sent = fields_of(alice.page(PATH), action=PATH)
    sent |= {"title": "Old trees", "tags": "forest, oak\nvery old", "organization": "lab", "visibility": "public"}
    sent |= {"versions-0-label": "2026", "assets-0-kind": "CSV", "assets-0-uri": "https://files.example/trees.csv"}
    answer = alice.post(PATH, data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/datasets/old_trees")
    page = browser_of(None).page("/datasets/old_trees")
    assert page.heading == "Old trees"
    (row,) = client.get("/assets").json["data"]
    assert row["asset_uri"] == "https://files.example/trees.csv"


def test_empty_rows_are_no_rows(browser_of, cast, client):
    alice = browser_of("alice")
    sent = fields_of(alice.page(PATH), action=PATH) | {"title": "Trees", "visibility": "public"}
    assert alice.post(PATH, data=sent).status_code == 303
    (row,) = client.get("/datasets").json["data"]
    assert (row["dataset"], row["versions"]) == ("trees", [])


def test_an_id_that_is_taken_gets_an_ending_that_tells_nothing(browser_of, given, cast):
    given.dataset("trees", owner=cast.bob)
    alice = browser_of("alice")
    answer = alice.submit(PATH, title="Trees", slug="trees", organization="-", visibility="private")
    slug = answer.headers["Location"].rpartition("/")[2]
    assert slug.startswith("trees_")
    says = f"The dataset is registered. Its id is “{slug}”, as “trees” could not be given."
    assert alice.page(answer.headers["Location"]).texts("p", "flash__words") == [says]
    answer = alice.submit(PATH, title="Pines", slug="pines", organization="-", visibility="private")
    assert alice.page(answer.headers["Location"]).texts("p", "flash__words") == ["The dataset is registered."]


def test_says_what_is_wrong(browser_of, given, cast):
    given.organization("lab", members={cast.alice: "viewer"})
    answer = browser_of("alice").submit(PATH, slug="No id", organization="lab", visibility="x")
    assert answer.status_code == 422
    assert answer.page.texts("a", "error_summary__link") == [
        "Enter a title",
        "An id is a small letter, then at least two small letters, digits, _ or -",
        "Choose one of your organizations",
        "Choose one of these",
    ]


def test_only_those_who_may_register_are_offered_it(app_with, cast):
    browser = Browser(app_with(CATALOG_REGISTER="managers"))
    browser.sign_in("alice", PASSWORD)
    assert browser.get(PATH).status_code == 403
    assert "New dataset" not in browser.page("/").links().values()
