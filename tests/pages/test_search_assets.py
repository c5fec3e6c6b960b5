"""What the list of assets says of a search: what was meant, how it was read, where the hits are."""

import pytest

from catalog.access import OPERATOR
from catalog.changes import sharing
from catalog.db import db
from catalog.model import Dataset, User
from catalog.search.index import SearchIndex
from tests.support.pages import text_of


@pytest.fixture
def shelf(given, cast):
    """Assets of Alice's that differ in where a word stands, and one that she alone sees."""
    lab = given.organization("lab", title="Weather Lab")
    given.dataset(
        "birds",
        owner=cast.alice,
        visibility="public",
        title="Birds of Antarctica",
        tags=["sea ice"],
        license="CC0",
        assets=[
            {"kind": "csv", "format": "csv", "name": "Penguins", "uri": "https://data.example/p.csv"},
            {"kind": "csv", "format": "csv", "name": "Counts", "fields": [{"name": "penguin_count"}]},
            {"kind": "pdf", "name": "Report", "description": "Where penguins breed."},
            {"kind": "S3 Bucket", "uri": "s3://archive/AdeliePenguins2020.zip"},
        ],
    )
    given.dataset(
        "colonies",
        owner=cast.alice,
        organization=lab,
        visibility="public",
        title="Penguin colonies",
        assets=[{"kind": "shp", "format": "shp", "name": "Outlines"}],
    )
    given.dataset("eggs", owner=cast.alice, title="Eggs", assets=[{"kind": "xlsx", "name": "Penguin eggs"}])


def names(page):
    """The names of the assets of a page."""
    return page.texts("a", "asset_row__link")


def shown(page):
    """The hits of each row, and where else something was found."""
    return {
        text_of(row.find(".//a")): ([text_of(mark) for mark in row.iter("mark")], texts_of(row, "asset_row__evidence"))
        for row in page.find("li", "asset_row")
    }


def texts_of(row, name):
    return [text_of(one) for one in row.iter("p") if one.get("class") == name]


def test_each_row_shows_where_the_hit_is(browser_of, shelf):
    assert shown(browser_of(None).page("/assets?q=weather")) == {
        "Outlines": (["Weather"], ["Matched in organization Weather Lab (lab)"])
    }
    page = browser_of(None).page("/assets?q=penguins")
    assert page.heading == "5 assets matching “penguins”, best matches first"
    assert names(page)[0] == "Penguins"
    assert shown(page) == {
        "Penguins": (["Penguins"], []),
        "Outlines": (["Penguin"], []),
        "S3 Bucket": (["AdeliePenguins2020"], []),
        "Counts": (["penguin"], ["Matched in column penguin_count"]),
        "Report": (["penguins"], ["Matched in description Where penguins breed."]),
    }
    assert shown(browser_of(None).page("/assets?q=ice+report"))["Report"] == (["Report"], [])
    assert shown(browser_of(None).page('/assets?q="sea+ice"'))["Report"][1] == ["Matched in tag sea ice"]


@pytest.mark.parametrize("sort", ["relevance", "-relevance", "created", "-updated", "name", "dataset"])
def test_what_is_found_comes_in_any_order(browser_of, shelf, sort):
    visitor = browser_of(None)
    page = visitor.page(f"/assets?q=penguins&sort={sort}")
    assert page.total == 5
    halves = [names(visitor.page(f"/assets?q=penguins&sort={sort}&size=3&page={number}")) for number in (1, 2)]
    assert [*halves[0], *halves[1]] == names(page)
    backwards = sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"
    assert names(visitor.page(f"/assets?q=penguins&sort={backwards}")) == names(page)[::-1]


def test_a_slip_is_asked_about_with_what_the_viewer_would_see(browser_of, shelf):
    (said,) = browser_of(None).page("/assets?q=pengiuns&sort=name").find("p", "search_notes--meant")
    assert text_of(said) == "Did you mean penguins? 5 assets"
    assert next(said.iter("a")).get("href") == "/assets?q=penguins&sort=name"
    (said,) = browser_of("alice").page("/assets?q=pengiuns").find("p", "search_notes--meant")
    assert text_of(said) == "Did you mean penguins? 6 assets"


def test_nobody_is_led_to_a_word_of_an_asset_that_they_may_not_see(browser_of, given, cast):
    given.dataset("secret", owner=cast.alice, title="Plans", assets=[{"kind": "csv", "name": "Xylophone"}])
    assert browser_of(None).page("/assets?q=xilophone").find("p", "search_notes--meant") == []
    assert browser_of("carol").page("/assets?q=xilophone").find("p", "search_notes--meant") == []
    assert browser_of("alice").page("/assets?q=xilophone").find("p", "search_notes--meant") != []


