"""The page that texts are set on: blocks and emphasis that are open, and well-formed HTML that is written."""

from dataclasses import dataclass, field
from html import escape

from catalog.vocabulary.links import link_address, split_at_addresses

# Blocks that hold text themselves; those that take paragraphs and other blocks; what the text in others goes into.
_HOLDS_TEXT = frozenset({"p", "heading", "li", "td", "th", "pre"})
TAKES_BLOCKS = frozenset({"", "blockquote", "li", "td", "th"})
_TEXT_GOES_INTO = {
    **dict.fromkeys(("", "blockquote"), "p"),
    **dict.fromkeys(("ul", "ol"), "li"),
    **dict.fromkeys(("table", "thead", "tbody", "tfoot"), "tr"),
    "tr": "td",
}
# A mark that shows nothing, set into runs of text that are longer than those of prose: cleaning HTML takes time in
# proportion to the square of such a run (600,000 times "&": 10 seconds without, half a second with it).
_MARK = "<wbr>"
_LONGEST_RUN = 10_000

_TABLE = '<div class="table-scroll" role="group" tabindex="0" aria-label="Table"><table>'


@dataclass
class _Block:
    """An open element. Its start is written when something is put into it, and never if nothing is."""

    tag: str
    start: str | int
    end: str | int
    is_written: bool = False
    has_text: bool = False
    empty_cells: list[str | int] = field(default_factory=list)


@dataclass
class _Inline:
    """Emphasis or a link that is on. Its start is written with the next text, anew in each block."""

    tag: str
    start: str
    end: str
    is_closed_later: bool
    is_written: bool = False
    depth: int = 1


