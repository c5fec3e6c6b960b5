"""The list of datasets in a browser."""

from urllib.parse import parse_qs, urlsplit

import pytest

from catalog.clock import now
from tests.support.callers import HTML
from tests.support.pages import text_of

CC_BY = "Creative Commons Attribution 4.0"


@pytest.fixture
def forest(given, cast):
    """Six datasets: four public, one internal, one private that is shared with Bob."""
    lab = given.organization("lab", title="Forest Lab")
    given.dataset(
        "tree_cover",
        owner=cast.alice,
        organization=lab,
        visibility="public",
        title="Tree cover",
        subtitle="Where trees stand",
        license=CC_BY,
        tags=["forest", "land"],
        assets=[{"kind": "csv", "format": "csv"}, {"kind": "zip", "format": "zip"}],
    )
    given.dataset(
        "fires",
        owner=cast.alice,
        organization=lab,
        visibility="public",
        title="Fires",
        overview="Burnt forest, 100% of it.",
        license="CC0",
        tags=["fire", "forest"],
        assets=[{"kind": "csv", "format": "csv"}],
    )
    given.dataset("rain", owner=cast.bob, visibility="public", title="Rain", tags=["weather"])
    given.dataset(
        "straßen",
        owner=cast.carol,
        visibility="public",
        title="Straßen",
        license="Ask us first. We answer in a week, mostly.",
        assets=[{"kind": "link"}],
    )
    given.dataset("staff", owner=cast.carol, visibility="internal", title="Staff", tags=["land"])
    given.dataset("plans", owner=cast.alice, title="Plans", tags=["land"], shared_with=[cast.bob])


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (None, {"tree_cover", "fires", "rain", "strassen"}),
        ("alice", {"tree_cover", "fires", "rain", "strassen", "staff", "plans"}),
        ("bob", {"tree_cover", "fires", "rain", "strassen", "staff", "plans"}),
        ("carol", {"tree_cover", "fires", "rain", "strassen", "staff"}),
    ],
)
def test_each_sees_what_is_theirs_to_see(browser_of, forest, who, expected):
    page = browser_of(who).page("/datasets")
    assert set(page.marked("data-slug")) == expected
    assert page.total == len(expected)


# Searching


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tree", ["tree_cover"]),
        ("TREE cov", ["tree_cover"]),
        ("stand", ["tree_cover"]),
        ("forest", ["fires", "tree_cover"]),
        ("100%", ["fires"]),
        ("1%%", []),
        ("tree_cover", ["tree_cover"]),
        ("tree cover", ["tree_cover"]),
        ("t_ee", []),
        ("STRASSEN", ["strassen"]),
        ("straße", ["strassen"]),
        ("fires rain", []),
    ],
)
def test_searches_everything_that_is_said_for_every_word(browser_of, forest, words, expected):
    page = browser_of(None).page("/datasets", query_string={"q": words})
    assert page.marked("data-slug") == expected
    assert next(iter(page.find("input", "search_box__input"))).get("value") == words


def test_a_search_keeps_the_filters_and_begins_at_the_first_page(browser_of, forest):
    page = browser_of("bob").page("/datasets?tag=forest&tag=land&view=table&sort=name&page=2&size=1&unnamed=1")
    form = page.find("form", "search_box__form")[0]
    fields = [(field.get("name"), field.get("value")) for field in form.iter("input")]
    assert (form.get("action"), form.get("method")) == ("/datasets", "get")
    assert fields == [
        ("tag", "forest"),
        ("tag", "land"),
        ("unnamed", "1"),
        ("sort", "name"),
        ("size", "1"),
        ("view", "table"),
        ("q", ""),
    ]


# Sorting