@pytest.mark.parametrize(
    ("query", "expected", "reading"),
    [
        ('"penguins breed"', ["Report"], "Read as: “penguins breed”."),
        ("penguins -counts -antarctica", ["Outlines"], "without “counts”"),
        ('tag:"sea ice" format:csv', ["Counts", "Penguins"], "tag sea ice"),
        ("org:lab", ["Outlines"], "Read as: organization lab."),
        ("weather lab", ["Outlines"], None),
        ("type:pdf,shp", ["Outlines", "Report"], "asset type pdf,shp"),
        ("format:-", ["Report", "S3 Bucket"], "format -"),
        ("column:penguin", ["Counts"], "Read as: column penguin."),
        ("license:CC0-1.0 -type:csv", ["Report", "S3 Bucket"], "licence CC0-1.0"),
        ("visibility:private", [], "Read as: visibility private."),
        ("owner:alice outlines", ["Outlines"], "owner alice"),
        ("updated:>2999", [], "updated >2999"),
        ("updated:30d outlines", ["Outlines"], "updated 30d"),
        ("outl", ["Outlines"], None),
        ("adelie", ["S3 Bucket"], None),
        ("data.example", ["Penguins"], None),
        ("colonies", ["Outlines"], None),
    ],
)
def test_the_language_is_read_and_said_back(browser_of, shelf, query, expected, reading):
    page = browser_of(None).page("/assets", query_string={"q": query, "sort": "name"})
    assert sorted(names(page)) == expected
    said = [text_of(one) for one in page.find("p", "search_notes")]
    assert [line for line in said if reading and reading in line] if reading else "Read as" not in "".join(said)


def test_what_is_chosen_reads_as_one_text_that_finds_the_same(browser_of, shelf):
    visitor = browser_of(None)
    page = visitor.page("/assets?q=penguins&tag=sea+ice&format=csv&visibility=public")
    ((text,)) = page.texts("code", "search_notes__text")
    assert text == 'penguins tag:"sea ice" format:csv visibility:public'
    again = visitor.page("/assets", query_string={"q": text})
    assert sorted(names(again)) == sorted(names(page)) == ["Counts", "Penguins"]


def test_the_counts_of_a_search_are_of_what_the_viewer_sees(browser_of, shelf):
    page = browser_of(None).page("/assets?q=penguins")
    assert page.counts("type") == {"csv": 2, "ESRI Shapefile": 1, "S3 Bucket": 1, "pdf": 1, "shp": 1}
    assert page.counts("visibility") == {"Public": 5}
    alice = browser_of("alice").page("/assets?q=penguins")
    assert alice.counts("visibility") == {"Public": 5, "Private": 1}
    assert alice.counts("ownership") == {"Everything I may see": 6, "Owned by me": 6, "Shared with me": 0}


@pytest.mark.parametrize("query", ["salary", "column:salary", "payroll", "tag:payroll", "wages"])
def test_hits_in_hidden_assets_are_told_to_nobody(browser_of, given, cast, query):
    asset = {"kind": "csv", "name": "Wages", "fields": [{"name": "salary"}]}
    given.dataset("staff", owner=cast.alice, tags=["payroll"], assets=[asset])
    for who, number in ((None, 0), ("carol", 0), ("alice", 1)):
        assert browser_of(who).page("/assets", query_string={"q": query}).total == number


def test_while_the_index_cannot_answer_words_are_found_as_they_are_typed_and_it_is_said(browser_of, shelf, monkeypatch):
    monkeypatch.setattr(SearchIndex, "searcher", lambda index: None)
    page = browser_of(None).page("/assets?q=penguins+-antarctica&sort=name")
    assert names(page) == []
    page = browser_of(None).page("/assets?q=penguin+-report&sort=name")
    assert names(page) == ["Outlines", "Penguins", "S3 Bucket"]
    assert any(note.startswith("The search index is reading what was written lately") for note in page.notes)
    terms = 'tag:"sea ice" owner:alice visibility:public updated:30d format:csv column:penguin -org:lab -type:zip'
    page = browser_of(None).page("/assets", query_string={"q": terms})
    assert names(page) == ["Counts"]


def test_a_share_that_ends_takes_its_assets_out_of_the_next_search(app, browser_of, given, cast):
    plans = given.dataset("plans", owner=cast.alice, title="Plans", assets=[{"kind": "csv", "name": "Wages"}])
    given.share(plans, cast.bob)
    assert browser_of("bob").page("/assets?q=wages").total == 1
    with app.app_context():
        sharing.unshare(OPERATOR, db.session.get_one(Dataset, plans.id), with_=db.session.get_one(User, cast.bob.id))
    assert browser_of("bob").page("/assets?q=wages").total == 0
    assert browser_of("bob").page("/assets?q=wajes").find("p", "search_notes--meant") == []
