"""Where a text holds what was searched for, so that a reader sees why it was found."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from catalog.search.language import Sought
from catalog.search.schema import stem
from catalog.search.words import is_unspaced, plain, words_of

Marked = list[tuple[str, bool]]
"""A text in pieces, each with whether it is a hit."""
# Words as readers see them, with the signs over and under their letters.
_WORD = re.compile(r"[^\W_][\w\u0300-\u036f\u0900-\u109f\u1780-\u17ff]*")
_SHORTEST_BEGINNING, _SHORTEST_END = 2, 4


@dataclass(frozen=True)
class Hits:
    """What counts as a hit of a search text."""

    stems: frozenset[str]
    words: tuple[str, ...]
    last: str | None
    """The beginning of longer words; None where the text ends otherwise."""
    _known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """Words that were looked at before: texts of one page have many in common."""
    _spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, sought: Sought) -> "Hits":
        """What counts for `sought`: its words that have to be found."""
        bare = [part for part in sought.parts if part.name in (None, "column") and not part.is_excluded]
        words = tuple(word for part in bare for word in part.words)
        ends_bare = bool(bare) and bare[-1] is sought.parts[-1] and not bare[-1].is_quoted
        return cls(frozenset(map(stem, words)), words, words[-1] if words and ends_bare else None)

    def spans_of(self, text: str) -> Sequence[tuple[int, int]]:
        """Where the hits of `text` begin and end; hits that touch each other are one."""
        if (spans := self._spans.get(text)) is None:
            spans = self._spans[text] = _spans(text, self)
        return spans

    def are_in(self, word: str) -> bool:
        """Whether a word that a text holds is a hit."""
        return any(map(self._is_known_hit, words_of(word)))

    def may_be_in(self, text: str) -> bool:
        """Whether a text can hold a hit, in scripts with blanks: told faster than where it is. Most texts hold none."""
        forms = words_of(text)
        together = "".join(forms)
        return any(word in together for word in self.words) or any(map(self._is_known_hit, forms))

    def _is_known_hit(self, form: str) -> bool:
        if (known := self._known.get(form)) is None:
            known = self._known[form] = self._is_hit(form)
        return known

    def _is_hit(self, form: str) -> bool:
        if form[:1] in self._initials and stem(form) in self.stems:
            return True
        if self.last and len(self.last) >= _SHORTEST_BEGINNING and form.startswith(self.last):
            return True
        return any(word in form for word in self._inside)

    @cached_property
    def _initials(self) -> set[str]:
        """What the words of these stems begin with; to find the stem of a word takes longer than to look at that."""
        return {one[:1] for one in self.stems}

    @cached_property
    def _inside(self) -> list[str]:
        """The words that are hits inside of others too."""
        return [word for word in self.words if len(word) >= _SHORTEST_END]


def marked(text: str, hits: Hits) -> Marked:
    """`text` in pieces, of which those that hold what was searched for are hits."""
    pieces: Marked = []
    last = 0
    for begin, end in hits.spans_of(text):
        pieces += [(text[last:begin], False), (text[begin:end], True)]
        last = end
    return [piece for piece in [*pieces, (text[last:], False)] if piece[0]]


def around(text: str, hits: Hits, *, before: int = 60, length: int = 200) -> Marked | None:
    """The neighbourhood of the first hit in a long text, marked; None where it holds none."""
    first = next(iter(hits.spans_of(text)), None)
    if first is None:
        return None
    begin = max(0, first[0] - before)
    if begin:
        begin = min(text.find(" ", begin, first[0]) + 1 or begin, first[0])
    end = min(len(text), begin + length)
    piece = text[begin:end].strip()
    return [*([("… ", False)] if begin else []), *marked(piece, hits), *([(" …", False)] if end < len(text) else [])]


def has_hit(texts: Iterable[str | None], hits: Hits) -> bool:
    """Whether one of `texts` holds a hit."""
    return any(hits.spans_of(text) for text in texts if text)


def _spans(text: str, hits: Hits) -> list[tuple[int, int]]:
    if not (is_unspaced(text) or hits.may_be_in(text)):
        return []
    words = [found.span() for found in _WORD.finditer(text.replace("_", " "))]
    spans: list[tuple[int, int]] = []
    for at, (begin, end) in enumerate(words):
        if is_unspaced(text[begin:end]):
            signs = (
                (first, first + length) for first in range(begin, end) for length in (1, 2) if first + length <= end
            )
            spans += [some for some in signs if plain(text[slice(*some)]) in hits.words]
        elif hits.are_in(text[begin:end]):
            spans.append((begin, end))
        elif at + 1 < len(words):  # two neighbours that were searched for in one
            end_of_both = words[at + 1][1]
            if plain(text[begin:end] + text[words[at + 1][0] : end_of_both]) in hits.words:
                spans.append((begin, end_of_both))
    return _merged(spans)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for begin, end in spans:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
