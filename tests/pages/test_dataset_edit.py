"""A dataset edited by form: what the form shows is changed, what it does not show stays."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalog.db import db
from catalog.model import Asset, Change, Dataset, Version
from tests.support.curating import fields_of
from tests.support.pages import text_of

RICH = {
    "title": "Old trees",
    "overview": "Line one\n\nLine *two*",
    "function": "never shown by the form",
    "license": "Terms,\nover two lines",
    "tags": ["forest", "a, b"],
    "spatial_resolution": 0.30000000000000004,
    "extra": {"origin": {"a": 1}, "kept": [1, 2]},
    "versions": [{"label": "1.0", "row_count": 7, "metadata": {"x": 1}, "task_categories": ["seg"]}, {"label": "2.0"}],
    "assets": [
        {
            "kind": "CSV",
            "uri": "file:///odd place",
            "version": "1.0",
            "fields": [{"name": "id", "unit": "m", "extra": {"k": 1}}],
            "metadata": {"bands": [1]},
            "size_bytes": 5,
        },
        {"kind": "CSV", "uri": "https://files.example/a.csv", "version": "2.0"},
    ],
}


def row_of(thing):
    """The row of a thing, as it stands in its table."""
    table = type(thing).__table__
    return db.session.execute(select(table).where(table.c.id == thing.id)).mappings().one()


def held(app, slug):
    """All that the store holds of a dataset but when it changed."""
    with app.app_context():
        whole = db.session.scalar(
            select(Dataset)
            .where(Dataset.slug == slug)
            .options(selectinload(Dataset.versions).selectinload(Version.assets).selectinload(Asset.fields))
        )
        stored = [whole, *whole.versions, *(asset for version in whole.versions for asset in version.assets)]
        rows = [row_of(one) for one in stored]
        told = [{key: value for key, value in row.items() if not key.endswith("_at")} for row in rows]
        fields = [
            (field.name, field.unit, field.extra)
            for version in whole.versions
            for asset in version.assets
            for field in asset.fields
        ]
        return told, fields


def test_sent_back_as_it_came_it_changes_nothing(app, browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, **RICH)
    alice, before = browser_of("alice"), held(app, "trees")
    page = alice.page("/datasets/trees/edit")
    assert alice.post("/datasets/trees/edit", data=fields_of(page, "edit")).status_code == 303
    assert held(app, "trees") == before
    with app.app_context():
        assert "revise" not in db.session.scalars(select(Change.verb)).all()


def test_what_is_typed_is_saved_and_the_rest_stays(app, browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, **RICH)
    alice, (before, fields) = browser_of("alice"), held(app, "trees")
    sent = fields_of(alice.page("/datasets/trees/edit"), "edit")
    sent |= {"title": "New trees", "assets-0-uri": "s3://bucket/trees.csv"}
    answer = alice.post("/datasets/trees/edit", data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/datasets/trees")
    after, fields_after = held(app, "trees")
    changed = {
        (row["id"], key): (old[key], row[key])
        for old, row in zip(before, after, strict=True)
        for key in row
        if old[key] != row[key] and not key.endswith(("_folded", "_html", "found_in"))
    }
    assert sorted(changed.values()) == [("Old trees", "New trees"), ("file:///odd place", "s3://bucket/trees.csv")]
    assert fields_after == fields


def test_a_row_is_added_without_script_and_what_was_typed_stays(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, **RICH)
    alice = browser_of("alice")
    sent = fields_of(alice.page("/datasets/trees/edit"), "edit") | {"title": "Typed", "add": "asset"}
    page = alice.post("/datasets/trees/edit", data=sent).page
    shown = fields_of(page, "edit")
    assert (shown["title"], shown["assets-2-uri"]) == ("Typed", "")


def test_rows_are_added_and_removed(app, browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, **RICH)
    alice = browser_of("alice")
    sent = fields_of(alice.page("/datasets/trees/edit"), "edit")
    sent |= {"versions-0-is_removed": "y", "assets-0-is_removed": "y", "versions-2-label": "3.0"}
    sent |= {"versions-2-status": "saved", "assets-2-kind": "Parquet", "assets-2-uri": "https://a.example/3"}
    sent |= {"assets-2-version": "3.0"}
    assert alice.post("/datasets/trees/edit", data=sent).status_code == 303
    with app.app_context():
        found = select(Version.label, Asset.uri).join(Asset, Asset.version_id == Version.id).order_by(Version.label)
        assert db.session.execute(found).all() == [
            ("2.0", "https://files.example/a.csv"),
            ("3.0", "https://a.example/3"),
        ]


def test_a_second_default_of_a_version_is_a_fault_also_where_the_version_goes_without_saying(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, **RICH)
    alice = browser_of("alice")
    sent = fields_of(alice.page("/datasets/trees/edit"), "edit")
    sent |= {"assets-2-kind": "CSV", "assets-2-uri": "https://a.example/x", "assets-2-is_default": "y"}
    answer = alice.post("/datasets/trees/edit", data=sent)
    says = ["One asset of a version is its default: another one is ticked"]
    assert (answer.status_code, answer.page.texts("a", "error_summary__link")) == (422, says)
    del sent["assets-1-is_default"]
    assert alice.post("/datasets/trees/edit", data=sent).status_code == 303


def test_every_fault_is_said_and_nothing_is_written(app, browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, **RICH)
    alice, before = browser_of("alice"), held(app, "trees")
    sent = fields_of(alice.page("/datasets/trees/edit"), "edit")
    sent |= {"title": "Typed", "spatial_resolution": "wide", "versions-0-content_date": "31.1.2026"}
    sent |= {"versions-0-row_count": "9" * 5000, "assets-1-uri": "javascript:alert(1)", "assets-0-version": "9.9"}
    answer = alice.post("/datasets/trees/edit", data=sent)
    assert answer.status_code == 422
    assert answer.page.texts("a", "error_summary__link") == [
        "Enter a number of meters",
        "Enter a whole number",
        "Enter a day as in 2026-01-31",
        "There is no version “9.9” of this dataset",
        "Enter an address that begins with https://, http://, s3://, gs://, ftp:// or the like",
    ]
    assert fields_of(answer.page, "edit")["title"] == "Typed"
    assert held(app, "trees") == before


def test_an_editor_by_share_edits_and_does_not_manage(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, shared_with=[cast.bob], role="editor", **RICH)
    bob = browser_of("bob")
    assert bob.get("/datasets/trees/edit").status_code == 200
    links = bob.page("/datasets/trees").links()
    assert ("/datasets/trees/edit" in links, "/datasets/trees/withdraw" in links) == (True, False)
    for path in ("shares", "rename", "withdraw", "shares/transfer"):
        assert bob.get(f"/datasets/trees/{path}").status_code == 403


def test_names_of_fields_that_no_form_has_break_nothing(browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, **RICH)
    alice = browser_of("alice")
    sent = fields_of(alice.page("/datasets/trees/edit"), "edit")
    odd = {"versions-²-label": "x", "assets-99999999999999999999-uri": "x", "versions--label": "x", "seen": "9" * 5000}
    assert alice.post("/datasets/trees/edit", data=sent | odd).status_code in (303, 409)
    sent["title"] = "nul\x00 \ud800".encode("utf-8", "surrogatepass")
    assert alice.post("/datasets/trees/edit", data=sent).status_code in (303, 409)


@pytest.mark.parametrize(("number", "shown"), [(1000.0, "1000"), (10.5, "10.5"), (None, "")])
def test_a_resolution_stands_as_people_write_it(browser_of, given, cast, number, shown):
    given.dataset("roads", owner=cast.alice, spatial_resolution=number)
    assert fields_of(browser_of("alice").page("/datasets/roads/edit"), "edit")["spatial_resolution"] == shown


@pytest.mark.parametrize("name", ["issued_text", "data_updated_text"])
def test_a_date_that_is_typed_is_a_date_and_one_that_came_with_the_record_stays(app, browser_of, given, cast, name):
    given.dataset("trees", owner=cast.alice, title="Trees", **{name: "each spring"})
    alice, before = browser_of("alice"), held(app, "trees")
    sent = fields_of(alice.page("/datasets/trees/edit"), "edit")
    assert sent[name] == "each spring"
    answer = alice.post("/datasets/trees/edit", data=sent | {name: "each summer"})
    says = {"#" + name: "Enter a date as in 2026, 2026-01 or 2026-01-31"}
    links = answer.page.find("a", "error_summary__link")
    assert (answer.status_code, {link.get("href"): text_of(link) for link in links}) == (422, says)
    assert held(app, "trees") == before
    for typed in ("each spring", "2026", "2026-01", "31 January 2026", ""):
        sent = fields_of(alice.page("/datasets/trees/edit"), "edit")
        assert alice.post("/datasets/trees/edit", data=sent | {name: typed}).status_code == 303


def test_a_title_is_required_of_those_that_have_one(app, browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, title="Trees")
    given.dataset("roads", owner=cast.alice)
    alice = browser_of("alice")
    page = alice.page("/datasets/trees/edit")
    answer = alice.post("/datasets/trees/edit", data=fields_of(page, "edit") | {"title": "  "})
    assert (answer.status_code, answer.page.texts("a", "error_summary__link")) == (422, ["Enter a title"])
    assert [text_of(label) for label in page.find("label", "field__label") if "(" in text_of(label)] == [
        "Title (required)"
    ]
    assert "Everything but the title may stay empty." in page.texts("p", "field__hint")
    page = alice.page("/datasets/roads/edit")
    assert "Everything may stay empty." in page.texts("p", "field__hint")
    assert alice.post("/datasets/roads/edit", data=fields_of(page, "edit")).status_code == 303


def test_the_latest_version_is_not_unticked_without_another_one(app, browser_of, given, cast):
    given.dataset("trees", owner=cast.alice, **RICH)
    alice, before = browser_of("alice"), held(app, "trees")
    sent = fields_of(alice.page("/datasets/trees/edit"), "edit")
    (ticked,) = (name for name in sent if name.endswith("is_latest"))
    del sent[ticked]
    answer = alice.post("/datasets/trees/edit", data=sent)
    says = ["One version is the latest: tick another one instead"]
    assert (answer.status_code, answer.page.texts("a", "error_summary__link")) == (422, says)
    assert [link.get("href") for link in answer.page.find("a", "error_summary__link")] == [f"#{ticked}"]
    assert held(app, "trees") == before
    (status,) = (name for name in sent if name == ticked.replace("is_latest", "status"))
    assert alice.post("/datasets/trees/edit", data=sent | {status: "pending"}).status_code == 303
