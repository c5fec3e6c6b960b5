"""Texts as words to be found by: regardless of case and accents, in every script."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from unicodedata import normalize

from catalog.vocabulary.text import fold

# Accents and points that are written over or under letters of alphabets: Latin, Greek, Cyrillic, Hebrew, Arabic.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
)
# Letters and digits; the vowel signs of South and South-East Asian scripts belong to their words.
_WORD = re.compile("(?:[^\\W_]+|[\u0900-\u109f\u1780-\u17ff]+)+")
# Scripts that put no blanks between words: two characters at a time are found by.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
# Where a name goes on with another part: a small letter before a capital, letters beside digits.
_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_HYPHENS = frozenset("-‐‑_/")
_COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑_/][^\W_]+)+")
# Letters and digits of ASCII as they are compared, and blanks for all else: the same words as by _WORD, found faster.
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
LONGEST = 60
"""Longer words are cut: what follows them tells none apart that people search for."""


def plain(text: str) -> str:
    """`text` without case, compatible forms and accents."""
    if text.isascii():
        return text.lower()
    return normalize("NFC", _ACCENTS.sub("", normalize("NFKD", fold(text))))


def words_of(text: str) -> list[str]:
    """The words of `text` in order; of scripts without blanks between words, each two neighbours."""
    if not text.isascii():
        return list(_words(plain(text)))
    words = text.translate(_ASCII).split()
    return [word[:LONGEST] for word in words] if len(text) > LONGEST else words


def _words(text: str) -> Iterator[str]:
    for found in _WORD.findall(text):
        if found.isascii():
            yield found[:LONGEST]
        else:
            yield from _parts(found)


def _parts(word: str) -> Iterator[str]:
    """A word, cut where its script changes between one with blanks and one without."""
    end = 0
    for run in _UNSPACED.finditer(word):
        if run.start() > end:
            yield word[end : run.start()][:LONGEST]
        signs = run[0]
        yield from (signs[at : at + 2] for at in range(max(1, len(signs) - 1)))
        end = run.end()
    if end < len(word):
        yield word[end:][:LONGEST]


def is_unspaced(word: str) -> bool:
    """Whether a word holds signs of a script that puts no blanks between words."""
    return _UNSPACED.search(word) is not None


@lru_cache(50_000)
def name_words(name: str) -> tuple[str, ...]:
    """By what else a name can be found: its parts where letters, digits and capitals meet, and neighbours joined.

    `GLAD-S2` is found by `glads2`, `TreeCoverLoss2020` by `cover`, `tree-cover` by `treecover`.
    """
    words = words_of(name)
    spaced, seams = _SEAM.subn(" ", name)
    parts = words_of(spaced) if seams else words
    joined = [*(_joined(words, 2) if parts != words else ()), *_joined(parts, 2), *_joined(parts, 3)]
    return tuple(one for one in dict.fromkeys([*parts, *joined]) if len(one) > 1 and one not in words)


def _joined(words: list[str], number: int) -> list[str]:
    """Each `number` neighbours as one word, in scripts with blanks between words."""
    rows = map("".join, zip(*(words[at:] for at in range(number)), strict=False))
    return [row[:LONGEST] for row in rows if row.isascii()]


def compounds(text: str) -> list[str]:
    """The words of `text` that are put together by hyphens, joined: `glads2` for `GLAD-S2`."""
    if _HYPHENS.isdisjoint(text):
        return []
    pieces = (piece for piece in text.split() if not _HYPHENS.isdisjoint(piece))
    found = (one for piece in pieces for one in _COMPOUND.findall(piece))
    return ["".join(words)[:LONGEST] for one in found if (words := words_of(one))]


def endings(words: list[str], shortest: int = 4) -> list[str]:
    """The ends of long words, by which a part of a name is found: `cover` in `landcover`."""
    return list(dict.fromkeys(chain.from_iterable(_ends_of(word, shortest) for word in words)))


@lru_cache(50_000)
def _ends_of(word: str, shortest: int) -> tuple[str, ...]:
    return tuple(word[at:] for at in range(2, len(word) - shortest + 1)) if word.isascii() else ()