@pytest.mark.parametrize(
    ("sort", "expected", "words"),
    [
        ("name", ["fires", "rain", "strassen", "tree_cover"], "sorted by title"),
        ("-name", ["tree_cover", "strassen", "rain", "fires"], "sorted by title, Z to A"),
        ("created", ["tree_cover", "fires", "rain", "strassen"], "oldest here first"),
        ("-created", ["strassen", "rain", "fires", "tree_cover"], "newest here first"),
        ("slug", ["fires", "rain", "strassen", "tree_cover"], "sorted by id"),
        ("updated", ["tree_cover", "fires", "rain", "strassen"], "longest not updated first"),
        ("-updated", ["strassen", "rain", "fires", "tree_cover"], "sorted by update"),
        ("items", ["rain", "strassen", "tree_cover", "fires"], "fewest items first"),
        ("-downloads", ["strassen", "rain", "fires", "tree_cover"], "most downloads first"),
        ("downloads", ["tree_cover", "fires", "rain", "strassen"], "fewest downloads first"),
    ],
)
def test_sorts_and_says_so(browser_of, given, cast, clock, sort, expected, words):
    rows = {"tree_cover": 7, "fires": 9, "rain": 2, "strassen": 5}
    for number, (slug, count) in enumerate(rows.items()):
        clock.tick()
        said = {"visibility": "public", "versions": [{"label": "1.0.0", "row_count": count}]}
        given.downloads(given.dataset(slug, owner=cast.alice, **said), number)
    page = browser_of(None).page(f"/datasets?sort={sort}")
    selected = [option.get("value") for option in page.root.iter("option") if option.get("selected") is not None]
    assert page.marked("data-slug") == expected
    assert page.heading == f"4 datasets, {words}"
    assert selected == [sort]


def test_the_heads_of_the_table_sort_both_ways(browser_of, forest):
    visitor = browser_of(None)
    page = visitor.page("/datasets?view=table&sort=-updated")
    assert {text_of(head): head.get("aria-sort") for head in page.root.iter("th") if head.get("scope") == "col"} == {
        "Title": None,
        "Id": None,
        "Owner": None,
        "Formats": None,
        "Rows": None,
        "Size": None,
        "Downloads": None,
        "Updated": "descending",
    }
    by_title = visitor.page(page.link("Title"))
    assert by_title.marked("data-slug") == ["fires", "rain", "strassen", "tree_cover"]
    assert next(head.get("aria-sort") for head in by_title.root.iter("th")) == "ascending"
    assert visitor.page(by_title.link("Title")).marked("data-slug") == ["tree_cover", "strassen", "rain", "fires"]


def test_cards_and_rows_tell_how_often_a_dataset_was_downloaded(browser_of, given, cast):
    said = {"owner": cast.alice, "visibility": "public"}
    given.downloads(given.dataset("trees", versions=["1.0", "2.0"], **said), 1, 2)
    given.dataset("rain", **said)
    visitor = browser_of(None)
    assert visitor.page("/datasets").texts("li", "dataset_card__downloads") == ["3 downloads"]
    most_first = visitor.page(visitor.page("/datasets?view=table&sort=name").link("Downloads"))
    assert most_first.marked("data-slug") == ["trees", "rain"]
    cells = [text_of(row.findall("td")[-2]) for row in most_first.root.iter("tr") if row.get("data-slug")]
    assert cells == ["3", "0"]
    assert visitor.page(most_first.link("Downloads")).marked("data-slug") == ["rain", "trees"]


# Narrowing


def test_each_facet_counts_what_its_links_show(browser_of, forest):
    page = browser_of("bob").page("/datasets")
    assert {name: page.counts(name) for name in page.facets()} == {
        "ownership": {"Everything I may see": 6, "Owned by me": 1, "Shared with me": 1},
        "tag": {"land": 3, "forest": 2, "fire": 1, "weather": 1},
        "format": {"csv": 2, "zip": 1, "not stated": 4},
        "organization": {"Forest Lab": 2, "not stated": 4},
        "license": {"CC BY 4.0": 1, "CC0 1.0": 1, "other terms": 1, "not stated": 3},
        "type": {"csv": 2, "link": 1, "zip": 1},
        "year": {str(now().year): 6},
        "visibility": {"Public": 4, "Internal": 1, "Private": 1},
    }


def test_years_are_bars_that_are_chosen_and_left_by_a_click(browser_of, given, cast):
    for slug, at in (("old", "1999-12-31"), ("older", "1999-01-01"), ("young", "2024-05-05")):
        given.dataset(slug, owner=cast.alice, visibility="public", data_updated_text=at)
    visitor = browser_of(None)
    page = visitor.page("/datasets?sort=name")
    assert page.counts("year") == {"1999": 2, "2024": 1}
    old = visitor.page(page.value("year", "1999"))
    assert old.marked("data-slug") == ["old", "older"]
    assert (old.counts("year"), old.chosen("year")) == ({"1999": 2, "2024": 1}, ["1999"])
    assert old.heading == "2 datasets, updated in 1999, sorted by title"
    both = visitor.page(old.value("year", "2024"))
    assert both.marked("data-slug") == ["old", "older", "young"]
    assert visitor.page(both.value("year", "1999")).marked("data-slug") == ["young"]
    assert "“99” is not a year such as 2026" in "".join(visitor.page("/datasets?year=99").notes)


