"""HTML of any quality read as tags and texts."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.vocabulary.tags import Tag, end_of_tag, read_tags

MANY = settings(max_examples=20 * settings.default.max_examples)


def opening(name: str, **attributes: str) -> Tag:
    return Tag(name, True, attributes)


def closing(name: str) -> Tag:
    return Tag(name, False, {})


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("plain &amp; text", ["plain & text"]),
        ("<P>a</p>", [opening("p"), "a", closing("p")]),
        ("a<br/>b", ["a", opening("br"), "b"]),
        ("<a HREF='x y' title=z>", [opening("a", href="x y", title="z")]),
        ('<a href="a>b&amp;c">', [opening("a", href="a>b&c")]),
        ("<a href=1 href=2>", [opening("a", href="1")]),
        ("<p =junk= \"'>", [opening("p", junk="")]),
        ("<!-- <p> -->a<!doctype html>b<?xml x?>c", ["a", "b", "c"]),
        ("<o:p>a</o:p>", ["a"]),
    ],
)
def test_reads_tags_and_texts(html, expected):
    assert list(read_tags(html)) == expected


@pytest.mark.parametrize(
    "html",
    [
        *("a < b", "a <3", "<year>", "</year>", "<https://example.org>", "<", "<p", "<p <", "a <b", "<!-- x", "<!"),
        *("<my-tag>", "x<y>z", "<b 'open"),
    ],
)
def test_what_is_no_tag_is_text(html):
    assert "".join(read_tags(html)) == html


@pytest.mark.parametrize(
    "html",
    [
        "a<script>alert('</p>')</script>b",
        "a<STYLE>p { color: red }</Style >b",
        "a<svg><p>x</p></svg>b",
        "a<textarea><script></textarea>b",
        "a<title>x</title>b",
        "a<noscript><img src=x></noscript>b",
    ],
)
def test_leaves_out_what_is_no_prose(html):
    assert list(read_tags(html)) == ["a", "b"]


def test_leaves_out_all_after_a_script_without_an_end():
    assert list(read_tags("a<script>b<p>c")) == ["a"]
    assert list(read_tags("a<svg>b<p>c")) == ["a", opening("svg"), "b", opening("p"), "c"]


@pytest.mark.parametrize(
    ("text", "end"), [("<b>x", 3), ("</b >x", 5), ("<br/>", 5), ("<year>", None), ("<b", None), ("x<b>", None)]
)
def test_finds_where_a_tag_ends(text, end):
    assert end_of_tag(text, 0) == end


@pytest.mark.long
@given(
    st.lists(st.sampled_from(["<", ">", "</", "p", "a", " href=", '"', "'", "x", "<!--", "-->", "&lt;", "<svg", "\n"]))
)
@MANY
def test_any_text_is_read(pieces):
    for token in read_tags("".join(pieces)):
        assert isinstance(token, str | Tag)


@pytest.mark.parametrize(
    "unit", ["<", "<a ", '<a x="', "<a x='", "<!--", "<!d", "</", "<svg>", '<p title="</p>">', "<p <"]
)
def test_takes_time_in_proportion_to_the_text(unit):
    def seconds(length: int) -> float:
        started = process_time()
        for _ in read_tags(unit * (length // len(unit))):
            pass
        return process_time() - started

    assert seconds(200_000) < 20 * seconds(20_000) + 0.2
