"""Addresses that links may lead to, given as such or written in running words."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

_LONGEST = 4000
_ALLOWED = re.compile(r"(?:https?://[^\s/?#]+(?:[/?#].*)?|mailto:[^\s?].*)", re.IGNORECASE)
_GAP = re.compile(r"(https?://|mailto:)\s+", re.IGNORECASE)
_UNSAFE = {character: f"%{ord(character):02X}" for character in '"<>\\^`{|}'}
# As browsers do: these go wherever they stand, other blanks are written out. A host has none.
_DROPPED = re.compile(r"[\t\r\n]")
_BLANK = re.compile(r"\s")

_WRITTEN = re.compile(r"\bhttps?://[\w\[][^\s<>\"“”«»。，、；：（）【】]*", re.IGNORECASE)
# What stands for a part of the address of each of many files: `{z}`.
_PLACE = re.compile(r"\{[A-Za-z_]\w*\}")
_PUNCTUATION = ".,;:!?'*_~]…’"


def link_address(given: str) -> str:
    """`given` as the address of a link, a blank inside written as `%20`; "" when no link may lead there.

    Links lead to http, https and mailto addresses: others run scripts or, being relative, would lead into this portal.
    """
    packed = _GAP.sub(r"\1", _DROPPED.sub("", given.strip()), count=1)
    if len(packed) > _LONGEST or not _ALLOWED.fullmatch(packed):
        return ""
    return "".join(_UNSAFE.get(character, character) for character in _BLANK.sub(_encoded, packed))


def web_address(given: str | None) -> str | None:
    """`given` as an address that a browser can be led to; None unless it is one of http or https."""
    address = link_address(given or "")
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and parts.port != 0  # reading the port checks it
    except ValueError:
        return None
    return address if is_whole and parts.scheme in ("http", "https") else None


def file_address(given: str | None) -> str | None:
    """`given` as the address of one file on the web; None also for the pattern of many: `…/{z}/{x}/{y}.png`."""
    return None if is_pattern(given) else web_address(given)


def is_pattern(given: str | None) -> bool:
    """Whether `given` is the pattern of many addresses."""
    return _PLACE.search(given or "") is not None


def split_at_addresses(words: str) -> Iterator[tuple[str, bool]]:
    """The pieces of `words` in order, each with whether it is an address."""
    position = 0
    for found in _WRITTEN.finditer(words):
        address = _without_punctuation(found[0])
        yield words[position : found.start()], False
        yield address, True
        position = found.start() + len(address)
    yield words[position:], False


def _encoded(blank: re.Match[str]) -> str:
    return quote(blank[0])


def _without_punctuation(address: str) -> str:
    """`address` without what ends the sentence or the bracket around it."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in _PUNCTUATION or (address[end - 1] == ")" and surplus > 0)):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]