def test_values_of_a_facet_are_alternatives_and_facets_narrow_each_other(browser_of, forest):
    bob = browser_of("bob")
    one = bob.page(bob.page("/datasets?sort=name").value("tag", "forest"))
    assert one.marked("data-slug") == ["fires", "tree_cover"]
    two = bob.page(one.value("tag", "land"))
    assert two.marked("data-slug") == ["fires", "plans", "staff", "tree_cover"]
    assert two.chosen("tag") == ["land", "forest"]
    both = bob.page(two.value("visibility", "Public"))
    assert both.marked("data-slug") == ["fires", "tree_cover"]
    assert both.counts("tag") == {"forest": 2, "land": 1, "fire": 1, "weather": 1}
    assert both.counts("visibility") == {"Public": 2, "Internal": 1, "Private": 1}
    assert bob.page(both.value("tag", "forest")).marked("data-slug") == ["tree_cover"]
    assert bob.page(both.link("Clear Tag")).chosen("tag") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("license=other", ["strassen"]),
        ("license=-", ["rain"]),
        ("license=CC0-1.0&license=-", ["fires", "rain"]),
        ("organization=-", ["rain", "strassen"]),
        ("organization=lab&organization=-", ["fires", "rain", "strassen", "tree_cover"]),
        ("format=-", ["rain", "strassen"]),
        ("format=zip&format=-", ["rain", "strassen", "tree_cover"]),
        ("owner=carol", ["strassen"]),
        ("type=csv", ["fires", "tree_cover"]),
        ("type=link", ["strassen"]),
        ("updated=1d", ["fires", "rain", "strassen", "tree_cover"]),
        ("updated=..2000", []),
        ("organization=nobody", []),
        ("ownership=ownedByMe", []),
    ],
)
def test_every_filter_narrows(browser_of, forest, query, expected):
    assert browser_of(None).page(f"/datasets?sort=name&{query}").marked("data-slug") == expected


def test_the_signed_in_choose_whose_datasets_they_see(browser_of, forest):
    bob = browser_of("bob")
    shared = bob.page(bob.page("/datasets").value("ownership", "Shared with me"))
    assert (shared.marked("data-slug"), shared.chosen("ownership")) == (["plans"], ["Shared with me"])
    mine = bob.page(shared.value("ownership", "Owned by me"))
    assert mine.marked("data-slug") == ["rain"]
    assert mine.counts("ownership") == {"Everything I may see": 6, "Owned by me": 1, "Shared with me": 1}
    assert bob.page(mine.value("ownership", "Everything I may see")).total == 6
    assert "ownership" not in browser_of(None).page("/datasets").facets()


def test_an_organization_that_one_may_not_know_of_is_called_as_it_was_typed(browser_of, given, cast):
    given.organization("secret-lab", title="Institute of Secrets")
    page = browser_of(None).page("/datasets?organization=secret-lab&owner=carol&tag=hidden")
    assert page.heading == "0 datasets, tagged hidden, organization secret-lab, owner carol, sorted by update"
    assert "Institute" not in page.answer.text


def test_chips_say_what_is_chosen_and_each_can_be_dropped(browser_of, forest):
    bob = browser_of("bob")
    page = bob.page(
        "/datasets?tag=forest&tag=land&license=CC-BY-4.0&organization=lab&ownership=sharedWithMe&updated=30d"
    )
    assert page.texts("span", "chips__words") == [
        "tag forest",
        "tag land",
        "licence CC BY 4.0",
        "organization Forest Lab",
        "Shared with me",
        "updated in the last 30 days",
    ]
    less = bob.page(page.link("Remove tag forest"))
    assert parse_qs(urlsplit(less.answer.request.url).query)["tag"] == ["land"]
    assert bob.page(page.link("Remove Shared with me")).total == 1
    everything = bob.page(page.link("Clear all"))
    assert (everything.total, everything.find("ul", "chips")) == (6, [])


def test_a_long_facet_leads_to_all_its_values(browser_of, given, cast):
    for number in range(12):
        given.dataset(f"set_{number}", owner=cast.alice, visibility="public", tags=[f"t{number}", "all"])
    page = browser_of(None).page("/datasets?tag=t11&sort=name&page=1")
    assert [value.label for value in page.facets()["tag"]] == ["t11", "all", "t0", "t1", "t10", "t2", "t3"]
    assert page.link("Show all 13 of Tag") == "/datasets/facets/tag?tag=t11&sort=name"
    assert not [words for words in page.links().values() if words.endswith("of Organization")]


