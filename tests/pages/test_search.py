"""What the list of datasets says of a search: what was meant, how it was read, where the hits are."""

import pytest

from catalog.search.forms import DATASETS
from catalog.search.index import SearchIndex
from tests.support.pages import text_of


@pytest.fixture
def shelf(given, cast):
    """Datasets of Alice's that differ in where a word stands."""
    lab = given.organization("lab", title="Weather Lab", members={cast.bob: "viewer"})
    public = {"owner": cast.alice, "visibility": "public"}
    tags, far = ["birds", "sea ice"], f"{'Far away. ' * 30}Where penguins breed. {'More. ' * 90}"
    given.dataset("penguins", title="Palmer penguins", subtitle="Sizes of penguins", tags=tags, **public)
    given.dataset("islands", title="Islands", overview=far, **public)
    given.dataset("colonies", title="Colonies", tags=["penguins"], **public)
    fields = [{"name": "penguin_count", "description": "How many"}]
    given.dataset("counts", title="Counts", assets=[{"kind": "csv", "format": "csv", "fields": fields}], **public)
    given.dataset("rain", title="Rain", organization=lab, **public)
    given.dataset("eggs", owner=cast.alice, title="Penguin eggs")


def shown(page):
    """The hits of each card, and where else something was found."""
    return {
        card.get("data-slug"): ([text_of(mark) for mark in card.iter("mark")], texts_of(card, "dataset_card__evidence"))
        for card in page.find("li", "dataset_card")
    }


def texts_of(card, name):
    return [text_of(one) for one in card.iter("p") if one.get("class") == name]


def test_each_card_shows_where_the_hit_is(browser_of, shelf):
    page = browser_of(None).page("/datasets?q=penguins")
    assert page.marked("data-slug")[0] == "penguins"
    found = shown(page)
    assert found["penguins"] == (["penguins", "penguins", "penguins"], [])
    assert found["colonies"][1] == ["Matched in tag penguins"]
    assert found["counts"][1] == ["Matched in column penguin_count"]
    ((marks, (place,))) = found["islands"]
    assert marks == ["penguins"]
    assert place.startswith("Matched in overview … ")
    assert "Where penguins breed." in place
    assert page.heading == "4 datasets matching “penguins”, best matches first"


def test_one_sign_of_a_script_without_blanks_is_found_wherever_it_stands(browser_of, given, cast):
    for slug, title in {"quality": "水質データ", "ground": "地下水", "metal": "金", "air": "大気"}.items():
        given.dataset(slug, owner=cast.alice, visibility="public", title=title)
    found = shown(browser_of(None).page("/datasets?q=水"))
    assert found == {"quality": (["水"], []), "ground": (["水"], [])}
    assert list(shown(browser_of(None).page("/datasets?q=金"))) == ["metal"]


def test_terms_alone_rank_nothing_and_leave_the_usual_order(browser_of, shelf):
    page = browser_of(None).page("/datasets?q=tag:birds")
    assert page.heading == "1 dataset matching “tag:birds”, sorted by update"
    assert "relevance" not in [option.get("value") for option in page.root.iter("option")]
    asked_for = browser_of(None).page("/datasets?q=tag:birds&sort=relevance")
    assert asked_for.heading == "1 dataset matching “tag:birds”, best matches first"
    assets = browser_of(None).page("/assets?q=format:csv")
    assert assets.heading == "1 asset matching “format:csv”, newest here first"


def test_whoever_publishes_what_was_found_is_marked_too(browser_of, shelf):
    page = browser_of(None).page("/datasets?q=weather+lab")
    assert shown(page)["rain"] == (["lab", "Weather", "Lab"], [])
    table = browser_of(None).page("/datasets?q=weather+lab&view=table")
    assert table.texts("mark", "hit") == ["Weather", "Lab"]


def test_who_owns_what_an_organization_publishes_is_told_to_the_signed_in(browser_of, shelf, cast):
    assert shown(browser_of("bob").page("/datasets?q=alice"))["rain"] == (["Alice"], ["Matched in owner Alice Almeida"])
    assert shown(browser_of(None).page("/datasets?q=alice"))["rain"] == ([], [])


def test_a_slip_is_asked_about_with_what_the_viewer_would_see(browser_of, shelf):
    (said,) = browser_of(None).page("/datasets?q=pengiuns&sort=name").find("p", "search_notes--meant")
    assert text_of(said) == "Did you mean penguins? 4 datasets"
    assert next(said.iter("a")).get("href") == "/datasets?q=penguins&sort=name"
    (said,) = browser_of("alice").page("/datasets?q=pengiuns").find("p", "search_notes--meant")
    assert text_of(said) == "Did you mean penguins? 5 datasets"


def test_nobody_is_led_to_a_word_of_what_they_may_not_see(browser_of, given, cast):
    given.dataset("secret", owner=cast.alice, title="Xylophone")
    assert browser_of(None).page("/datasets?q=xilophone").find("p", "search_notes--meant") == []
    assert browser_of("alice").page("/datasets?q=xilophone").find("p", "search_notes--meant") != []


