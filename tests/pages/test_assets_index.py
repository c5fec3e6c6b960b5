"""The list of assets in a browser."""

import pytest

from catalog.clock import now
from tests.support.pages import text_of


@pytest.fixture
def files(given, cast):
    """Four assets of datasets public, internal and private but shared with Bob, and one of an unnamed dataset."""
    lab = given.organization("lab", title="Forest Lab")
    given.dataset(
        "trees",
        owner=cast.alice,
        organization=lab,
        visibility="public",
        title="Tree cover",
        license="CC0",
        tags=["forest"],
        versions=["1.0", "2.0"],
        assets=[
            {
                "kind": "table",
                "format": "csv",
                "name": "Loss",
                "uri": "https://data.example/loss.csv",
                "version": "1.0",
            },
            {"kind": "S3 Bucket", "name": "Bucket", "uri": "s3://trees", "fields": ["a", "b"], "size_bytes": 1200},
        ],
    )
    given.dataset("staff", owner=cast.carol, visibility="internal", assets=[{"kind": "xlsx", "format": "xlsx"}])
    given.dataset("plans", owner=cast.alice, assets=[{"kind": "pdf", "name": "Plan"}], shared_with=[cast.bob])
    return given.dataset("any", owner=cast.alice, is_unnamed=True, assets=[{"kind": "csv", "name": "Scratch"}])


def names(page):
    """The names of the assets of a page."""
    return page.texts("a", "asset_row__link")


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (None, ["Bucket", "Loss"]),
        ("alice", ["Bucket", "Loss", "Plan", "xlsx"]),
        ("bob", ["Bucket", "Loss", "Plan", "xlsx"]),
        ("carol", ["Bucket", "Loss", "xlsx"]),
    ],
)
def test_each_sees_the_assets_of_the_datasets_they_may_see(browser_of, files, who, expected):
    page = browser_of(who).page("/assets?sort=name")
    assert (names(page), page.total, len(page.marked("data-uuid"))) == (expected, len(expected), len(expected))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=loss", ["Loss"]),
        ("q=data.example", ["Loss"]),
        ("q=tree+cover+bucket", ["Bucket"]),
        ("format=csv", ["Loss"]),
        ("format=-", ["Bucket", "Plan"]),
        ("type=S3+Bucket", ["Bucket"]),
        ("tag=forest", ["Bucket", "Loss"]),
        ("license=CC0-1.0", ["Bucket", "Loss"]),
        ("license=-", ["Plan", "xlsx"]),
        ("organization=lab", ["Bucket", "Loss"]),
        ("owner=carol", ["xlsx"]),
        ("visibility=private", ["Plan"]),
        ("ownership=sharedWithMe", ["Plan"]),
        ("ownership=ownedByMe", []),
        ("dataset=trees", ["Bucket", "Loss"]),
        ("dataset=trees&format=csv", ["Loss"]),
        ("dataset=nothing", []),
        ("updated=..2000", []),
    ],
)
def test_every_filter_narrows(browser_of, files, query, expected):
    page = browser_of("bob").page(f"/assets?sort=name&{query}")
    assert (names(page), page.notes) == (expected, [])


@pytest.mark.parametrize(
    ("sort", "expected", "words"),
    [
        ("name", ["Bucket", "Loss", "Plan", "xlsx"], "sorted by name"),
        ("-name", ["xlsx", "Plan", "Loss", "Bucket"], "sorted by name, Z to A"),
        ("created", ["Loss", "Bucket", "xlsx", "Plan"], "oldest here first"),
        ("-created", ["Plan", "xlsx", "Bucket", "Loss"], "newest here first"),
        ("updated", ["Loss", "Bucket", "xlsx", "Plan"], "longest not changed first"),
        ("-updated", ["Plan", "xlsx", "Bucket", "Loss"], "recently changed first"),
        ("dataset", ["Plan", "xlsx", "Loss", "Bucket"], "sorted by dataset"),
        ("-dataset", ["Bucket", "Loss", "xlsx", "Plan"], "sorted by dataset, Z to A"),
    ],
)
def test_sorts_and_says_so(browser_of, files, sort, expected, words):
    page = browser_of("bob").page(f"/assets?sort={sort}")
    selected = [option.get("value") for option in page.root.iter("option") if option.get("selected") is not None]
    assert (names(page), page.heading, selected) == (expected, f"4 assets, {words}", [sort])


