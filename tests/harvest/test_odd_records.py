"""Records as people write them: refused only where they cannot be kept, remarked on where they are odd."""

import json

import pytest

from catalog.changes.settling import FIRST
from catalog.harvest.parsing import LINE_LIMIT
from tests.support.groups import EITHER
from tests.support.importing import asset, record

pytestmark = EITHER

BOM = b"\xef\xbb\xbf"
HALF = "\ud83c"


def line(**said):
    return json.dumps({"dataset": "trees", **said}).encode()


def nested(depth):
    return b'{"dataset": "trees", "deep": ' + b"[" * depth + b"]" * depth + b"}"


# Refused


NO_NAME = "refused: no usable name: dataset, metadata.title and provenance.native_id say nothing"
BAD = {
    "a text": (b'"trees"', "2 : refused: not a JSON object"),
    "a list": (b"[]", "2 : refused: not a JSON object"),
    "nothing": (b"null", "2 : refused: not a JSON object"),
    "no name": (b"{}", f"2 : {NO_NAME}"),
    "blank names": (b'{"dataset": " ", "metadata": {"title": "\\u200b"}}', f"2 : {NO_NAME}"),
    "text for versions": (line(versions="1.0"), "2 trees: refused: versions is not a list"),
    "text for assets": (line(assets="https://example.org"), "2 trees: refused: assets is not a list"),
    "text for tags": (line(metadata={"tags": "green, tall"}), "2 trees: refused: tags is not a list"),
    "text for fields": (line(assets=[asset(fields="height")]), "2 trees: refused: fields is not a list"),
    "number for an asset": (
        line(assets=[asset(), 7]),
        "2 trees: refused: asset 2: neither an object nor an address",
    ),
    "too long": (line(pad="x" * LINE_LIMIT), "2 : refused: the record is longer than 4,000,000 bytes"),
    "deep": (nested(255), "2 trees: refused: nested too deeply"),
    "deeper": (nested(950), "2 trees: refused: nested too deeply"),
    "bottomless": (nested(100_000), "2 : refused: nested too deeply"),
}


@pytest.mark.parametrize(
    ("bad", "column"),
    [
        (b"{", 2),
        (b"rees", 1),
        (b'{"dataset": "trees", "n": NaN}', 27),
        (b'{"dataset": "trees"} {}', 22),
        ('{"dataset": "Bäume"}'.encode("latin-1"), 1),
    ],
)
def test_what_is_not_json_is_refused_with_the_place_of_its_fault(importing, slugs, bad, column):
    run = importing(record("oak"), bad, record("elm"))
    (said,) = run.said
    assert said.startswith("2 : refused: not JSON: ")
    assert said.endswith(f", at column {column}")
    assert (run.line, slugs()) == ("created 2, updated 0, unchanged 0, refused 1", ["elm", "oak"])


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_kept_is_refused_and_the_others_are_kept(importing, slugs, kind):
    bad, said = BAD[kind]
    run = importing(record("oak"), bad, record("elm"))
    assert (run.line, run.said) == ("created 2, updated 0, unchanged 0, refused 1", [said])
    assert slugs() == ["elm", "oak"]


def test_a_record_of_four_million_bytes_is_kept(importing):
    bare = line(pad="")
    assert importing(line(pad="x" * (LINE_LIMIT - len(bare))) + b"\r\n").line.startswith("created 1,")


def test_deep_values_are_kept_and_changed(importing, held):
    """A change of them is journalled, which nests them deeper."""
    importing(nested(245))
    assert importing(nested(246)).line == "created 0, updated 1, unchanged 0, refused 0"
    assert json.dumps(held("trees")["extra"]["deep"]) == "[" * 246 + "]" * 246


def test_a_file_of_nothing_but_faults_is_read_to_its_end(importing):
    assert importing(*[b"["] * 2_500, record("oak")).line == "created 1, updated 0, unchanged 0, refused 2500"


def test_blank_lines_are_passed_over_and_counted_as_lines(importing):
    run = importing(b"\n", b"  \r\n", b"[]")
    assert (run.line, run.said) == (
        "created 0, updated 0, unchanged 0, refused 1",
        ["3 : refused: not a JSON object"],
    )


