"""The page of one dataset."""

from datetime import date

import pytest

from tests.support.given import PASSWORD
from tests.support.groups import EITHER
from tests.support.pages import text_of

pytestmark = EITHER

JULY = "2026-07-24T10:00:00Z"


def facts(page):
    """The facts of a page: term, value and note, as one text each."""
    return [text_of(fact) for fact in page.find("div", "fact_row__fact")]


def section(page, heading):
    """What the section under a heading says."""
    found = [one for one in page.root.iter("section") if one.get("aria-labelledby") == heading]
    return text_of(found[0]) if found else None


def why(page):
    """Why the reader sees it."""
    return page.texts("span", "why__words")[0]


@pytest.fixture
def trees(given, cast):
    """A dataset of which everything is known, shared with Bob."""
    lab = given.organization("lab", title="Forest Lab")
    return given.dataset(
        "tree_cover",
        owner=cast.alice,
        organization=lab,
        shared_with=[cast.bob],
        title="Tree cover",
        subtitle="Where trees stand",
        overview="## Method\n\nCounted **twice**. See [the paper](https://paper.example/a?b=1&c=2).",
        license="CC BY 4.0",
        cautions="Clouds *hide* trees.",
        citation="Lab (2026). *Tree cover.*",
        source="Field work",
        learn_more="https://trees.example",
        geographic_coverage="Global",
        update_frequency="Yearly",
        data_language="en",
        spatial_resolution=30.5,
        tags=["forest", "a&b"],
        issued_text="2020",
        data_updated_text="2026-07",
        versions=[
            {"label": "2025", "row_count": 900},
            {
                "label": "2026",
                "row_count": 13636,
                "file_size_bytes": 57_912_345,
                "content_start": date(2001, 1, 1),
                "content_end": date(2025, 12, 31),
            },
        ],
        assets=[
            {
                "kind": "csv",
                "format": "csv",
                "name": "Loss",
                "uri": "https://data.example/loss.csv",
                "is_default": True,
                "fields": [
                    {"name": "iso", "data_type": "string", "description": "Country"},
                    {"name": "ha", "unit": "ha"},
                ],
            },
            {"kind": "S3 Bucket", "name": "Tiles", "uri": "s3://tiles", "size_bytes": 3100, "version": "2025"},
        ],
    )


# Head, facts, sections


def test_shows_what_is_known(browser_of, trees):
    page = browser_of("bob").page("/datasets/tree_cover")
    assert (page.title, page.heading) == ("Tree cover", "Tree cover")
    assert page.texts("p", "page_head__lead") == ["Where trees stand"]
    assert page.texts("span", "badge")[0] == "Shared with you"
    assert "lab/tree_cover" in page.texts("div", "page_head__marks")[0]
    assert facts(page) == [
        "Organization Forest Lab",
        "Licence CC BY 4.0",
        facts(page)[2],
        "Rows 13,636",
        "Size 57.9 MB",
        "Format S3 Bucket, csv",
    ]
    assert facts(page)[2].startswith("Updated Jul 2026 record, ")
    assert page.link("Forest Lab") == "/organizations/lab"
    assert page.link("CC BY 4.0") == "/datasets?license=CC-BY-4.0"


def test_each_section_shows_its_part(browser_of, trees):
    page = browser_of("bob").page("/datasets/tree_cover")
    assert section(page, "overview") == "Overview Method Counted twice. See the paper."
    assert "https://paper.example/a?b=1&c=2" in page.links()
    assert section(page, "assets") == (
        "Assets Asset Format Version Columns Size Where it lies "
        "Loss default csv 2026 2 –not known https://data.example/loss.csv "
        "Tiles default S3 Bucket 2025 –not known 3.1 kB s3://tiles"
    )
    assert section(page, "columns") == (
        "Columns of Loss Name Description Unit iso string Country ha type not stated Not described. Unit ha"
    )
    assert section(page, "versions") == (
        "Versions Version Called in addresses Covers Assets Rows Size Downloads "
        "2026 latest v2026, 2026.0.0 1 Jan 2001 to 31 Dec 2025 1 13,636 57.9 MB 0 "
        "2025 v2025, 2025.0.0 –not known 1 900 3.1 kB 0"
    )
    assert section(page, "cautions") == "Cautions Clouds hide trees."
    assert section(page, "cite") == "Cite Lab (2026). Tree cover. Copy the citation"
    assert section(page, "tags") == "Tags forest a&b"
    assert page.link("a&b") == "/datasets?tag=a%26b"
    record = section(page, "record")
    for said in ("Coverage Global", "Updates Yearly", "Language en", "Resolution 30.5 m", "Issued 2020"):
        assert said in record
    assert f"Id {trees.public_id}" in record


def test_the_citation_is_copied_as_plain_text(browser_of, trees):
    page = browser_of("bob").page("/datasets/tree_cover")
    assert "Lab (2026). Tree cover." in page.marked("data-copy")


