"""What a page says of a search: how the text was read, what was meant, and how all that is chosen reads as one text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from catalog.access import Viewer
from catalog.listing.searching import is_searchable, meant, periods_of
from catalog.pages.filters import plural
from catalog.pages.links import Links
from catalog.search.forms import DATASETS, Form
from catalog.search.language import read, term
from catalog.vocabulary.text import tidy

BY_RELEVANCE = {"relevance": ("Best match", "best matches first")}
WORST_FIRST = {"-relevance": ("Worst match", "worst matches first")}
"""Sorts of a list that was searched, with the words of the menu and those of the heading."""
# With so few hits a page asks whether something else was meant.
_FEW = 5
_TERMS = {
    "tag": "tag",
    "license": "license",
    "organization": "org",
    "owner": "owner",
    "format": "format",
    "type": "type",
    "visibility": "visibility",
    "updated": "updated",
}


@dataclass(frozen=True)
class Meant:
    """A text that was probably meant, where it leads, and what it finds."""

    text: str
    href: str
    count: str


@dataclass(frozen=True)
class Search:
    """What is said of a search text."""

    reading: Sequence[str]
    """How it was read, part by part; nothing where it is words alone."""
    notes: Sequence[str]
    meant: Meant | None
    as_text: str | None
    """The search and what is chosen beside it, as one text; None where nothing is chosen."""


def default_sort(args: Mapping[str, Sequence[str]], otherwise: str) -> str:
    """The order where none is asked for: by how well the words of a text are matched, where it has any."""
    return "relevance" if any(is_ranked(tidy(text)) for text in args.get("q", ())) else otherwise


def is_ranked(text: str) -> bool:
    """Whether a text holds words, which some rows match better than others; terms alone are met or not."""
    return bool(read(text).words)


def describe(
    viewer: Viewer, text: str, links: Links, total: int, count: Callable[[Links], int], form: Form = DATASETS
) -> Search:
    """What to say of the search `text` that finds `total` rows; `count` tells how many rows an address shows."""
    sought = read(text)
    return Search(
        reading=[] if sought.is_plain else sought.in_words(),
        notes=_notes(text, form),
        meant=_meant(viewer, text, links, count, form) if text and total < _FEW else None,
        as_text=_as_text(text, links),
    )


def _notes(text: str, form: Form) -> list[str]:
    sought = read(text)
    understood = periods_of(sought)
    notes = [
        f"“updated:{part.text[:40]}” is not a time: it narrows nothing."
        for part in sought.terms.get("updated", ())
        if part not in understood
    ]
    if text and not sought.parts:
        notes.append(f"“{text[:40]}” holds no word to search for.")
    if sought.is_cut:
        notes.append(f"Only the first {plural(len(sought.parts), 'part')} of the search text were used.")
    if text and not is_searchable(form):
        notes.append(
            "The search index is reading what was written lately: until it has, words are found only as they are "
            "typed, and the best matches do not come first."
        )
    return notes


def _meant(viewer: Viewer, text: str, links: Links, count: Callable[[Links], int], form: Form) -> Meant | None:
    better = meant(viewer, text, form)
    if better is None:
        return None
    way = links.searching(better)
    number = count(way)
    return Meant(better, way.address(), plural(number, form.noun)) if number else None


def _as_text(text: str, links: Links) -> str | None:
    terms = [term(name, values) for key, name in _TERMS.items() if (values := links.state.get(key, ()))]
    return " ".join([*([text] if text else []), *terms]) if terms else None