class Sheet:
    """What has been set so far. Whatever is opened, put and closed in whatever order, the result is well-formed."""

    def __init__(self, *, with_images: bool = True):
        self._with_images = with_images
        self._written: list[str | int] = []  # a number is a heading: its level to open it, the negative to close it
        self._blocks = [_Block("", "", "", is_written=True)]
        self._inlines: list[_Inline] = []
        self._breaks = 0
        self._has_space = False

    @property
    def inside(self) -> str:
        """The tag of the innermost open block; "" when none is open, "heading" for a heading of any level."""
        return self._blocks[-1].tag

    def count(self, tags: frozenset[str]) -> int:
        """How many of the open blocks are one of `tags`."""
        return sum(block.tag in tags for block in self._blocks)

    def put(self, text: str) -> None:
        """Set `text`, its blanks folded unless it is preformatted; addresses written in it become links."""
        if self.inside == "pre":
            self._write(text)
            return
        is_link_or_code = any(inline.tag in ("a", "code") for inline in self._inlines)
        if is_link_or_code or "://" not in text:
            self._put_words(text)
            return
        for piece, is_address in split_at_addresses(text):
            if is_address:
                self._put_link(piece, piece)
            else:
                self._put_words(piece)

    def put_image(self, source: str, words: str) -> None:
        """Set a link to the image at `source` with its `words`, or with its address when it has none."""
        address = link_address(source)
        words = words if words.strip() else address
        if not self._with_images or not words:
            return
        self.put_space()
        if any(inline.tag == "a" for inline in self._inlines):
            self._put_words(words)
        else:
            self._put_link(address, words)
        self.put_space()

    def put_space(self) -> None:
        """Keep what follows apart from what was set."""
        self._has_space = True

    def put_break(self) -> None:
        """Begin a new line; two of them in a paragraph begin a new paragraph."""
        if self.inside == "pre":
            self._write("\n")
        else:
            self._breaks += 1

    def put_rule(self) -> None:
        """Set a rule between two blocks."""
        self.end_line()
        if len(self._blocks) == 1 and self._written and self._written[-2:] != ["<hr>", "\n"]:
            self._written += ["<hr>", "\n"]

    def end_line(self, *, keeps_heading: bool = False) -> None:
        """End the paragraph or heading; in an item or a cell, let what follows begin a new line."""
        if self.inside == "heading" and keeps_heading:
            self.put_space()
        elif self.inside in ("p", "heading"):
            self._pop()
        elif self.inside == "pre":
            self._write("\n")
        elif self._blocks[-1].has_text:
            self._breaks = max(self._breaks, 1)

    def open_inline(self, tag: str, *, address: str = "", is_closed_later: bool = True) -> None:
        """Turn emphasis or a link on; what is not closed later ends with its block. Links do not hold links."""
        if tag == "a":
            self._end_inline("a")
            href = link_address(address)
            start, end = (f'<a href="{escape(href)}">', "</a>") if href else ("", "")
        else:
            start, end = f"<{tag}>", f"</{tag}>"
        same = next((inline for inline in self._inlines if inline.tag == tag), None)
        if same:
            same.depth += 1
        else:
            self._inlines.append(_Inline(tag, start, end, is_closed_later))

    def close_inline(self, tag: str) -> None:
        """Turn emphasis or a link off."""
        same = next((inline for inline in self._inlines if inline.tag == tag), None)
        if same and same.depth > 1:
            same.depth -= 1
        elif same:
            self._end_inline(tag)

    def open_block(self, tag: str, *, attributes: str = "", level: int = 0) -> None:
        """Open a block inside the innermost one, which takes it: a heading of `level`, or `tag` with `attributes`."""
        self._pause(self._inlines)
        if tag == "heading":
            block = _Block(tag, level, -level)
        elif tag == "table":
            block = _Block(tag, _TABLE, "</table></div>")
        else:
            block = _Block(tag, f"<{tag}{attributes}>", f"</{tag}>")
        self._blocks.append(block)
        self._breaks = 0
        self._has_space = False

    def open_blocks_until(self, tags: frozenset[str]) -> None:
        """Open what is missing around a block that only `tags` take: the item of a list, the row and the cell."""
        while self.inside not in tags:
            self.open_block(_TEXT_GOES_INTO[self.inside])

    def close_block(self, tag: str, *, within: frozenset[str] = frozenset()) -> None:
        """Close the innermost block called `tag`, unless one of `within` lies around what is open inside it."""
        for block in reversed(self._blocks[1:]):
            if block.tag == tag:
                while self._blocks[-1] is not block:
                    self._pop()
                self._pop()
                return
            if block.tag in within:
                break
        self.end_line(keeps_heading=True)

    def close_blocks_until(self, tags: frozenset[str]) -> None:
        """Close blocks until the innermost is one of `tags`, of which one is open."""
        while self.inside not in tags:
            self._pop()

    def finish(self) -> str:
        """All of it as HTML, its headings shifted so that the highest is h3."""
        while len(self._blocks) > 1:
            self._pop()
        while self._written and self._written[-1] in ("<hr>", "\n"):
            self._written.pop()
        shift = 3 - min((part for part in self._written if isinstance(part, int) and part > 0), default=3)
        return "".join(part if isinstance(part, str) else _heading(part, shift) for part in self._written)

    def _put_link(self, address: str, words: str) -> None:
        self.open_inline("a", address=address)
        self._put_words(words)
        self._end_inline("a")

    def _put_words(self, text: str) -> None:
        words = " ".join(text.split())
        self._has_space = self._has_space or text[:1].isspace()
        if not words:
            return
        self.open_blocks_until(_HOLDS_TEXT)
        if self._breaks > 1 and self.inside == "p" and self._blocks[-1].has_text:
            self.end_line()
            self.open_block("p")
        between = "<br>" * min(self._breaks, 2) or (" " if self._has_space else "")
        self._write(words, after=between if self._blocks[-1].has_text else "")
        self._breaks = 0
        self._has_space = text[-1].isspace()

    def _write(self, text: str, after: str = "") -> None:
        """Write `text`, and before it `after` and the starts that are still to be written."""
        if not text:
            return
        for holder, block in zip(self._blocks, self._blocks[1:], strict=False):
            if not block.is_written:
                self._written += [*holder.empty_cells, block.start]
                holder.empty_cells = []
                block.is_written = True
        self._written.append(after)
        for inline in self._inlines:
            if not inline.is_written:
                self._written.append(inline.start)
                inline.is_written = True
        self._written.append(_MARK.join(_escaped_pieces(text)))
        self._blocks[-1].has_text = True

    def _end_inline(self, tag: str) -> None:
        place = next((place for place, inline in enumerate(self._inlines) if inline.tag == tag), None)
        if place is not None:
            self._pause(self._inlines[place:])
            del self._inlines[place]

    def _pause(self, inlines: list[_Inline]) -> None:
        """Write the ends of `inlines`; the next text begins them again."""
        for inline in reversed(inlines):
            if inline.is_written:
                self._written.append(inline.end)
                inline.is_written = False

    def _pop(self) -> None:
        """Close the innermost block, and with it the emphasis that nothing closes later."""
        self._pause(self._inlines)
        self._inlines = [inline for inline in self._inlines if inline.is_closed_later]
        block = self._blocks.pop()
        holder = self._blocks[-1]
        if block.is_written:
            self._written += [*block.empty_cells, block.end]
            holder.has_text = holder.has_text or holder.tag in _HOLDS_TEXT
            if len(self._blocks) == 1:
                self._written.append("\n")
        elif block.tag in ("td", "th"):
            holder.empty_cells += [block.start, block.end]
        self._breaks = 0
        self._has_space = False


def _escaped_pieces(text: str) -> list[str]:
    return [escape(text[start : start + _LONGEST_RUN], quote=False) for start in range(0, len(text), _LONGEST_RUN)]


def _heading(level: int, shift: int) -> str:
    name = f"h{min(abs(level) + shift, 6)}"
    return f"<{name}>" if level > 0 else f"</{name}>"