def test_a_bare_record_makes_nothing_up(browser_of, given, cast):
    given.dataset("bare", owner=cast.alice, visibility="public")
    page = browser_of(None).page("/datasets/bare")
    assert (page.title, page.heading) == ("bare", "bare")
    assert [one for one in facts(page) if "Updated" not in one] == [
        "Owner Alice Almeida",
        "Licence No licence stated",
        "Rows not counted",
        "Size not stated",
        "Format not stated",
    ]
    assert section(page, "overview") == "Overview No description."
    assert section(page, "assets") == "Assets No assets: the record does not say where its data lies."
    assert section(page, "columns") == "Columns No columns are described."
    assert section(page, "versions") == "Versions No versions."
    assert [name for name in ("cautions", "cite", "tags", "terms", "source", "publisher") if section(page, name)] == []
    assert "/users/alice" not in page.links()


def test_terms_that_have_no_short_name_are_shown_as_written(browser_of, given, cast):
    given.dataset(
        "data", owner=cast.alice, visibility="public", license="<p>Ask <b>us</b> first.</p><script>x()</script>"
    )
    page = browser_of(None).page("/datasets/data")
    assert facts(page)[1] == "Licence other terms as the publisher wrote them"
    assert (page.link("other terms"), section(page, "terms")) == ("#terms", "Licence, as written Ask us first.")


def test_a_storage_name_of_its_own_is_shown(browser_of, given, cast):
    thing = given.dataset("data", owner=cast.alice, is_unnamed=True)
    page = browser_of("alice").page(f"/datasets/{thing.slug}")
    assert "Name" not in section(page, "record").split()


# Why


@pytest.mark.parametrize(
    ("who", "visibility", "words"),
    [
        ("alice", "private", "You see this because it is yours."),
        ("alice", "public", "You see this because it is yours."),
        ("bob", "private", "You see this because you belong to Forest Lab, which owns it."),
        ("bob", "internal", "You see this because you belong to Forest Lab, which owns it."),
        ("carol", "internal", "You see this because you are signed in: everybody who is may see it."),
        ("carol", "public", "You see this because it is public: everybody may, signed in or not."),
        (None, "public", "You see this because it is public: everybody may, signed in or not."),
    ],
)
def test_says_why_one_sees_it(browser_of, given, cast, who, visibility, words):
    lab = given.organization("lab", title="Forest Lab", members={cast.bob: "viewer"})
    given.dataset("trees", owner=cast.alice, organization=lab, visibility=visibility)
    assert why(browser_of(who).page("/datasets/trees")) == words


def test_says_who_shared_it_with_whom_and_when(browser_of, given, cast, clock):
    lab = given.organization("lab", title="Forest Lab", members={cast.carol: "viewer"})
    clock.tick()
    given.dataset("trees", owner=cast.alice, shared_with=[cast.bob, lab])
    bob = browser_of("bob").page("/datasets/trees")
    assert why(bob) == "You see this because Alice Almeida shared it with you on 9 May 2100."
    assert bob.link("Alice Almeida") == "/users/alice"
    carol = browser_of("carol").page("/datasets/trees")
    assert why(carol) == (
        "You see this because Alice Almeida shared it with Forest Lab, to which you belong, on 9 May 2100."
    )
    assert carol.link("Forest Lab") == "/organizations/lab"


# Much of it


def test_of_many_assets_the_first_are_shown_and_all_are_linked(browser_of, given, cast):
    assets = [{"kind": "csv", "name": f"part {number:03}"} for number in range(315)]
    given.dataset("parts", owner=cast.alice, visibility="public", assets=assets)
    visitor = browser_of(None)
    page = visitor.page("/datasets/parts")
    assert section(page, "assets").startswith("Assets the first 50 of 315 Search all 315 ")
    assert len(page.marked("data-uuid")) == 50
    everything = visitor.page(page.link("Search all 315"))
    assert everything.total == 315
    assert everything.heading == "315 assets, in parts, newest here first"


def test_all_assets_of_an_unnamed_dataset_are_linked(browser_of, given, cast):
    thing = given.dataset("any", owner=cast.alice, is_unnamed=True, assets=[{"kind": "csv"}] * 60)
    alice = browser_of("alice")
    page = alice.page(f"/datasets/{thing.slug}")
    assert alice.page(page.link("Search all 60")).total == 60


def test_the_columns_are_those_of_the_default_asset_wherever_it_stands(browser_of, given, cast):
    assets = [{"kind": "csv", "name": f"part {number}"} for number in range(60)]
    assets.append({"kind": "csv", "name": "main", "is_default": True, "fields": [f"f{number}" for number in range(70)]})
    given.dataset("parts", owner=cast.alice, visibility="public", assets=assets)
    visitor = browser_of(None)
    page = visitor.page("/datasets/parts")
    assert section(page, "columns").startswith("Columns of main, the first 50 of 70 Show all Name ")
    assert len(visitor.page(page.link("Show all")).find("tr", "field_table__row")) == 70


