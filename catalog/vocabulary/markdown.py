"""Markdown as catalogs write it, turned into HTML."""

import re
from itertools import pairwise
from statistics import median_high

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from catalog.vocabulary.tags import end_of_tag

_BULLET = re.compile(r"^([ \t]*)[•‣▪●◦·][ \t]*(?=\S)", re.MULTILINE)
_FENCED = re.compile(r"^ {0,3}(?P<fence>```|~~~).*?(?:^ {0,3}(?P=fence)|\Z)", re.MULTILINE | re.DOTALL)
_BLANK_LINE = re.compile(r"(\n[ \t]*\n)")
_BEGINS_BLOCK = re.compile(r"\s*(?:[-*+>|#=]|\d+[.)]\s|$)")

# Lines that were wrapped for reading are about so long; in a paragraph of shorter or longer ones each was ended on
# purpose, and in a wrapped one those that are far shorter than the others.
_WRAPPED = range(40, 131)
_FAR_SHORTER = 0.7


def markdown_to_html(text: str) -> str:
    """The HTML of `text`, which is still to be made safe: tags of HTML in it stay tags, all else is text.

    A line that was ended on purpose, not wrapped, keeps its end; bullets make lists; indentation alone makes no code.
    """
    pieces = []
    position = 0
    for code in _FENCED.finditer(text):
        pieces += [_prepared(text[position : code.start()]), code[0]]
        position = code.end()
    return _PARSER.render("".join([*pieces, _prepared(text[position:])]))


def _prepared(text: str) -> str:
    """`text` with `-` for bullets, and two spaces, the mark of a kept line end, after lines that were ended."""
    return "".join(_with_breaks(paragraph) for paragraph in _BLANK_LINE.split(_BULLET.sub(r"\1- ", text)))


def _with_breaks(paragraph: str) -> str:
    lines = paragraph.split("\n")
    if len(lines) < 2:
        return paragraph
    width = median_high(len(line.rstrip()) for line in lines[:-1])
    kept = []
    for line, following in pairwise(lines):
        is_ended = width not in _WRAPPED or len(line.rstrip()) < _FAR_SHORTER * width
        is_kept = is_ended and line.strip() and not _BEGINS_BLOCK.match(following)
        kept.append(f"{line.rstrip()}  " if is_kept else line)
    return "\n".join([*kept, lines[-1]])


def _known_tag(state: StateInline, silent: bool) -> bool:
    """The rule of the parser for "<": a tag that HTML knows stays one."""
    end = end_of_tag(state.src, state.pos)
    if end is None:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").disable(["code", "html_block"])
_PARSER.inline.ruler.at("html_inline", _known_tag)
