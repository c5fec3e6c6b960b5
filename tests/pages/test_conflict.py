"""Two people edit a dataset at once: who comes second is told, and nothing is lost."""

from datetime import date

import pytest

from catalog.changes import datasets
from catalog.changes.drafts import AssetDraft, DatasetDraft, FieldDraft, VersionDraft
from tests.pages.test_dataset_edit import held
from tests.pages.test_dataset_edit_large import changed
from tests.support.acting import Acting
from tests.support.curating import fields_of

PATH = "/datasets/trees/edit"


@pytest.fixture
def act(app):
    return Acting(app)


def opened(browser, **typed):
    return fields_of(browser.page(PATH), "edit") | typed


def test_who_saves_second_is_told_and_nothing_is_written(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, title="Trees", subtitle="All", shared_with=[cast.bob], role="editor")
    alice, bob = browser_of("alice"), browser_of("bob")
    mine = opened(bob, title="Bob's trees")
    assert alice.post(PATH, data=opened(alice, title="Alice's trees")).status_code == 303
    answer = bob.post(PATH, data=mine)
    assert answer.status_code == 409
    assert answer.page.texts("h2", "error_summary__title") == ["Somebody saved first"]
    assert "Alice Almeida saved this dataset on" in answer.get_data(as_text=True).replace("<bdi>", "").replace(
        "</bdi>", ""
    )
    assert answer.page.texts("div", "conflict__difference") == ["Title Theirs Alice's trees Yours Bob's trees"]
    assert alice.page("/datasets/trees").heading == "Alice's trees"
    again = fields_of(answer.page, "edit")
    assert again["title"] == "Bob's trees"
    assert bob.post(PATH, data=again).status_code == 303
    assert alice.page("/datasets/trees").heading == "Bob's trees"


def test_a_name_that_the_viewer_may_not_know_is_not_told(browser_of, given, cast):
    trees = given.dataset("trees", owner=cast.alice, title="Trees")
    given.share(trees, cast.bob, "editor")
    given.share(trees, cast.carol, "editor")
    bob, carol = browser_of("bob"), browser_of("carol")
    mine = opened(bob, title="Bob's")
    carol.post(PATH, data=opened(carol, title="Carol's"))
    text = bob.post(PATH, data=mine).get_data(as_text=True)
    assert "<bdi>Somebody</bdi> saved" in text
    assert "carol" not in text


def test_shares_and_names_are_no_edits(browser_of, given, cast):
    trees = given.dataset("trees", owner=cast.alice, title="Trees")
    alice = browser_of("alice")
    mine = opened(alice, title="Other trees")
    given.share(trees, cast.bob, "editor")
    assert alice.post(PATH, data=mine).status_code == 303


def test_what_they_added_stays_when_saved_over(browser_of, given, cast, client):
    given.dataset("trees", owner=cast.alice, title="Trees", visibility="public", versions=["1.0"])
    alice = browser_of("alice")
    mine = opened(alice, title="Mine")
    link = {"assets-0-kind": "CSV", "assets-0-uri": "https://a.example/x.csv"}
    assert alice.post(PATH, data=opened(alice, **link)).status_code == 303
    answer = alice.post(PATH, data=mine)
    assert answer.page.texts("dt", "conflict__what") == ["Title", "Asset https://a.example/x.csv"]
    assert alice.post(PATH, data=fields_of(answer.page, "edit")).status_code == 303
    assert [row["asset_uri"] for row in client.get("/assets").json["data"]] == ["https://a.example/x.csv"]


RICH = {
    "label": "1.1",
    "row_count": 5,
    "content_date": date(2026, 1, 31),
    "metadata": {"x": 1},
    "task_categories": ["seg"],
}


def test_a_version_that_both_added_is_one_and_loses_nothing(app, browser_of, given, cast, act):
    trees = given.dataset("trees", owner=cast.alice, versions=["1.0"], shared_with=[cast.bob], role="editor")
    bob = browser_of("bob")
    mine = opened(bob, **{"versions-1-label": "1.1", "versions-1-status": "saved", "versions-1-row_count": "7"})
    theirs = DatasetDraft(
        slug="trees",
        versions=[VersionDraft(label="1.0"), VersionDraft(**RICH)],
        assets=[AssetDraft(kind="CSV", uri="https://a.example/1", version="1.1", fields=[FieldDraft(name="id")])],
    )
    act(datasets.revise, trees, theirs, by=cast.alice)
    before, fields = held(app, "trees")
    answer = bob.post(PATH, data=mine)
    assert answer.status_code == 409
    assert "Version 1.1: Rows Theirs 5 Yours 7" in answer.page.texts("div", "conflict__difference")
    assert "Version 1.1" not in answer.page.texts("dt", "conflict__what")
    assert bob.post(PATH, data=fields_of(answer.page, "edit")).status_code == 303
    after, fields_after = held(app, "trees")
    whole = {"item_count", "clean_item_count", "is_latest", "row_count", "size_category"}
    assert {key for key, *_ in changed(before, after)} <= whole
    assert [row["row_count"] for row in after if row.get("label") == "1.1"] == [7]
    assert fields_after == fields == [("id", None, None)]


def test_an_asset_that_both_added_is_there_twice(browser_of, given, cast, client):
    given.dataset("trees", owner=cast.alice, visibility="public", versions=["1.0"])
    alice = browser_of("alice")
    link = {"assets-0-kind": "CSV", "assets-0-uri": "https://a.example/x.csv"}
    mine = opened(alice, **link)
    assert alice.post(PATH, data=opened(alice, **link)).status_code == 303
    answer = alice.post(PATH, data=mine)
    assert answer.status_code == 409
    assert alice.post(PATH, data=fields_of(answer.page, "edit")).status_code == 303
    assert [row["asset_uri"] for row in client.get("/assets").json["data"]] == ["https://a.example/x.csv"] * 2


def test_ones_own_other_window_is_called_so(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, title="Trees")
    alice = browser_of("alice")
    mine = opened(alice, title="Mine")
    assert alice.post(PATH, data=opened(alice, title="Before")).status_code == 303
    page = alice.post(PATH, data=mine).page
    assert page.texts("h2", "error_summary__title") == ["Your other window saved first"]
    assert page.texts("div", "conflict__difference") == ["Title Your other window Before This one Mine"]
    assert "Theirs" not in page.texts("span", "conflict__whose")
    assert "Take what the other window saved" in page.links().values()
