"""The page that texts are set on."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.vocabulary.sheet import TAKES_BLOCKS, Sheet

MANY = settings(max_examples=20 * settings.default.max_examples)

ACTS = {
    "put": lambda sheet: sheet.put(" words <&> "),
    "blank": lambda sheet: sheet.put("  "),
    "address": lambda sheet: sheet.put("at https://example.org/a, or"),
    "image": lambda sheet: sheet.put_image("https://example.org/a.png", "a picture"),
    "break": lambda sheet: sheet.put_break(),
    "rule": lambda sheet: sheet.put_rule(),
    "end line": lambda sheet: sheet.end_line(),
    "strong": lambda sheet: sheet.open_inline("strong"),
    "loose em": lambda sheet: sheet.open_inline("em", is_closed_later=False),
    "link": lambda sheet: sheet.open_inline("a", address="https://example.org"),
    "strong off": lambda sheet: sheet.close_inline("strong"),
    "link off": lambda sheet: sheet.close_inline("a"),
    "list": lambda sheet: sheet.inside in TAKES_BLOCKS and sheet.open_block("ul"),
    "item": lambda sheet: sheet.inside == "ul" and sheet.open_block("li"),
    "item off": lambda sheet: sheet.close_block("li"),
    "quote": lambda sheet: sheet.inside in TAKES_BLOCKS and sheet.open_block("blockquote"),
    "heading": lambda sheet: sheet.inside == "" and sheet.open_block("heading", level=2),
    "pre": lambda sheet: sheet.inside in TAKES_BLOCKS and sheet.open_block("pre"),
    "table": lambda sheet: sheet.inside == "" and sheet.open_block("table"),
    "row": lambda sheet: sheet.inside == "table" and sheet.open_block("tr"),
    "cell": lambda sheet: sheet.inside == "tr" and sheet.open_block("td"),
    "table off": lambda sheet: sheet.close_block("table"),
}


@pytest.mark.long
@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=40))
@MANY
def test_what_is_set_is_well_formed_whatever_is_opened_and_closed(acts):
    sheet = Sheet()
    for act in acts:
        ACTS[act](sheet)
    parser = html5lib.HTMLParser()
    html = sheet.finish()
    parser.parseFragment(html)
    assert parser.errors == [], html


def set_by(*acts: str) -> str:
    sheet = Sheet()
    for act in acts:
        ACTS[act](sheet)
    return sheet.finish()


@pytest.mark.parametrize(
    ("acts", "html"),
    [
        ((), ""),
        (("blank", "strong", "break", "list", "item", "rule"), ""),
        (("put", "blank", "put"), "<p>words &lt;&amp;&gt; words &lt;&amp;&gt;</p>"),
        (("put", "break", "put"), "<p>words &lt;&amp;&gt;<br>words &lt;&amp;&gt;</p>"),
        (("put", "break", "break", "put"), "<p>words &lt;&amp;&gt;</p>\n<p>words &lt;&amp;&gt;</p>"),
        (("put", "rule", "rule", "put", "rule"), "<p>words &lt;&amp;&gt;</p>\n<hr>\n<p>words &lt;&amp;&gt;</p>"),
        (("heading", "put"), "<h3>words &lt;&amp;&gt;</h3>"),
        (("list", "put"), "<ul><li>words &lt;&amp;&gt;</li></ul>"),
        (("link", "image"), '<p><a href="https://example.org">a picture</a></p>'),
    ],
)
def test_sets_what_holds_words_and_leaves_out_what_does_not(acts, html):
    assert set_by(*acts) == html


def test_links_an_address_in_words_up_to_its_punctuation():
    link = '<a href="https://example.org/a">https://example.org/a</a>'
    assert set_by("address") == f"<p>at {link}, or</p>"


def test_emphasis_goes_on_in_the_next_block_unless_nothing_closes_it():
    both = set_by("strong", "put", "end line", "put", "strong off", "put")
    assert both == (
        "<p><strong>words &lt;&amp;&gt;</strong></p>\n<p><strong>words &lt;&amp;&gt;</strong> words &lt;&amp;&gt;</p>"
    )
    assert set_by("loose em", "put", "end line", "put") == (
        "<p><em>words &lt;&amp;&gt;</em></p>\n<p>words &lt;&amp;&gt;</p>"
    )
