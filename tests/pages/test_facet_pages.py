"""GET /datasets/facets/<name> and /assets/facets/<name>: the values of one facet, to be looked through."""

import pytest

from catalog.listing import indexed as indexed_module
from catalog.listing import values as values_module
from catalog.pages import values as drawn_module
from tests.support.pages import Page


def values(page: Page) -> dict[str, int]:
    """The values that a page shows, in order, and their counts."""
    return {value.label: value.count for value in page.values()}


def chosen(page: Page) -> list[str]:
    """The values that are marked as chosen."""
    return [value.label for value in page.values() if value.is_chosen]


def way(page: Page, label: str) -> str:
    """Where a value leads."""
    return next(value.href for value in page.values() if value.label == label)


@pytest.fixture
def forest(given, cast):
    """Datasets of several people, with tags, formats, licences and organizations."""
    lab = given.organization("lab", title="Institut für Wälder", members={cast.alice: "admin"})
    csv, zipped, bare = {"kind": "csv", "format": "csv"}, {"kind": "x", "format": "zip"}, {"kind": "S3 Bucket"}
    said = {"owner": cast.alice, "visibility": "public"}
    given.dataset("trees", organization=lab, tags=["Forêt", "land"], assets=[csv, csv, zipped], license="MIT", **said)
    given.dataset("fires", tags=["forest fire", "land", "a&b=c"], assets=[csv], license="CC BY 4.0", **said)
    given.dataset("rain", tags=["weather"], assets=[bare], **said)
    given.dataset("plans", owner=cast.alice, tags=["secret", "land"], shared_with=[cast.bob])
    given.dataset("scratch", owner=cast.alice, tags=["unnamed"], is_unnamed=True)


@pytest.fixture(params=["by the database", "by the index"])
def counting(request, monkeypatch):
    """Who counts: small catalogues are counted by the database, large ones by the index."""
    if request.param == "by the index":
        monkeypatch.setattr(indexed_module, "SMALL", -1)


def test_shows_every_value_with_its_count_the_most_frequent_first(browser_of, forest, counting):
    page = browser_of(None).page("/datasets/facets/tag")
    assert list(values(page).items()) == [("land", 2), ("Forêt", 1), ("a&b=c", 1), ("forest fire", 1), ("weather", 1)]
    assert (page.heading, page.total, page.notes) == ("5 tags of datasets", 5, [])
    formats = browser_of(None).page("/datasets/facets/format")
    assert list(values(formats).items()) == [("csv", 2), ("zip", 1), ("not stated", 1)]


def test_says_where_there_are_more_values_than_it_tells_apart(browser_of, forest, monkeypatch):
    for module in (indexed_module, values_module, drawn_module):
        monkeypatch.setattr(module, "ALL_VALUES", 2)
    by_database = browser_of(None).page("/datasets/facets/tag")
    assert (by_database.total, by_database.notes) == (5, [])
    monkeypatch.setattr(indexed_module, "SMALL", -1)
    page = browser_of(None).page("/datasets/facets/tag?size=30")
    assert page.notes == ["Only the 2 most frequent tags are looked through: there are more."]
    assert page.total == 2
    rare = browser_of(None).page("/datasets?tag=weather")
    assert (rare.chosen("tag"), rare.counts("tag")["weather"]) == (["weather"], 1)


@pytest.mark.parametrize(("who", "expected"), [(None, 2), ("carol", 2), ("bob", 3), ("alice", 3)])
def test_counts_what_the_viewer_may_see(browser_of, forest, counting, who, expected):
    found = values(browser_of(who).page("/datasets/facets/tag"))
    assert (found["land"], "secret" in found) == (expected, expected == 3)
    assert "unnamed" not in found
    mine = browser_of(who).page("/datasets/facets/tag?unnamed=1")
    assert ("unnamed" in values(mine)) == (who == "alice")


def test_counts_under_the_other_filters_and_as_if_nothing_were_chosen_in_it(browser_of, forest, counting):
    page = browser_of(None).page("/datasets/facets/tag?tag=weather&tag=nothing&format=csv&organization=lab")
    assert values(page) == {"land": 1, "Forêt": 1}
    assert page.heading == "2 tags of datasets, organization Institut für Wälder, format csv"
    searched = browser_of(None).page("/datasets/facets/format?q=trees")
    assert values(searched) == {"csv": 1, "zip": 1}
    assert searched.heading == "2 formats of datasets matching “trees”"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("tag?find=FORET", ["Forêt"]),
        ("tag?find=for", ["Forêt", "forest fire"]),
        ("tag?find=ire+est", ["forest fire"]),
        ("tag?find=%26b%3D", ["a&b=c"]),
        ("tag?find=.*", []),
        ("tag?find=-", []),
        ("organization?find=walder", ["Institut für Wälder"]),
        ("organization?find=lab", ["Institut für Wälder"]),
        ("organization?find=not", ["not stated"]),
        ("license?find=by", ["CC BY 4.0"]),
        ("license?find=cc-by-4", ["CC BY 4.0"]),
        ("format?find=%20ZIP%20", ["zip"]),
        ("visibility?find=pub", ["Public"]),
    ],
)
def test_finds_any_part_of_a_value_or_its_name_whatever_the_case_and_accents(
    browser_of, forest, counting, address, expected
):
    assert list(values(browser_of(None).page(f"/datasets/facets/{address}"))) == expected


