"""Texts from elsewhere, made fit to store, to compare and to cut."""

import re
from hashlib import sha256
from html import unescape
from unicodedata import combining, normalize

from anyascii import anyascii

_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")

# Characters that show nothing: C0 and C1 controls (not tab, not line feed), soft hyphen, zero-width and direction
# marks, invisible operators, annotation and tag characters; lone surrogates, which no encoding can write; and the code
# points that are no characters, which no HTML may hold.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
    "\ufdd0-\ufdef" + "".join(f"{chr(end)}{chr(end + 1)}" for end in range(0xFFFE, 0x110000, 0x10000)) + "]"
)

# The two joiners spell words in Persian and Indic scripts and hold emoji together; elsewhere they are noise.
_STRAY_JOINER = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f\u200c\u200d])")

# Numbers beyond every character, some of them beyond what int() reads.
_NO_CHARACTER = re.compile(r"&#\d{8,};?")


def fold(text: str) -> str:
    """`text` as compared regardless of case and of compatible forms, in every script; folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    return normalize("NFKC", normalize("NFKC", text).casefold())


def tidy(text: str) -> str:
    """`text` with line feeds as its only line ends, without invisible characters and without blank ends.

    What comes back can be stored by every database and encoded as UTF-8.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return visible(_LINE_ENDS.sub("\n", text)).strip()


def visible(text: str) -> str:
    """`text` without the characters that show nothing."""
    if text.isascii() and text.isprintable():
        return text
    return _STRAY_JOINER.sub("", _INVISIBLE.sub("", text))


def decode_entities(text: str) -> str:
    """`text` with `&amp;` and its like as the characters they stand for, without those that show nothing."""
    return visible(unescape(_NO_CHARACTER.sub("\ufffd", text)) if "&" in text else text)


def transliterate(text: str) -> str:
    """`text` written in ASCII, script by script; what no ASCII can stand for is left out."""
    if text.isascii() and text.isprintable():
        return text
    return anyascii(_INVISIBLE.sub("", text))


def cut(text: str, limit: int) -> str:
    """`text` if it has at most `limit` characters, else its beginning up to the end of a word, then "…".

    Text without a space in the latter half of its beginning is cut at a character.
    """
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 1 and combining(text[end]):
        end -= 1
    beginning = text[:end]
    if not text[end].isspace():
        word_end = max(beginning.rfind(space) for space in " \n\t")
        if word_end >= limit // 2:
            beginning = beginning[:word_end]
    return beginning.rstrip(" \n\t,;:.-–—") + "…"


def bounded(text: str, limit: int = 500) -> str:
    """`text` as an index can hold it: whole up to `limit` characters, else its beginning and a hash of all of it."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 17]}#{sha256(text.encode(errors='replace')).hexdigest()[:16]}"
