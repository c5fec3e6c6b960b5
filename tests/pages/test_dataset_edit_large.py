"""A dataset with as many versions and assets as the largest there are, and with more: the form loses nothing of it."""

import pytest

from catalog.pages import conflict, dataset_rows
from tests.pages.test_dataset_edit import held
from tests.support.curating import fields_of
from tests.support.groups import EITHER

pytestmark = EITHER

PATH = "/datasets/trees/edit"
ASSETS, VERSIONS = 315, 40
LABELS = [f"{n}.0" for n in range(1, VERSIONS + 1)]


def asset(n):
    return {
        "kind": "CSV",
        "uri": f"https://files.example/{n}.csv",
        "name": f"Part {n} — größer",
        "description": f"Part {n} of all,\nover two lines " + "and long " * 40,
        "version": LABELS[n % VERSIONS],
        "fields": [{"name": "id", "extra": {"k": n}}],
        "metadata": {"n": n},
    }


@pytest.fixture
def trees(given, cast):
    return given.dataset(
        "trees", owner=cast.alice, title="Trees", versions=LABELS, assets=[asset(n) for n in range(ASSETS)]
    )


@pytest.fixture
def few_shown(monkeypatch):
    """Forms that show ten rows of a kind."""
    monkeypatch.setattr(dataset_rows, "MOST_SHOWN", 10)
    monkeypatch.setattr(conflict, "MOST_SHOWN", 10)


def changed(before, after):
    """The values that differ, by column."""
    return [
        (key, old[key], row[key])
        for old, row in zip(before, after, strict=True)
        for key in row
        if old[key] != row[key] and not key.endswith(("_folded", "_html", "found_in"))
    ]


def test_all_of_it_is_shown_and_comes_back(app, browser_of, trees):
    alice, before = browser_of("alice"), held(app, "trees")
    page = alice.page(PATH)
    sent = fields_of(page, "edit")
    assert len(page.find("details", "form_row")) == ASSETS + VERSIONS
    assert alice.post(PATH, data=sent).status_code == 303
    assert held(app, "trees") == before


def test_one_of_its_assets_is_changed_alone(app, browser_of, trees):
    alice, (before, fields) = browser_of("alice"), held(app, "trees")
    sent = fields_of(alice.page(PATH), "edit") | {"assets-314-name": "The last"}
    assert alice.post(PATH, data=sent).status_code == 303
    after, fields_after = held(app, "trees")
    assert [(key, new) for key, _, new in changed(before, after)] == [("name", "The last")]
    assert fields_after == fields


def test_what_is_beyond_the_form_is_said_and_stays(app, browser_of, trees, few_shown):
    alice, before = browser_of("alice"), held(app, "trees")
    page = alice.page(PATH)
    sent = fields_of(page, "edit")
    assert [words for words in page.texts("p", "field__hint") if "not shown" in words] == [
        "30 more versions of this dataset are not shown here and stay as they are.",
        "305 more assets of this dataset are not shown here and stay as they are.",
    ]
    assert alice.post(PATH, data=sent).status_code == 303
    assert held(app, "trees") == before
    assert alice.post(PATH, data=sent | {"title": "Old trees"}).status_code == 303
    assert changed(before[0], held(app, "trees")[0]) == [("title", "Trees", "Old trees")]


def test_a_default_and_a_latest_that_are_ticked_win_over_those_beyond_the_form(app, browser_of, trees, few_shown):
    alice, (before, _) = browser_of("alice"), held(app, "trees")
    sent = fields_of(alice.page(PATH), "edit")
    new = {"assets-10-kind": "CSV", "assets-10-uri": "https://a.example/x", "assets-10-version": "30.0"}
    sent |= new | {"assets-10-is_default": "y", "versions-0-is_latest": "y"}
    assert alice.post(PATH, data=sent).status_code == 303
    after, _ = held(app, "trees")
    assert [row["label"] for row in after if row.get("is_latest")] == ["1.0"]
    version = next(row["id"] for row in after if row.get("label") == "30.0")
    defaults = [row["uri"] for row in after if row.get("is_default") and row.get("version_id") == version]
    assert defaults == ["https://a.example/x"]
    assert len(after) == len(before) + 1


def test_rows_beyond_the_form_are_no_news_to_who_saves_second(browser_of, trees, few_shown):
    alice = browser_of("alice")
    mine = fields_of(alice.page(PATH), "edit") | {"title": "Mine"}
    assert alice.post(PATH, data=fields_of(alice.page(PATH), "edit") | {"title": "Other"}).status_code == 303
    answer = alice.post(PATH, data=mine)
    assert (answer.status_code, answer.page.texts("dt", "conflict__what")) == (409, ["Title"])


@pytest.mark.parametrize("rows", ["versions", "assets"])
def test_more_rows_than_a_form_takes_are_no_fault(browser_of, given, cast, rows):
    given.dataset("trees", owner=cast.alice, versions=["1.0"])
    alice = browser_of("alice")
    sent = fields_of(alice.page(PATH), "edit")
    sent |= {f"{rows}-{n}-{key}": "" for n in range(1, 2_500) for key in ("was", "kind", "label")}
    assert alice.post(PATH, data=sent).status_code == 303


@pytest.mark.parametrize("label", ["30.0", " 30.0 "])
def test_a_new_version_called_like_one_beyond_the_form_is_refused(app, browser_of, trees, few_shown, label):
    alice, before = browser_of("alice"), held(app, "trees")
    sent = fields_of(alice.page(PATH), "edit")
    answer = alice.post(PATH, data=sent | {"versions-10-label": label, "versions-10-status": "saved"})
    says = ["There is a version called “30.0” already, which this form does not show"]
    assert (answer.status_code, answer.page.texts("a", "error_summary__link")) == (422, says)
    assert [link.get("href") for link in answer.page.find("a", "error_summary__link")] == ["#versions-10-label"]
    assert held(app, "trees") == before


def test_a_version_that_holds_assets_beyond_the_form_is_not_removed(app, browser_of, trees, few_shown):
    alice, before = browser_of("alice"), held(app, "trees")
    sent = fields_of(alice.page(PATH), "edit")
    answer = alice.post(PATH, data=sent | {"versions-4-is_removed": "y"})
    says = ["It has assets that this form does not show"]
    assert (answer.status_code, answer.page.texts("a", "error_summary__link")) == (422, says)
    assert held(app, "trees") == before


def test_who_saves_second_is_told_that_rows_added_meanwhile_are_not_listed(browser_of, trees, few_shown):
    alice = browser_of("alice")
    mine = fields_of(alice.page(PATH), "edit") | {"title": "Mine"}
    new = {"versions-10-label": "99.0", "versions-10-status": "saved"}
    assert alice.post(PATH, data=fields_of(alice.page(PATH), "edit") | new).status_code == 303
    answer = alice.post(PATH, data=mine)
    said = answer.get_data(as_text=True)
    for noun in ("versions", "assets"):
        assert f"{noun} that were added meanwhile are not listed here, and stay." in said