def test_each_facet_counts_assets(browser_of, files):
    page = browser_of("bob").page("/assets")
    assert {name: page.counts(name) for name in page.facets()} == {
        "ownership": {"Everything I may see": 4, "Owned by me": 0, "Shared with me": 1},
        "format": {"csv": 1, "xlsx": 1, "not stated": 2},
        "type": {"S3 Bucket": 1, "csv": 1, "pdf": 1, "table": 1, "xlsx": 1},
        "tag": {"forest": 2},
        "organization": {"Forest Lab": 2, "not stated": 2},
        "license": {"CC0 1.0": 2, "not stated": 2},
        "year": {str(now().year): 4},
        "visibility": {"Public": 2, "Internal": 1, "Private": 1},
    }
    assert "ownership" not in browser_of(None).page("/assets").facets()


def test_narrows_by_several_facets_and_drops_them_by_chips(browser_of, files):
    bob = browser_of("bob")
    page = bob.page(bob.page("/assets?sort=name").value("tag", "forest"))
    page = bob.page(page.value("format", "csv"))
    assert page.heading == "1 asset, tagged forest, format csv, sorted by name"
    assert bob.page(page.link("Remove format csv")).total == 2
    assert bob.page(page.link("Clear all")).total == 4


def test_a_row_tells_what_is_known(browser_of, files):
    rows = browser_of(None).page("/assets?sort=name").find("li", "asset_row")
    assert [text_of(row) for row in rows] == [
        "Bucket s3://trees in Tree cover S3 Bucket @2.0 2 columns 1.2 kB",
        "Loss https://data.example/loss.csv in Tree cover csv table @1.0",
    ]


def test_the_assets_of_an_unnamed_dataset_come_when_they_are_asked_for(browser_of, files):
    alice = browser_of("alice")
    assert names(alice.page(f"/assets?dataset={files.slug}")) == []
    page = alice.page(f"/assets?dataset={files.slug}&unnamed=1")
    assert (names(page), page.rel("alternate")) == (["Scratch"], None)
    assert names(browser_of("bob").page(f"/assets?dataset={files.slug}&unnamed=1")) == []


def test_pages_are_links_that_lead_on_and_back(browser_of, files):
    bob = browser_of("bob")
    first = bob.page("/assets?sort=name&size=3")
    second = bob.page(first.rel("next"))
    assert (names(second), second.rel("next")) == (["xlsx"], None)
    assert names(bob.page(second.rel("prev"))) == ["Bucket", "Loss", "Plan"]
    past = bob.page("/assets?size=3&page=7")
    assert past.texts("p", "empty__sentence") == ["Page 7 is past the end of this list: there are 2 pages."]
    assert len(names(bob.page(past.link("Go to page 2, the last one")))) == 1


def test_no_hit_offers_ways_out_with_what_each_would_show(browser_of, files):
    bob = browser_of("bob")
    page = bob.page("/assets?q=loss&format=xlsx")
    ways = {text_of(way[0]): text_of(way[1]) for way in page.find("li", "empty__way")}
    assert ways == {"without the word “loss”": "1 asset", "without format xlsx": "1 asset", "all assets": "4 assets"}
    assert names(bob.page(page.link("without format xlsx"))) == ["Loss"]


def test_what_cannot_be_used_is_said(browser_of, files):
    page = browser_of(None).page("/assets?view=table&sort=size&foo=1&page=0&type=zzz")
    assert sorted(page.notes) == [
        "Sort: “size” is not one of updated, created, name, dataset, relevance, each also with a - before it.",
        "“0” is not a page of this list.",
        "“foo” is nothing that this page can be asked for.",
        "“view” is nothing that this page can be asked for.",
    ]


@pytest.mark.parametrize("query", ["sort=name", "sort=-dataset&q=tr", "q=tree", "format=csv&format=-&size=1&page=2"])
def test_the_list_is_there_as_json(browser_of, client, files, query):
    page = browser_of(None).page(f"/assets?{query}")
    answer = client.get(page.link("JSON"))
    assert [row["asset_id"] for row in answer.json["data"]] == page.marked("data-uuid")
    assert int(answer.json["meta"]["total_items"]) == page.total


def test_the_assets_of_one_dataset_have_no_twin_for_the_dialect_asks_for_a_version_too(browser_of, files):
    assert browser_of(None).page("/assets?dataset=trees").rel("alternate") is None