# Names


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ({"dataset": "Trees of Bonn"}, "trees_of_bonn"),
        ({"dataset": None, "metadata": {"title": "Bäume in Köln"}}, "baume_in_koln"),
        ({"provenance": {"native_id": "urn:7"}}, "urn_7"),
        ({"dataset": "latest"}, "latest_2"),
        ({"dataset": "c3"}, "d_c3"),
        ({"dataset": "x" * 300}, "x" * 200),
        ({"dataset": 2015}, "d_2015"),
    ],
)
def test_a_record_without_a_slug_is_called_by_what_it_has(importing, slugs, said, slug):
    importing(said)
    assert slugs() == [slug]


# Odd, and kept


def test_a_byte_order_mark_is_passed_over(importing, slugs):
    assert importing(BOM + line()).line == "created 1, updated 0, unchanged 0, refused 0"
    assert slugs() == ["trees"]


def test_invisible_characters_are_left_out_of_texts(importing, held):
    importing(line(metadata={"title": "Tr\x00ees\u200b \u202eand\r\nmore"}, organization="Ci\x00ty"), is_by_record=True)
    assert (held("trees")["title"], held("trees")["organization"]) == ("Trees and\nmore", "city")


def test_what_no_column_holds_is_kept_as_it_is(importing, held):
    extra = {"a": "b\x00c", "n": None, "list": [1, 2.5, {"x": True}], "big": 18446744073709551615, "": "empty"}
    importing(line(extra=extra, licence="MIT"))
    assert held("trees")["extra"] == extra | {"licence": "MIT"}
    assert importing(line(extra=extra, licence="MIT")).line.startswith("created 0, updated 0, unchanged 1")


def test_half_a_character_is_replaced(importing, held):
    said = line(metadata={"title": f"Trees {HALF}"}, extra={HALF: HALF})
    run = importing(said)
    assert (run.line, run.said) == (
        "created 1, updated 0, unchanged 0, refused 0, warnings 1",
        ["1 trees: warning: half a character was replaced by \ufffd"],
    )
    assert (held("trees")["title"], held("trees")["extra"]) == ("Trees \ufffd", {"\ufffd": "\ufffd"})
    assert importing(said).line == "created 0, updated 0, unchanged 1, refused 0, warnings 1"


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9" * 400])
def test_a_number_beyond_every_range_is_kept_as_a_text(importing, held, number):
    run = importing(f'{{"dataset": "trees", "n": {number}}}'.encode())
    assert run.said == [f"1 trees: warning: the number {number[:20]} is beyond every range; kept as a text"]
    assert held("trees")["extra"] == {"n": number}


def test_dates_that_are_none_are_kept_as_written(importing, held):
    run = importing(line(created_on="when the trees came", updated_on="2024-02-31"))
    assert run.said == [
        "1 trees: warning: created_on 'when the trees came' is not a date; kept as written",
        "1 trees: warning: updated_on '2024-02-31' is not a date; kept as written",
    ]
    assert held("trees")["issued_text"] == "when the trees came"


def test_a_licence_that_nobody_knows_is_kept(importing, held):
    run = importing(line(metadata={"license": "Ask the mayor"}))
    assert run.said == ["1 trees: warning: the licence is none that has a short name; kept as written"]
    assert (held("trees")["license"], held("trees")["license_id"]) == ("Ask the mayor", None)


def test_what_is_no_text_is_kept_as_one(importing, held):
    run = importing(
        line(metadata={"title": ["Trees", "Woods"], "overview": {"de": "Bäume"}, "tags": [7, None, "green"]})
    )
    assert run.said == [
        "1 trees: warning: metadata.title is not a text; kept as written",
        "1 trees: warning: metadata.overview is not a text; kept as written",
        "1 trees: warning: a tag is not a text; kept as written",
    ]
    stored = held("trees")
    assert (stored["title"], stored["overview"], stored["tags"]) == ("Trees, Woods", '{"de": "Bäume"}', ["7", "green"])


