"""Texts of records, which are Markdown, HTML or plain, as safe HTML and as plain words."""

import re
from collections.abc import Iterator
from html import unescape

from nh3 import Cleaner

from catalog.vocabulary.markdown import markdown_to_html
from catalog.vocabulary.tags import Tag, read_tags
from catalog.vocabulary.text import cut, tidy
from catalog.vocabulary.typesetting import set_in_blocks

# Raise it when `render` begins to answer the same text otherwise: a dataset keeps by which one it was rendered, and is
# rendered anew when it is next revised.
RENDERER_VERSION = 2

_BLOCK_OF_HTML = re.compile(
    r"</?(?:p|div|table|tr|td|ul|ol|li|dl|h[1-6]|span|font|center|section|article)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_LINE_OF_MARKDOWN = re.compile(r"^(?:#{1,6} |```)|\]\(https?:", re.MULTILINE)

# Reading Markdown takes some 50 microseconds a mark. A text with more of them than any of prose has is set as lines.
_MARKS = "\n[]*_`|<&!~#\\"
_MOST_MARKS = 40_000

_CLEANER = Cleaner(
    tags={
        *("p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "br", "wbr"),
        *("div", "table", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *("a", "strong", "em", "code", "del", "sub", "sup"),
    },
    attributes={"a": {"href"}, "ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    tag_attribute_values={
        "div": {"class": {"table-scroll"}, "role": {"group"}, "tabindex": {"0"}, "aria-label": {"Table"}}
    },
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener noreferrer",
)

_TAG = re.compile(r"<(?P<closes>/?)(?P<name>[a-z][a-z0-9]*)[^<>]*>")
_INLINE = frozenset({"a", "strong", "em", "code", "del", "sub", "sup", "wbr"})
_VOID = frozenset({"br", "hr", "wbr"})
_ENDS_OPENING = frozenset({"p", "li", "tr", "pre"})

_LONGEST_WORD = 100
_LONGEST_ENTITY = len("&nbsp;")

# Words on one line without a mark, an address or a run of blanks: set in blocks they are one paragraph as they stand.
_WORDS = re.compile(r"[^\W\d_][\w ,.;:!?()'\"/%@+=$°€–—‘’“”„…-]*")
_NO_WORDS = ("_", "  ", "://")
_LONGEST_PARAGRAPH = 10_000

# A summary is looked for in so much of a text.
_BEGINNING = 20_000


def render(text: str) -> str:
    """Safe HTML of `text`: paragraphs, headings from h3 on, lists, quotes, code, tables in a box that scrolls, links.

    An image becomes a link to it. Links lead to http, https and mailto addresses alone. No style, class, id or other
    attribute of the text gets through. Blank text is "".
    """
    text = tidy(text)
    return f"<p>{text}</p>" if _is_words(text) else _CLEANER.clean(_set(text)).strip()


def plain(text: str) -> str:
    """The words of `text` on one line: no tags, no marks, links as their words, images left out."""
    text = tidy(text)
    if _is_words(text):
        return text
    html = _set(text, with_images=False)
    words = _TAG.sub(lambda tag: "" if tag["name"] in _INLINE else " ", html)
    return " ".join(unescape(words).split())


def summary(subtitle: str | None, overview: str | None, limit: int = 200) -> str | None:
    """A dataset in a sentence: its subtitle, else the first `limit` characters of its overview; None without both."""
    if words := plain(subtitle or ""):
        return words
    return cut(plain((overview or "")[:_BEGINNING]), limit) or None


def opening(html: str, limit: int = 2000) -> str:
    """The first blocks of `html`, which `render` gave, with about `limit` characters of text; all of it when short.

    It ends where a paragraph, an item, a row or code ends, if one does so before twice `limit`; else at a word.
    """
    open_tags: list[str] = []
    count = position = 0
    for tag in _TAG.finditer(html):
        count += len(html[position : tag.start()].strip())
        if count > 2 * limit:
            end = _word_end(html, position, tag.start() - (count - 2 * limit))
            return f"{html[:end]}…{_ends(open_tags)}"
        position = tag.end()
        if not tag["closes"]:
            open_tags += [] if tag["name"] in _VOID else [tag["name"]]
            continue
        open_tags.pop()
        if count >= limit and tag["name"] in _ENDS_OPENING and html[position:].strip():
            return html[:position] + _ends(open_tags)
    return html


def _set(text: str, *, with_images: bool = True) -> str:
    return set_in_blocks(_tokens(text), with_images=with_images)


def _is_words(text: str) -> bool:
    return (
        len(text) <= _LONGEST_PARAGRAPH
        and _WORDS.fullmatch(text) is not None
        and not any(mark in text for mark in _NO_WORDS)
    )


def _tokens(text: str) -> Iterator[Tag | str]:
    """The tags and texts that `text` consists of, or becomes."""
    if _is_html(text):
        yield from read_tags(text)
    elif sum(map(text.count, _MARKS)) <= _MOST_MARKS:
        yield from read_tags(markdown_to_html(text))
    else:
        for line in text.split("\n"):
            yield line
            yield Tag("br", True, {})


def _is_html(text: str) -> bool:
    return _BLOCK_OF_HTML.search(text) is not None and _LINE_OF_MARKDOWN.search(text) is None


def _word_end(html: str, start: int, end: int) -> int:
    """Where the last word before `end` ends; in a text without blanks, before the character or entity there."""
    if (blank := html.rfind(" ", max(start, end - _LONGEST_WORD), end)) > start:
        return blank
    entity = html.rfind("&", max(start, end - _LONGEST_ENTITY), end)
    return entity if entity >= 0 and ";" not in html[entity:end] else end


def _ends(open_tags: list[str]) -> str:
    return "".join(f"</{name}>" for name in reversed(open_tags))
