"""HTML of any quality read as a flat run of tags and texts, in one pass and in linear time."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from catalog.vocabulary.text import decode_entities

_NAMES = """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button
    canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe
    img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noembed noframes
    noscript object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script
    search section select slot small source span strike strong style sub summary sup svg table tbody td template
    textarea tfoot th thead time title tr track tt u ul var video wbr xmp
"""

# Elements whose content is not prose: it is left out with them.
_NAMES_WITHOUT_PROSE = """
    applet audio canvas datalist embed iframe math noembed noframes noscript object script select style svg template
    textarea title video xmp
"""
_KNOWN = frozenset(_NAMES.split())
_WITHOUT_PROSE = frozenset(_NAMES_WITHOUT_PROSE.split())
_ENDLESS = frozenset({"script", "style"})

_OPENING = re.compile(r"<(?:(?P<closes>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*(?::[a-zA-Z][\w.-]*)?)|!--|[!?][a-zA-Z\[])")
_ATTRIBUTE = re.compile(
    r"""[\s/="']*(?P<name>[^\s/>=<"']+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s<>"']+)))?"""
)
_END = re.compile(r"""[\s/="']*>""")


class Tag(NamedTuple):
    """The start (`opens`) or the end of an element called `name`; `attributes` decoded, names in lower case."""

    name: str
    opens: bool
    attributes: dict[str, str]


def read_tags(html: str) -> Iterator[Tag | str]:
    """The tags of `html`, and between them its texts with entities decoded.

    What looks like a tag but has no name of HTML ("<year>", "<https://…>", "a < b") is text. Comments, declarations
    and elements that hold no prose are left out, and so is all that follows a script or style without an end.
    """
    position = text_start = 0
    last_bracket = html.rfind(">")
    never_ended: set[str] = set()
    while (found := _OPENING.search(html, position)) and found.start() < last_bracket:
        position = found.end()
        name = (found["name"] or "").lower()
        if not name:
            end, tag = _end_of_remark(html, found, never_ended), None
        elif name in _KNOWN or ":" in name:
            end, tag = _read_tag(html, found, name)
        else:
            continue
        if end is None:
            continue
        if found.start() > text_start:
            yield decode_entities(html[text_start : found.start()])
        if tag and tag.opens and name in _WITHOUT_PROSE and name not in never_ended:
            closing = re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE).search(html, end)
            if closing:
                end, tag = closing.end(), None
            elif name in _ENDLESS:
                return
            else:
                never_ended.add(name)
        if tag and ":" not in name:
            yield tag
        position = text_start = end
    if text_start < len(html):
        yield decode_entities(html[text_start:])


def end_of_tag(html: str, position: int) -> int | None:
    """Where the tag that begins at `position` ends; None when none of HTML begins there."""
    found = _OPENING.match(html, position)
    name = (found["name"] or "").lower() if found else ""
    return _read_tag(html, found, name)[0] if found and name in _KNOWN else None


def _end_of_remark(html: str, found: re.Match[str], never_ended: set[str]) -> int | None:
    """Where the comment or declaration that begins at `found` ends; None when it does not, and is text."""
    closing = "-->" if found[0] == "<!--" else ">"
    end = -1 if closing in never_ended else html.find(closing, found.end())
    if end < 0:
        never_ended.add(closing)
        return None
    return end + len(closing)


def _read_tag(html: str, found: re.Match[str], name: str) -> tuple[int | None, Tag | None]:
    """Where the tag that begins at `found` ends, and the tag; None twice when it is broken off."""
    position = found.end()
    attributes: dict[str, str] = {}
    while piece := _ATTRIBUTE.match(html, position):
        value = piece["double"] or piece["single"] or piece["bare"] or ""
        attributes.setdefault(piece["name"].lower(), decode_entities(value))
        position = piece.end()
    end = _END.match(html, position)
    return (end.end(), Tag(name, not found["closes"], attributes)) if end else (None, None)