def test_of_many_versions_the_newest_are_shown(browser_of, given, cast):
    given.dataset("data", owner=cast.alice, visibility="public", versions=[f"1.{number}" for number in range(60)])
    page = browser_of(None).page("/datasets/data")
    assert section(page, "versions").startswith("Versions the newest 50 of 60 Version ")
    assert " 1.59 latest " in section(page, "versions")


def test_a_long_overview_is_opened_by_a_link(browser_of, given, cast):
    text = "\n\n".join(f"Paragraph {number} " + "word " * 40 for number in range(100))
    given.dataset("long", owner=cast.alice, visibility="public", overview=text)
    visitor = browser_of(None)
    page = visitor.page("/datasets/long")
    assert "Paragraph 5 " in section(page, "overview")
    assert "Paragraph 60 " not in section(page, "overview")
    opened = visitor.page(page.link(f"Show all {len(text.strip()):,} characters"))
    assert "Paragraph 99 " in section(opened, "overview")
    assert not [words for words in opened.links().values() if words.startswith("Show all")]


def test_a_very_long_title_is_cut_in_the_head_and_kept_whole(browser_of, given, cast):
    title = "Very " * 300 + "long"
    given.dataset("long", owner=cast.alice, visibility="public", title=title)
    page = browser_of(None).page("/datasets/long")
    assert len(page.title) <= 70
    assert page.texts("summary", "page_head__open") == [f"Show the whole title, {len(title):,} characters"]


def test_texts_in_every_script_keep_their_direction(browser_of, given, cast):
    given.dataset("data", owner=cast.alice, visibility="public", title="غابات العالم", overview="مرحبا")
    page = browser_of(None).page("/datasets/data")
    assert next(page.root.iter("h1")).get("dir") == "auto"
    assert page.find("div", "prose")[0].get("dir") == "auto"


def test_images_of_records_become_links(browser_of, given, cast):
    text = "![A map](https://maps.example/a.png) <img src='https://maps.example/b.png' alt='B' onerror='x()'>"
    given.dataset("data", owner=cast.alice, visibility="public", overview=text)
    links = browser_of(None).page("/datasets/data").links()
    assert {"https://maps.example/a.png", "https://maps.example/b.png"} <= set(links)


# Where it is


@pytest.mark.parametrize(("who", "status"), [("alice", 301), ("bob", 301), ("carol", 404), (None, 404)])
def test_a_former_name_leads_on_only_where_one_may_see_it(browser_of, given, trees, who, status):
    given.rename(trees, "canopy")
    answer = browser_of(who).get("/datasets/tree_cover?overview=all")
    assert answer.status_code == status
    assert answer.headers.get("Location") == ("/datasets/canopy" if status == 301 else None)


@pytest.mark.parametrize(
    ("referrer", "words", "href"),
    [
        ("http://localhost/datasets?q=forest&page=2", "Back to results for “forest”", "/datasets?q=forest&page=2"),
        ("http://localhost/datasets?tag=a", "Back to the list", "/datasets?tag=a"),
        ("http://localhost/datasets", None, None),
        ("http://localhost/assets?q=x", None, None),
        ("http://evil.example/datasets?q=forest", None, None),
        ("http://localhost.evil.example/datasets?q=forest", None, None),
        ("http://localhost@evil.example/datasets?q=forest", None, None),
        ("//evil.example/datasets?q=forest", None, None),
        ("http://[broken/datasets?q=x", None, None),
        ("javascript:alert(1)//localhost/datasets?q=x", None, None),
    ],
)
def test_leads_back_to_the_list_that_the_reader_came_from_and_nowhere_else(browser_of, trees, referrer, words, href):
    page = browser_of("bob").page("/datasets/tree_cover", headers={"Referer": referrer})
    back = [(text_of(link), link.get("href")) for link in page.find("a", "breadcrumbs__back")]
    assert back == ([(words, href)] if words else [])
    assert "evil" not in page.answer.text


def test_opening_it_counts_as_access_and_lists_do_not(app, browser_of, trees):
    tally = app.extensions["catalog_tally"]
    bob = browser_of("bob")
    tally._seen.clear()
    bob.page("/datasets")
    assert [kind for kind, _ in tally._seen if kind == "dataset"] == []
    bob.page("/datasets/tree_cover")
    assert ("dataset", trees.id) in tally._seen


def test_an_administrator_sees_what_its_user_may(browser, given, cast, trees):
    given.user("olga", password=PASSWORD, is_admin=True)
    browser.sign_in("olga", PASSWORD)
    assert browser.get("/datasets/tree_cover").status_code == 404