def test_years_beyond_those_that_are_drawn_are_a_click_away(browser_of, given, cast):
    for year in range(1980, 2012):
        given.dataset(f"of_{year}", owner=cast.alice, visibility="public", data_updated_text=str(year))
    page = browser_of(None).page("/datasets")
    assert (len(page.facets()["year"]), page.link("Show all 32 of Year of update")) == (30, "/datasets/facets/year")


# Unnamed datasets


def test_unnamed_datasets_come_when_their_box_is_ticked(browser_of, given, cast):
    given.dataset("named", owner=cast.alice)
    given.dataset("scratch", owner=cast.alice, is_unnamed=True, shared_with=[cast.bob])
    alice = browser_of("alice")
    page = alice.page("/datasets?sort=slug")
    assert page.marked("data-slug") == ["named"]
    assert page.counts("unnamed") == {"Unnamed ones too": 1}
    ticked = alice.page(page.value("unnamed", "Unnamed ones too"))
    assert (len(ticked.marked("data-slug")), ticked.chosen("unnamed")) == (2, ["Unnamed ones too"])
    assert alice.page(ticked.value("unnamed", "Unnamed ones too")).marked("data-slug") == ["named"]
    assert "unnamed" in browser_of("bob").page("/datasets").facets()
    assert "unnamed" not in browser_of("carol").page("/datasets").facets()
    assert "unnamed" not in browser_of(None).page("/datasets").facets()


# The list in words


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "4 datasets, sorted by update"),
        ("q=rain", "1 dataset matching “rain”, best matches first"),
        ("tag=forest", "2 datasets, tagged forest, sorted by update"),
        (
            "tag=forest&tag=fire&tag=weather&sort=name",
            "3 datasets, tagged forest, fire or weather, sorted by title",
        ),
        (
            "license=other&license=-&format=csv&visibility=public",
            "0 datasets, licence other terms or not stated, format csv, public, sorted by update",
        ),
        ("updated=2026-05", "0 datasets, updated in May 2026, sorted by update"),
        ("updated=2026-05-09..", "0 datasets, updated since 9 May 2026, sorted by update"),
        ("updated=2020..2021-03", "0 datasets, updated from 2020 to Mar 2021, sorted by update"),
        ("updated=..1999", "0 datasets, updated until 1999, sorted by update"),
        ("updated=<1999-01-02", "0 datasets, updated before 2 Jan 1999, sorted by update"),
        ("updated=1999-01-02", "0 datasets, updated on 2 Jan 1999, sorted by update"),
        ("updated=1d&q=rain", "1 dataset matching “rain”, updated in the last 1 day, best matches first"),
    ],
)
def test_heading_and_title_say_the_list_in_words(browser_of, forest, query, sentence, request):
    if "2026-05-09.." in query:
        sentence = sentence.replace("0 datasets", "4 datasets")
    page = browser_of(None).page(f"/datasets?{query}")
    assert page.heading == sentence
    assert sentence.startswith(page.title.removesuffix("…"))


# Paging


@pytest.fixture
def seven(given, cast):
    """Seven datasets, `set_0` the oldest."""
    given.datasets([f"set_{number}" for number in range(7)], owner=cast.alice, visibility="public")


def test_pages_are_links_that_lead_on_and_back(browser_of, seven):
    visitor = browser_of(None)
    first = visitor.page("/datasets?sort=slug&size=3")
    assert (first.rel("prev"), first.texts("p", "pager__place")) == (None, ["1–3 of 7"])
    second = visitor.page(first.rel("next"))
    assert second.marked("data-slug") == ["set_3", "set_4", "set_5"]
    assert second.texts("p", "pager__place") == ["4–6 of 7"]
    in_pager = {link.get("rel"): link.get("href") for link in second.find("a", "pager__page") if link.get("rel")}
    assert in_pager == {"prev": second.rel("prev"), "next": second.rel("next")}
    assert second.find("a", "pager__page")[2].get("aria-current") == "page"
    last = visitor.page(second.rel("next"))
    assert (last.marked("data-slug"), last.rel("next")) == (["set_6"], None)
    assert visitor.page(visitor.page(last.rel("prev")).rel("prev")).marked("data-slug") == ["set_0", "set_1", "set_2"]


def test_a_list_that_fits_on_one_page_has_no_other_pages(browser_of, seven):
    page = browser_of(None).page("/datasets")
    assert (page.rel("next"), page.rel("prev"), page.find("a", "pager__page")) == (None, None, [])
    assert page.texts("p", "pager__place") == ["1–7 of 7"]


