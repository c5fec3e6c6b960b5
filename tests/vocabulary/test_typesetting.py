"""Tags and texts set anew as a few plain blocks."""

import pytest

from catalog.vocabulary.tags import read_tags
from catalog.vocabulary.typesetting import set_in_blocks

BOX = '<div class="table-scroll" role="group" tabindex="0" aria-label="Table">'


def set_anew(html: str) -> str:
    return set_in_blocks(read_tags(html))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><div>a<br><br>b</div>c</div>", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
        ("<p>a<p>b", "<p>a</p>\n<p>b</p>"),
        ("a</br>b", "<p>a<br>b</p>"),
        ("<p><br></p><p>&nbsp;</p><p>a</p>", "<p>a</p>"),
        ("<b>all <i>bold</b> not</i> plain", "<p><strong>all <em>bold</em></strong> <em>not</em> plain</p>"),
        ("<p><b>never closed</p><p>plain</p>", "<p><strong>never closed</strong></p>\n<p>plain</p>"),
        ("<b><p>a</p><p>b</p></b>c", "<p><strong>a</strong></p>\n<p><strong>b</strong></p>\n<p>c</p>"),
        ("<b>a<b>b</b>c</b>d", "<p><strong>abc</strong>d</p>"),
        ("<font color=red>a</font> <u>b</u>", "<p>a b</p>"),
        ("H<sub>2</sub>O and <tt>x</tt>", "<p>H<sub>2</sub>O and <code>x</code></p>"),
    ],
)
def test_text_becomes_paragraphs(html, expected):
    assert set_anew(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>A</h1><h2>B</h2><h6>C</h6>", "<h3>A</h3>\n<h4>B</h4>\n<h6>C</h6>"),
        ("<h5>A</h5>", "<h3>A</h3>"),
        ("<h1></h1><h2>A</h2>", "<h3>A</h3>"),
        ("<h2><p>A</p></h2>b", "<h3>A</h3>\n<p>b</p>"),
        ("<h1>unclosed <p>text", "<p>unclosed</p>\n<p>text</p>"),
    ],
)
def test_headings_begin_at_h3(html, expected):
    assert set_anew(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<ul><li>a<li>b<ol start=3><li>c</ol></ul>d",
            '<ul><li>a</li><li>b<ol start="3"><li>c</li></ol></li></ul>\n<p>d</p>',
        ),
        ("<ul>a</ul>", "<ul><li>a</li></ul>"),
        ("<li>a</li>", "<ul><li>a</li></ul>"),
        ("<ul><ul><li>a</ul></ul>", "<ul><li><ul><li>a</li></ul></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<ul><li></li><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ("<ol start=x><li>a</ol>", "<ol><li>a</li></ol>"),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
        ),
        ("<dl><dt>a<dd>b</dl>", "<p>a</p>\n<p>b</p>"),
        ("a<hr><hr>b<hr>", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("<pre>\n a <b>x</b>\n  b</pre>c", "<pre>\n a x\n  b</pre>\n<p>c</p>"),
        ("<pre>unclosed", "<p>unclosed</p>"),
    ],
)
def test_lists_quotes_and_preformatted_text_are_repaired(html, expected):
    assert set_anew(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<tr><td>a<td>b<tr><td>c", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
        ("<table><tr><td>a<td>b<tr><td><td>c</table>", "<tr><td>a</td><td>b</td></tr><tr><td></td><td>c</td></tr>"),
        ("<table><tr><td></td></tr><tr><td>a</td></tr></table>", "<tr><td>a</td></tr>"),
        ("<table>a</table>", "<tr><td>a</td></tr>"),
        ("<table><td colspan=2 rowspan=x style=y>a</table>", '<tr><td colspan="2">a</td></tr>'),
        ("<table><tr><td>a<table><tr><td>b</table>c</table>", "<tr><td>a<br>b<br>c</td></tr>"),
        ("<table><tr><td><h2>a</h2><ul><li>b</ul></table>", "<tr><td>a<ul><li>b</li></ul></td></tr>"),
        (
            "<table><thead><tr><th>a</thead><tbody><tr><td>b</tbody></table>",
            "<thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody>",
        ),
    ],
)
def test_tables_stand_in_a_box_that_scrolls(html, expected):
    whole = f"{BOX}<table>{expected}</table></div>" if "<table" in html else expected
    assert set_anew(html) == whole


def test_an_empty_table_is_left_out():
    assert set_anew("<table><tr><td> </td><td><br></td></tr></table>") == ""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="https://example.org/a.png" alt="A map">', '<p><a href="https://example.org/a.png">A map</a></p>'),
        (
            "<img src=https://example.org/a.png>",
            '<p><a href="https://example.org/a.png">https://example.org/a.png</a></p>',
        ),
        ("<img src=data:image/png;base64,x alt=logo>", "<p>logo</p>"),
        ("<img src=/a.png>", ""),
        (
            "<a href=https://example.org><img src=https://example.org/b.png alt=B></a>",
            '<p><a href="https://example.org">B</a></p>',
        ),
        ("<a href=/admin>a</a> <a name=x>b</a>", "<p>a b</p>"),
        ("<a href=https://example.org></a>b", "<p>b</p>"),
        (
            "<a href=https://example.org/1>a<a href=https://example.org/2>b</a>c",
            '<p><a href="https://example.org/1">a</a><a href="https://example.org/2">b</a>c</p>',
        ),
    ],
)
def test_images_and_links_become_links_to_the_web(html, expected):
    assert set_anew(html) == expected


def test_images_can_be_left_out():
    assert set_in_blocks(read_tags("a <img src=https://example.org/a.png alt=b> c"), with_images=False) == "<p>a c</p>"


def test_what_is_nested_too_deep_lies_flat():
    lists = set_anew("<ul><li>" * 50 + "a" + "</ul>" * 50 + "b")
    assert lists == "<ul><li>" * 6 + "a" + "</li></ul>" * 6 + "\n<p>b</p>"
    quotes = set_anew("<blockquote>" * 50 + "a" + "</blockquote>" * 50 + "b")
    assert quotes == "<blockquote>" * 4 + "<p>a</p>" + "</blockquote>" * 4 + "\n<p>b</p>"
