"""Tags and texts from anywhere, set anew as a few plain blocks."""

import re
from collections import Counter
from collections.abc import Iterable

from catalog.vocabulary.sheet import TAKES_BLOCKS, Sheet
from catalog.vocabulary.tags import Tag

_EMPHASIS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("del", "s", "strike"), "del"),
    **{name: name for name in ("a", "sub", "sup")},
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS = {"ul": "list", "ol": "list", "blockquote": "blockquote", "table": "table"}
_DEEPEST = {"list": 6, "blockquote": 4, "table": 1}

_LISTS = frozenset({"ul", "ol"})
_TABLE = frozenset({"table"})
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_ROW = frozenset({"tr"})
_CELLS = frozenset({"td", "th"})

# Elements that stand for a new line of text and no more.
_LINES = frozenset(
    {
        *("address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl"),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "html", "legend", "main"),
        *("menu", "nav", "option", "p", "search", "section", "summary"),
    }
)


def set_in_blocks(tokens: Iterable[Tag | str], *, with_images: bool = True) -> str:
    """HTML of paragraphs, headings, lists, quotes, preformatted text and tables with what `tokens` say.

    Headings begin at h3, an image becomes a link to it, tables stand in a box that scrolls, and what is nested too
    deep lies flat. Of attributes only addresses, spans of cells and starts of lists get through.
    """
    tokens = list(tokens)
    closed_later = _places_closed_later(tokens)
    sheet = Sheet(with_images=with_images)
    flattened: Counter[str] = Counter()
    for place, token in enumerate(tokens):
        if isinstance(token, str):
            sheet.put(token)
        elif token.opens:
            _open(sheet, flattened, token, place in closed_later)
        else:
            _close(sheet, flattened, token.name)
    return sheet.finish()


def _places_closed_later(tokens: list[Tag | str]) -> set[int]:
    """The places of the tags that open what a later tag closes."""
    waiting: dict[str, list[int]] = {}
    closed = set()
    for place, token in enumerate(tokens):
        if isinstance(token, str):
            continue
        name = "heading" if token.name in _HEADINGS else _EMPHASIS.get(token.name, token.name)
        if token.opens:
            waiting.setdefault(name, []).append(place)
        elif waiting.get(name):
            closed.add(waiting[name].pop())
    return closed


def _open(sheet: Sheet, flattened: Counter[str], tag: Tag, is_closed_later: bool) -> None:
    name = tag.name
    if name == "br":
        sheet.put_break()
    elif sheet.inside == "pre":
        return
    elif name in _EMPHASIS:
        sheet.open_inline(_EMPHASIS[name], address=tag.attributes.get("href", ""), is_closed_later=is_closed_later)
    elif name == "img":
        sheet.put_image(tag.attributes.get("src", ""), tag.attributes.get("alt", ""))
    elif name == "hr":
        sheet.put_rule()
    elif name in _LINES:
        sheet.end_line(keeps_heading=True)
        if name == "p" and sheet.inside in TAKES_BLOCKS:
            sheet.open_block("p")
    elif name in _HEADINGS or name == "pre":
        _open_closed_block(sheet, name, is_closed_later)
    elif name in _CONTAINERS:
        _open_container(sheet, flattened, tag)
    elif name == "li":
        _open_item(sheet, flattened)
    elif name in _SECTIONS | _ROW | _CELLS:
        _open_part_of_table(sheet, flattened, tag)


def _open_closed_block(sheet: Sheet, name: str, is_closed_later: bool) -> None:
    """Open a heading or preformatted text; one that nothing closes would take all the rest, and is left out."""
    sheet.end_line()
    if not is_closed_later:
        return
    if name == "pre" and sheet.inside in TAKES_BLOCKS:
        sheet.open_block("pre")
    elif name != "pre" and sheet.inside in ("", "blockquote"):
        sheet.open_block("heading", level=_HEADINGS[name])


def _open_container(sheet: Sheet, flattened: Counter[str], tag: Tag) -> None:
    """Open a list, a quote or a table; one too many inside others is counted, so that its end is known."""
    sheet.end_line()
    kind = _CONTAINERS[tag.name]
    alike = frozenset(name for name, its_kind in _CONTAINERS.items() if its_kind == kind)
    if sheet.count(alike) >= _DEEPEST[kind]:
        flattened[kind] += 1
        return
    if sheet.inside not in TAKES_BLOCKS:
        sheet.open_blocks_until(TAKES_BLOCKS)
    start = tag.attributes.get("start", "")
    numbered = tag.name == "ol" and re.fullmatch(r"[0-9]{1,6}", start)
    sheet.open_block(tag.name, attributes=f' start="{start}"' if numbered else "")


def _open_item(sheet: Sheet, flattened: Counter[str]) -> None:
    sheet.close_block("li", within=_LISTS | _CELLS)
    if sheet.inside not in _LISTS:
        _open_container(sheet, flattened, Tag("ul", True, {}))
    if sheet.inside in _LISTS:
        sheet.open_block("li")


def _open_part_of_table(sheet: Sheet, flattened: Counter[str], tag: Tag) -> None:
    sheet.end_line()
    if flattened["table"] or not sheet.count(_TABLE):
        return
    if tag.name in _SECTIONS:
        sheet.close_blocks_until(_TABLE)
    elif tag.name in _ROW:
        sheet.close_blocks_until(_TABLE | _SECTIONS)
    else:
        sheet.close_blocks_until(_TABLE | _SECTIONS | _ROW)
        sheet.open_blocks_until(_ROW)
    sheet.open_block(tag.name, attributes=_spans(tag.attributes) if tag.name in _CELLS else "")


def _spans(attributes: dict[str, str]) -> str:
    given = ((name, attributes.get(name, "")) for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{value}"' for name, value in given if re.fullmatch(r"[1-9][0-9]?", value))


def _close(sheet: Sheet, flattened: Counter[str], name: str) -> None:
    if name in _EMPHASIS:
        sheet.close_inline(_EMPHASIS[name])
    elif name == "br":
        sheet.put_break()
    elif name in _LINES:
        sheet.end_line(keeps_heading=True)
    elif name in _HEADINGS:
        sheet.end_line()
    elif name == "pre":
        sheet.close_block("pre")
    elif name in _CONTAINERS:
        if flattened[_CONTAINERS[name]]:
            flattened[_CONTAINERS[name]] -= 1
            sheet.end_line()
        else:
            sheet.close_block(name, within=frozenset() if name == "table" else _CELLS)
    elif name == "li":
        sheet.close_block("li", within=_LISTS | _CELLS)
    elif name in _SECTIONS | _ROW | _CELLS and not flattened["table"]:
        sheet.close_block(name, within=_TABLE)