def test_what_is_no_object_is_kept_beside(importing, held):
    run = importing(line(metadata="about trees", provenance=["city"], extra=7))
    assert run.report.warnings == 3
    assert held("trees")["extra"] == {"metadata": "about trees", "provenance": ["city"], "extra": 7}


def test_values_that_no_column_takes_are_kept_beside_it(importing, held):
    run = importing(
        line(
            metadata={"spatial_resolution": "30 m"},
            is_downloadable="perhaps",
            versions=[
                {"version": "1.0", "row_count": "many", "content_date": "soon", "status": "odd", "is_latest": "yes"}
            ],
            assets=[asset(size_in_bytes="3 KB", status="odd", is_default=1, fields=[{"name": "h", "is_filter": "no"}])],
        )
    )
    assert run.report.warnings == 10
    stored = held("trees")
    assert (stored["spatial_resolution"], stored["extra"]) == (
        None,
        {"spatial_resolution": "30 m", "is_downloadable": "perhaps"},
    )
    version = stored["versions"]["1.0"]
    assert version["metadata"] == {"row_count": "many", "content_date": "soon", "status": "odd", "is_latest": "yes"}
    assert version["assets"][0]["metadata"] == {"size_in_bytes": "3 KB", "status": "odd", "is_default": 1}


def test_a_date_that_says_less_than_a_day_is_kept_as_written_beside_it(importing, held):
    importing(line(versions=[{"version": "1.0", "content_date": "2015"}]))
    assert held("trees")["versions"]["1.0"]["metadata"] == {"content_date": "2015"}


@pytest.mark.parametrize(
    ("said", "count"),
    [(12, 12), ("12", 12), (12.0, 12), (2**63 - 1, 2**63 - 1), (0, 0)]
    + [(value, None) for value in (2**63, -1, 1.5, True, "1_000", "twelve", [1], "9" * 5000, "")],
)
def test_counts_are_whole_numbers_that_a_database_holds(importing, held, said, count):
    importing(line(versions=[{"version": "1.0", "row_count": said}]))
    assert held("trees")["versions"]["1.0"]["row_count"] == count


def test_sums_that_no_database_holds_are_unknown(importing, held):
    importing(line(assets=[asset(uri=str(n), size_in_bytes=2**63 - 1) for n in range(2)]))
    importing(line(assets=[asset(num_examples={"train": 2**63 - 1, "test": 1})]).replace(b"trees", b"rows"))
    assert held("trees")["versions"][FIRST]["file_size_bytes"] is None
    assert held("rows")["versions"][FIRST]["row_count"] is None


def test_a_dataset_may_have_more_rows_than_there_are_people(importing, held):
    importing(line(versions=[{"version": "1.0", "row_count": 8_200_000_000}]))
    assert held("trees")["item_count"] == 8_200_000_000


def test_long_names_fit_into_the_indexes(importing, slugs):
    characters = "".join(chr(0x20000 + n % 40_000) for n in range(0, 2_000 * 37, 37))
    run = importing(
        line(
            metadata={"title": characters, "tags": [characters], "license": characters},
            organization=characters,
            provenance={"source": characters, "native_id": characters, "path": characters},
            versions=[{"version": characters, "task_categories": [characters]}],
            assets=[asset(characters, characters, format=characters, version=characters)],
        ),
        is_by_record=True,
    )
    assert run.line.startswith("created 1,")


# Versions and assets


def test_versions_may_be_labels_numbers_or_objects(importing, held):
    run = importing(line(versions=["1.0", 2015, {"version": "Release 55"}, None, {"version": ""}, {}]))
    assert run.said == [
        "1 trees: warning: a version is not a text; kept as written",
        "1 trees: warning: a version without a name; not used",
    ]
    assert list(held("trees")["versions"]) == ["1.0", "Release 55", "2015"]