@pytest.mark.parametrize(
    "query",
    [
        "page=2&size=3",
        "page[number]=2&page[size]=3",
        "page%5Bnumber%5D=2&PAGE[SIZE]=3",
        "Page=2&Size=3",
        "page=9&page=2&size=3",
    ],
)
def test_a_page_can_be_asked_for_in_every_spelling(browser_of, seven, query):
    page = browser_of(None).page(f"/datasets?sort=slug&{query}")
    assert (page.marked("data-slug"), page.notes) == (["set_3", "set_4", "set_5"], [])


def test_a_page_past_the_end_says_so_and_links_the_last_one(browser_of, seven):
    visitor = browser_of(None)
    page = visitor.page("/datasets?sort=slug&size=3&page=99")
    assert (page.marked("data-slug"), page.total) == ([], 7)
    assert page.texts("p", "empty__sentence") == ["Page 99 is past the end of this list: there are 3 pages."]
    assert visitor.page(page.link("Go to page 3, the last one")).marked("data-slug") == ["set_6"]
    assert visitor.page(page.rel("prev")).marked("data-slug") == ["set_6"]
    assert page.rel("next") is None


# What cannot be used


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("page=x", "“x” is not a page of this list."),
        ("page=0", "“0” is not a page of this list."),
        ("page=-1", "“-1” is not a page of this list."),
        ("page=1.0", "“1.0” is not a page of this list."),
        ("page=" + "9" * 30, "“999999999999999999999999999999” is not a page of this list."),
        ("page[number]=" + "9" * 400, "“" + "9" * 39 + "…” is not a page of this list."),
        ("size=0", "“0” is not a number of rows."),
        ("size=201", "At most 200 rows are shown at a time."),
        (
            "sort=colour",
            "Sort: “colour” is not one of updated, created, name, slug, items, downloads, relevance, "
            "each also with a - before it.",
        ),
        ("ownership=ours", "Ownership: “ours” is not one of ownedByMe, sharedWithMe."),
        ("visibility=secret", "Visibility: “secret” is not one of public, internal, private."),
        ("updated=soon", "Updated: “soon” is not a time such as 30d, 2026, 2026-05 or 2026-01-01..2026-06-30."),
        ("view=grid", "View: “grid” is not one of cards, table."),
        ("unnamed=maybe", "Unnamed: “maybe” is not one of 1, 0."),
        ("colour=red", "“colour” is nothing that this page can be asked for."),
        ("Q=rain", "“Q” is nothing that this page can be asked for."),
        ("dataset=rain", "“dataset” is nothing that this page can be asked for."),
        ("q=" + "x" * 600, "Search: a search text has at most 500 characters; the rest was not used."),
    ],
)
def test_what_cannot_be_used_is_said_and_leaves_no_trace(browser_of, seven, query, note):
    page = browser_of(None).page(f"/datasets?{query}")
    assert page.notes == [note]
    assert not [href for href in page.links() if query in href]
    if not query.startswith("q="):
        assert (page.total, page.find("ul", "chips")) == (7, [])


def test_everything_that_cannot_be_used_is_said_at_once(browser_of, seven):
    page = browser_of(None).page(
        "/datasets?page=x&sort=colour&ownership=ours&visibility=a&visibility=public&foo=1&bar=2"
    )
    assert len(page.notes) == 6
    assert (page.total, page.texts("span", "chips__words")) == (7, ["visibility Public"])


def test_more_values_than_can_be_chosen_are_said(browser_of, seven):
    page = browser_of(None).page("/datasets?" + "&".join(f"tag=t{number}" for number in range(60)))
    assert page.notes == ["Tag: at most 50 values can be chosen at once; the rest was not used."]
    assert len(page.texts("span", "chips__words")) == 50


# Empty


def test_no_hit_offers_ways_out_with_what_each_would_show(browser_of, forest):
    visitor = browser_of(None)
    page = visitor.page("/datasets?q=forest+glacier&tag=weather&sort=name")
    ways = {text_of(way[0]): text_of(way[1]) for way in page.find("li", "empty__way")}
    assert ways == {
        "without the word “forest”": "none",
        "without the word “glacier”": "none",
        "without tag weather": "none",
        "all datasets": "4 datasets",
    }
    assert [text_of(link) for link in page.find("a", "empty__link")] == ["all datasets"]
    other = visitor.page("/datasets?q=forest&tag=weather")
    ways = {text_of(way[0]): text_of(way[1]) for way in other.find("li", "empty__way")}
    assert ways == {
        "without the word “forest”": "1 dataset",
        "without tag weather": "2 datasets",
        "all datasets": "4 datasets",
    }
    for words, count in ways.items():
        assert f"{visitor.page(other.link(words)).total} dataset" in count


