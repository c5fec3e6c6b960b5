"""Markdown as catalogs write it."""

import pytest

from catalog.vocabulary.markdown import markdown_to_html

WRAPPED = (
    "A dataset of all the trees that stand along the streets of\nthe city, counted by hand in the summer of that year."
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# A\n\n*b* **c** `d`", "<h1>A</h1>\n<p><em>b</em> <strong>c</strong> <code>d</code></p>\n"),
        ("[x](https://example.org)", '<p><a href="https://example.org">x</a></p>\n'),
        ("• one\n• two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("    indented", "<p>indented</p>\n"),
        ("a <b>c</b><br>d", "<p>a <b>c</b><br>d</p>\n"),
        ("a <year> `<br>`", "<p>a &lt;year&gt; <code>&lt;br&gt;</code></p>\n"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>\n"),
        ("<br/>\n\n# A", "<p><br/></p>\n<h1>A</h1>\n"),
    ],
)
def test_is_markdown_with_the_tags_of_html(text, html):
    assert markdown_to_html(text) == html


def test_a_line_that_was_wrapped_flows_on():
    assert "<br" not in markdown_to_html(WRAPPED)


@pytest.mark.parametrize(
    "text",
    [
        "Public Waters\nClay County\nMay 2017",
        WRAPPED.replace("that year.", "that year:\ntrees\nshrubs"),
        "x" * 200 + "\n" + "y" * 200,
    ],
)
def test_a_line_that_was_ended_on_purpose_keeps_its_end(text):
    assert "<br />" in markdown_to_html(text)


def test_lines_of_lists_and_tables_and_code_are_left_alone():
    assert "<br" not in markdown_to_html("Parts:\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert markdown_to_html("```\na\n\nb\nc\n```") == "<pre><code>a\n\nb\nc\n</code></pre>\n"
