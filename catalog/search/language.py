"""The language of search texts: words, "phrases", -exclusions, terms such as `tag:forest`. Nothing is an error."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.search.words import plain, words_of

FIELDS: Mapping[str, str] = {
    "tag": "tag",
    "license": "licence",
    "licence": "licence",
    "org": "organization",
    "organization": "organization",
    "owner": "owner",
    "format": "format",
    "type": "asset type",
    "column": "column",
    "visibility": "visibility",
    "updated": "updated",
}
"""What can stand before a colon, and what it is called; every other word before a colon is a word like any."""
_MEANT = {"licence": "license", "org": "organization"}
MOST_PARTS = 32
"""How many parts of a text are read; what follows narrows nothing any more."""
_PART = re.compile(
    r"""(?P<no>-)?(?:(?P<name>[a-z]+):(?=\S))?(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>[^\s"]+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """One part of a search text: words that stand together, in any field or in a named one."""

    words: tuple[str, ...]
    text: str
    """What was typed, without marks."""
    name: str | None = None
    """The field: a key of FIELDS without its other spellings; None for any."""
    is_excluded: bool = False
    is_quoted: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The alternatives that a term names, `tag:a,b`, as they are compared."""
        given = [self.text] if self.is_quoted else self.text.split(",")
        return tuple(dict.fromkeys(plain(one) for one in given if one))

    @property
    def typed(self) -> str:
        """How this part is typed."""
        quote = '"' if self.is_quoted else ""
        return f"{'-' if self.is_excluded else ''}{f'{self.name}:' if self.name else ''}{quote}{self.text}{quote}"


@dataclass(frozen=True)
class Sought:
    """A search text as it was read."""

    parts: tuple[Part, ...]
    is_cut: bool = False
    """Whether there were more parts than are read."""

    @property
    def words(self) -> list[str]:
        """The words that have to be found, wherever, in order."""
        return [word for part in self.parts if part.name is None and not part.is_excluded for word in part.words]

    @property
    def terms(self) -> dict[str, list[Part]]:
        """The terms by field; those that exclude are among them."""
        found: dict[str, list[Part]] = {}
        for part in self.parts:
            if part.name is not None:
                found.setdefault(part.name, []).append(part)
        return found

    @property
    def is_plain(self) -> bool:
        """Whether this is nothing but words, each found wherever it stands."""
        return not any(part.name or part.is_excluded or part.is_quoted for part in self.parts)

    @property
    def text(self) -> str:
        """A text that reads as this does."""
        return " ".join(part.typed for part in self.parts)

    def in_words(self) -> list[str]:
        """How the text was read, part by part, as a reader says it."""
        words = [f"“{part.text}”" for part in self.parts if part.name is None and not part.is_excluded]
        said = [" and ".join(words)] if words else []
        said += [f"without “{part.text}”" for part in self.parts if part.name is None and part.is_excluded]
        for name, parts in self.terms.items():
            wanted = [part.text for part in parts if not part.is_excluded]
            unwanted = [part.text for part in parts if part.is_excluded]
            said += [f"{FIELDS[name]} {' or '.join(wanted)}"] if wanted else []
            said += [f"without {FIELDS[name]} {' or '.join(unwanted)}"] if unwanted else []
        return said


def read(text: str) -> Sought:
    """`text` in parts. What is left open, unknown or empty is read as words; what holds no word is passed over."""
    parts: list[Part] = []
    is_cut = False
    for found in _PART.finditer(text):
        part = _part(found)
        if part is None:
            continue
        if len(parts) == MOST_PARTS:
            is_cut = True
            break
        parts.append(part)
    return Sought(tuple(dict.fromkeys(parts)), is_cut)


def term(name: str, values: Sequence[str]) -> str:
    """The term by which a search text says what a facet says: `tag:"sea ice"`."""
    return " ".join(f'{name}:"{value}"' if re.search(r'[\s,"]', value) else f"{name}:{value}" for value in values)


def _part(found: re.Match[str]) -> Part | None:
    quoted, bare = found["quoted"], found["bare"]
    text = bare if quoted is None else quoted.strip()
    name = (found["name"] or "").lower()
    if name and name not in FIELDS:
        text, name = f"{found['name']}:{text}", ""
    words = tuple(words_of(text))
    if not words and not (name and text):
        return None
    return Part(
        words=words,
        text=text,
        name=_MEANT.get(name, name) or None,
        is_excluded=bool(found["no"]),
        is_quoted=quoted is not None,
    )