def test_a_value_leads_back_to_the_list_with_it_or_without_it(browser_of, forest):
    visitor = browser_of(None)
    page = visitor.page("/datasets/facets/tag?q=in&tag=land&format=csv&sort=name&size=10&view=table&find=r&page=1")
    assert way(page, "Forêt") == ("/datasets?q=in&tag=land&tag=For%C3%AAt&format=csv&sort=name&size=10&view=table")
    assert page.link("Back to the list") == "/datasets?q=in&tag=land&format=csv&sort=name&size=10&view=table"
    page = visitor.page("/datasets/facets/tag?tag=land&tag=weather&sort=name")
    assert chosen(page) == ["land", "weather"]
    without = visitor.page(way(page, "land"))
    assert without.marked("data-slug") == ["rain"]
    more = visitor.page(way(page, "a&b=c"))
    assert (more.marked("data-slug"), more.chosen("tag")) == (["fires", "rain", "trees"], ["land", "a&b=c", "weather"])


def test_what_is_chosen_stands_above_and_can_be_removed_in_place(browser_of, forest):
    bob = browser_of("bob")
    page = bob.page("/datasets/facets/tag?tag=land&tag=nothing&organization=lab&ownership=sharedWithMe&find=l")
    assert page.texts("span", "chips__words") == [
        "tag land",
        "tag nothing",
        "organization Institut für Wälder",
        "Shared with me",
    ]
    less = page.link("Remove organization Institut für Wälder")
    assert less == "/datasets/facets/tag?tag=land&tag=nothing&ownership=sharedWithMe&find=l"
    assert list(values(bob.page(less))) == ["land"]
    assert page.link("Clear all") == "/datasets/facets/tag?find=l"


def test_its_form_keeps_what_the_list_is_narrowed_to(browser_of, forest):
    page = browser_of(None).page("/datasets/facets/tag?tag=land&sort=name&find=for&page=3")
    form = next(form for form in page.root.iter("form") if form.get("action") == "/datasets/facets/tag")
    sent = {(field.get("name"), field.get("value")) for field in form.iter("input")}
    assert sent == {("tag", "land"), ("sort", "name"), ("find", "for")}
    assert page.link("Show all") == "/datasets/facets/tag?tag=land&sort=name"


def test_long_ones_come_by_pages(browser_of, given, cast, counting):
    tags = [f"t{number:04}" for number in range(1300)]
    given.dataset("first", owner=cast.alice, visibility="public", tags=tags)
    given.dataset("second", owner=cast.alice, visibility="public", tags=tags[700:])
    visitor = browser_of(None)
    page = visitor.page("/datasets/facets/tag?size=5")
    assert page.heading == "1,300 tags of datasets"
    shown = list(values(page))
    while following := page.rel("next"):
        page = visitor.page(following)
        shown += list(values(page))
    assert shown == [*tags[700:], *tags[:700]]
    assert values(visitor.page("/datasets/facets/tag?find=t0042")) == {"t0042": 1}
    past = visitor.page("/datasets/facets/tag?page=99&find=t")
    assert "Page 99 is past the end of this list: there are 11 pages." in past.answer.text


def test_a_chosen_value_is_counted_right_however_rare_it_is(browser_of, given, cast, monkeypatch):
    """Beside a list the index tells only the most frequent values apart."""
    monkeypatch.setattr(indexed_module, "SMALL", -1)
    given.dataset("first", owner=cast.alice, visibility="public", tags=[f"t{number:04}" for number in range(1300)])
    given.dataset("second", owner=cast.alice, visibility="public", tags=[f"t{number:04}" for number in range(1299)])
    page = browser_of(None).page("/datasets?tag=t1299")
    assert (page.total, page.counts("tag")["t1299"]) == (1, 1)
    assert page.link("Show all 1,300 of Tag") == "/datasets/facets/tag?tag=t1299"
    assert browser_of(None).page("/datasets").link("Show all of Tag") == "/datasets/facets/tag"


def test_assets_have_the_same_counted_in_assets(browser_of, forest):
    visitor = browser_of(None)
    assert values(visitor.page("/assets/facets/format")) == {"csv": 3, "not stated": 1, "zip": 1}
    types = visitor.page("/assets/facets/type?format=zip&format=-&find=s3&dataset=rain")
    assert (types.heading, values(types)) == (
        "1 type with “s3” of assets, format zip or not stated, in rain",
        {"S3 Bucket": 1},
    )
    assert visitor.page(way(types, "S3 Bucket")).heading.startswith("1 asset, format zip or not stated, type S3 Bucket")
    assert types.link("Back to the list") == "/assets?format=zip&format=-&dataset=rain"
    assert values(visitor.page("/assets/facets/tag?tag=land")) == {
        "land": 4,
        "Forêt": 3,
        "a&b=c": 1,
        "forest fire": 1,
        "weather": 1,
    }


@pytest.mark.parametrize("name", ["owner", "ownership", "colour", "Tag", "tags", "unnamed"])
def test_there_is_no_page_of_what_is_no_facet(browser_of, forest, name):
    for path in (f"/datasets/facets/{name}", f"/assets/facets/{name}", "/datasets/facets"):
        assert browser_of(None).get(path).status_code == 404


def test_what_finds_nothing_says_so_and_leads_on(browser_of, forest):
    visitor = browser_of(None)
    page = visitor.page("/datasets/facets/tag?find=zebra&format=csv&colour=red")
    assert page.heading == "0 tags with “zebra” of datasets, format csv"
    assert page.notes == ["“colour” is nothing that this page can be asked for."]
    assert list(values(visitor.page(page.link("all tags")))) == ["land", "Forêt", "a&b=c", "forest fire"]
    empty = visitor.page("/datasets/facets/tag?format=xml")
    assert empty.link("back to the list") == "/datasets?format=xml"