def test_a_label_given_twice_is_one_version(importing, held):
    twice = [{"version": "1.0", "row_count": 1}, {"version": "1.0", "row_count": 2}]
    assert importing(line(versions=["1.0", "1.0"])).said == []
    assert importing(line(versions=twice)).said == [
        "1 trees: warning: version 1.0 is described twice; the first counts"
    ]
    assert held("trees")["versions"]["1.0"]["row_count"] == 1


@pytest.mark.parametrize("label", ["latest", "LATEST"])
def test_the_label_latest_names_no_version_of_its_own(importing, held, label):
    importing(line(versions=[label, "1.0"]))
    versions = held("trees")["versions"]
    assert {name: (one["names"], one["is_latest"]) for name, one in versions.items()} == {
        label: (("v0", "0.0.1"), True),
        "1.0": (("v1.0", "1.0.0"), False),
    }


def test_a_version_that_only_assets_name_is_a_version(importing, held):
    importing(line(versions=["1.0"], assets=[asset("CSV", version="2.0"), asset("ZIP")]))
    kinds = {label: [one["kind"] for one in version["assets"]] for label, version in held("trees")["versions"].items()}
    assert kinds == {"1.0": [], "2.0": ["CSV", "ZIP"]}


def test_assets_without_a_version_make_the_first_one(importing, held):
    importing(line(assets=[asset("CSV")]))
    versions = held("trees")["versions"]
    assert [(one["names"], one["is_latest"]) for one in versions.values()] == [(("v1", "1.0.0"), True)]


def test_a_record_without_versions_and_assets_has_neither(importing, held):
    importing(line())
    assert held("trees")["versions"] == {}


def test_assets_without_a_version_belong_to_the_latest(importing, held):
    importing(line(versions=[{"version": "1.0", "is_latest": True}, "2.0"], assets=[asset("CSV")]))
    assert [one["kind"] for one in held("trees")["versions"]["1.0"]["assets"]] == ["CSV"]


@pytest.mark.parametrize(("flags", "default"), [((False, False), 0), ((False, True), 1), ((True, True), 0)])
def test_one_asset_of_a_version_is_the_default(importing, held, flags, default):
    importing(line(assets=[asset(uri=str(n), is_default=flag) for n, flag in enumerate(flags)]))
    stored = held("trees")["versions"][FIRST]["assets"]
    assert [n for n, one in enumerate(stored) if one["is_default"]] == [default]


def test_an_asset_may_be_no_more_than_an_address(importing, held):
    run = importing(line(assets=["https://example.org/a.csv"]))
    assert run.said[0] == "1 trees: warning: asset 1: a text; taken as its address"
    assert held("trees")["versions"][FIRST]["assets"][0]["uri"] == "https://example.org/a.csv"


def test_what_an_asset_says_beside_is_kept(importing, held):
    said = {"name": "A", "title": "Table A", "format": "CSV", "mediatype": "text/csv", "bands": [1]}
    importing(line(assets=[asset("table", **said), asset("table", title="Table B")]))
    first, second = held("trees")["versions"][FIRST]["assets"]
    assert (first["name"], first["metadata"]) == ("A", {"title": "Table A", "mediatype": "text/csv", "bands": [1]})
    assert (second["name"], second["metadata"]) == ("Table B", None)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"config": "en", "path": "a/b.csv"}, "en"),
        ({"path": "a/b.csv"}, "a/b.csv"),
        ({"name": " ", "title": "B", "config": "en"}, "B"),
        ({}, None),
    ],
)
def test_an_asset_is_called_by_the_first_that_it_has(importing, held, said, name):
    importing(line(assets=[asset("table", **said)]))
    assert held("trees")["versions"][FIRST]["assets"][0]["name"] == name


def test_fields_may_be_names(importing, held):
    importing(line(assets=[asset(fields=["height", {"name": "width"}, 7, None, {"alias": "nameless"}])]))
    assert held("trees")["versions"][FIRST]["assets"][0]["fields"] == ["height", "width", "7"]


def test_warnings_do_not_keep_a_record_from_being_unchanged(importing):
    odd = line(metadata={"license": "Ask the mayor"})
    importing(odd)
    assert importing(odd).line == "created 0, updated 0, unchanged 1, refused 0, warnings 1"