def test_an_empty_catalog_says_what_to_do(browser_of, cast):
    visitor = browser_of(None).page("/datasets")
    assert visitor.texts("p", "empty__sentence") == ["There is nothing here that you may see yet."]
    assert visitor.link("Signing in") == "/sign-in?next=/datasets"
    assert (visitor.total, visitor.facets(), visitor.find("div", "pager")) == (0, {}, [])
    assert "catalog import FILE" in browser_of("alice").page("/datasets").texts("p", "empty__more")[0]


# Cards, table, twin


def test_a_card_tells_what_is_known(browser_of, given, cast):
    lab = given.organization("lab", title="Forest Lab")
    given.dataset(
        "trees",
        owner=cast.alice,
        organization=lab,
        visibility="internal",
        title="Tree cover",
        subtitle="Where trees stand",
        license=CC_BY,
        data_updated_text="2024-05",
        versions=[{"label": "1.11", "row_count": 13636, "file_size_bytes": 57_912_345}],
        assets=[{"kind": kind, "format": kind} for kind in ("csv", "zip", "xml", "json", "parquet")],
    )
    card = browser_of("carol").page("/datasets").find("li", "dataset_card")[0]
    assert text_of(card) == (
        "Tree cover Internal lab/trees @1.11 Where trees stand Forest Lab "
        "csv json parquet xml +1 more formats 13,636 rows 57.9 MB CC BY 4.0 Updated May 2024"
    )


def test_a_card_of_a_bare_record_makes_nothing_up(browser_of, given, cast):
    given.dataset("bare", owner=cast.alice, visibility="public", data_updated_text="unregelmäßig")
    page = browser_of(None).page("/datasets")
    assert text_of(page.find("li", "dataset_card")[0]) == (
        "bare Public alice/bare No description. Alice Almeida No licence stated Updated unregelmäßig"
    )
    assert "/users/alice" not in page.links()
    assert browser_of("bob").page("/datasets").link("Alice Almeida") == "/users/alice"


def test_the_table_shows_the_same_rows(browser_of, forest):
    visitor = browser_of(None)
    cards = visitor.page("/datasets?sort=name&tag=forest")
    table = visitor.page(cards.link("Table"))
    assert table.marked("data-slug") == cards.marked("data-slug") == ["fires", "tree_cover"]
    assert table.total == 2
    row = next(row for row in table.root.iter("tr") if row.get("data-slug") == "tree_cover")
    assert [text_of(cell) for cell in row][:6] == [
        "Tree cover",
        "tree_cover",
        "Forest Lab",
        "csv +1 more formats",
        "–not known",
        "–not known",
    ]
    assert visitor.page(table.link("Cards")).find("table", "table") == []


@pytest.mark.parametrize(
    "query",
    ["", "q=r&tag=land&tag=weather", "license=-&license=other&sort=-name&size=1&page=2", "size=1&page=99", "tag=none"],
)
def test_the_list_is_there_as_json(browser_of, client, forest, query):
    page = browser_of(None).page(f"/datasets?{query}")
    twin = page.link("JSON")
    assert twin == page.rel("alternate")
    answer = client.get(twin)
    assert answer.status_code == 200
    if "99" not in query:
        assert [row["dataset"] for row in answer.json["data"]] == page.marked("data-slug")
    assert int(answer.json["meta"]["total_items"]) == page.total


def test_a_list_with_unnamed_ones_has_no_twin_that_would_leave_them_out(browser_of, forest):
    page = browser_of("bob").page("/datasets?unnamed=1")
    assert page.rel("alternate") is None
    assert "JSON" not in page.links().values()


def test_the_address_tells_browsers_from_scripts(browser, client, forest):
    assert browser.get("/datasets").mimetype == "text/html"
    assert client.get("/datasets").mimetype == "application/json"
    for answer in (
        browser.get("/datasets"),
        client.get("/datasets"),
        browser.get("/datasets", headers={"Accept": "*/*"}),
    ):
        assert "Accept" in answer.vary
    head = client.head("/datasets", headers={"Accept": HTML})
    assert (head.status_code, head.mimetype, head.data) == (200, "text/html", b"")