@pytest.mark.parametrize(
    ("query", "slugs", "reading"),
    [
        ('"palmer penguins"', ["penguins"], "Read as: “palmer penguins”."),
        ("penguins -colonies -counts", ["penguins", "islands"], "without “colonies”"),
        ('tag:"sea ice"', ["penguins"], "Read as: tag sea ice."),
        ("tag:birds,penguins", ["colonies", "penguins"], "tag birds,penguins"),
        ("org:lab", ["rain"], "Read as: organization lab."),
        ("weather lab", ["rain"], None),
        ("format:csv", ["counts"], "Read as: format csv."),
        ("-format:csv type:csv", [], "asset type csv"),
        ("column:penguin", ["counts"], "Read as: column penguin."),
        ("column:many", ["counts"], "Read as: column many."),
        ("visibility:private", [], "Read as: visibility private."),
        ("owner:alice rain", ["rain"], "owner alice"),
        ("updated:>2999", [], "updated >2999"),
        ("updated:30d rain", ["rain"], "updated 30d"),
        ("license:-", ["colonies", "counts", "islands", "penguins", "rain"], "licence -"),
        ("pengu", ["penguins", "islands", "colonies", "counts"], None),
        ("palmerpenguins", ["penguins"], None),
        ("the rain of it", ["rain"], None),
    ],
)
def test_the_language_is_read_and_said_back(browser_of, shelf, query, slugs, reading):
    page = browser_of(None).page("/datasets", query_string={"q": query})
    assert sorted(page.marked("data-slug")) == sorted(slugs)
    said = [text_of(one) for one in page.find("p", "search_notes")]
    assert [line for line in said if reading and reading in line] if reading else "Read as" not in "".join(said)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("updated:soon rain", "“updated:soon” is not a time: it narrows nothing."),
        ("%%", "“%%” holds no word to search for."),
        (" ".join(["rain", *(f"w{n}:x" for n in range(40))]), "Only the first 32 parts of the search text were used."),
    ],
)
def test_what_cannot_be_used_of_a_text_is_said(browser_of, shelf, query, note):
    assert note in browser_of(None).page("/datasets", query_string={"q": query}).notes


def test_what_is_chosen_reads_as_one_text_that_finds_the_same(browser_of, shelf):
    visitor = browser_of(None)
    page = visitor.page("/datasets?q=penguins&tag=sea+ice&tag=penguins&visibility=public")
    ((text,)) = page.texts("code", "search_notes__text")
    assert text == 'penguins tag:"sea ice" tag:penguins visibility:public'
    again = visitor.page("/datasets", query_string={"q": text})
    assert sorted(again.marked("data-slug")) == sorted(page.marked("data-slug")) == ["colonies", "penguins"]


def test_while_the_index_cannot_answer_words_are_found_as_they_are_typed_and_it_is_said(browser_of, shelf, monkeypatch):
    monkeypatch.setattr(SearchIndex, "searcher", lambda index: None)
    page = browser_of(None).page("/datasets?q=penguins+-islands")
    assert page.marked("data-slug") == ["penguins"]
    assert any(note.startswith("The search index is reading what was written lately") for note in page.notes)
    terms = 'tag:"sea ice" owner:alice visibility:public updated:30d -format:csv -column:lat -org:lab -license:mit'
    page = browser_of(None).page("/datasets", query_string={"q": f"{terms} -type:zip"})
    assert page.marked("data-slug") == ["penguins"]


def test_hits_in_hidden_columns_and_tags_are_told_to_nobody(browser_of, given, cast):
    fields = [{"name": "salary"}]
    given.dataset("staff", owner=cast.alice, tags=["payroll"], assets=[{"kind": "csv", "fields": fields}])
    for query in ("salary", "payroll", "column:salary", "tag:payroll"):
        assert browser_of(None).page("/datasets", query_string={"q": query}).total == 0
        assert browser_of("alice").page("/datasets", query_string={"q": query}).total == 1


def test_where_the_index_cannot_count_too_many_datasets_the_page_says_so(browser_of, given, cast, app, monkeypatch):
    given.datasets(["parks", "woods"], owner=cast.alice, visibility="public", tags=["green"])
    monkeypatch.setattr("catalog.listing.tallies.COUNTABLE", 1)
    monkeypatch.setattr("catalog.listing.indexed.SMALL", 1)
    monkeypatch.setattr(app.extensions["catalog_indexes"][DATASETS], "searcher", lambda: None)
    monkeypatch.setattr(app.extensions["catalog_indexes"][DATASETS], "size", lambda: 2)
    page = browser_of(None).page("/datasets")
    assert (page.total, page.facets()) == (2, {})
    assert any("nothing is counted to narrow by" in note for note in page.notes)
