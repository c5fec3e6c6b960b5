"""A list in words: what it is narrowed to as chips, and the sentence that is its heading and its title."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from catalog.pages.filters import MONTHS, plural
from catalog.pages.links import FILTERS, Links

# How each filter goes on in the sentence, before its values.
_LEADS = {
    "tag": ", tagged ",
    "license": ", licence ",
    "organization": ", organization ",
    "owner": ", owner ",
    "format": ", format ",
    "type": ", type ",
    "year": ", updated in ",
    "visibility": ", ",
    "ownership": ", ",
    "updated": ", updated ",
    "dataset": ", in ",
}
_IN_SMALL_LETTERS = frozenset({"visibility", "ownership"})
_TITLES = {"license": "licence", "ownership": ""}
_DAYS = re.compile(r"(\d+)d")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")

Chip = Mapping[str, str]


def chips(links: Links, labels: Mapping[tuple[str, str], str]) -> list[Chip]:
    """What the list is narrowed to; a value that has no label, by its facet's name and itself, is called as typed."""
    return [
        _chip(name, value, period_in_words(value) if name == "updated" else labels.get((name, value), value))
        for name in FILTERS
        for value in links.state.get(name, ())
    ]


def _chip(name: str, value: str, label: str) -> Chip:
    title = _TITLES.get(name, name)
    return {"name": name, "value": value, "title": title, "label": label, "words": f"{title} {label}".strip()}


def sentence(noun: str, total: int, text: str, chosen: Sequence[Chip], order: str) -> list[tuple[str, bool]]:
    """The list in words, as pairs of text and whether it is the reader's own value."""
    return [(plural(total, noun), True), *_narrowed(text, chosen), (f", {order}", False)]


def sentence_of_values(
    nouns: tuple[str, str], total: int, sought: str, noun: str, text: str, chosen: Sequence[Chip]
) -> list[tuple[str, bool]]:
    """The values of a facet in words: how many there are with what was sought, of which list of each `noun`."""
    having = [(" with ", False), (f"“{sought}”", True)] if sought else []
    return [(plural(total, *nouns), True), *having, (f" of {noun}s", False), *_narrowed(text, chosen)]


def _narrowed(text: str, chosen: Sequence[Chip]) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    if text:
        parts += [(" matching ", False), (f"“{text}”", True)]
    for name in dict.fromkeys(chip["name"] for chip in chosen):
        values = [chip["label"] for chip in chosen if chip["name"] == name]
        parts.append((_LEADS[name], False))
        for value, following in pairwise([*values, None]):
            parts.append((value.lower() if name in _IN_SMALL_LETTERS else value, True))
            if following is not None:
                parts.append((" or " if following == values[-1] else ", ", False))
    return parts


def period_in_words(text: str) -> str:
    """A period as addresses write it, in words: `30d` is "in the last 30 days", `2026-05` is "in May 2026"."""
    if found := _DAYS.fullmatch(text):
        return f"in the last {plural(int(found[1]), 'day')}"
    if text[:1] in "<>":
        return f"{'before' if text[0] == '<' else 'since'} {_date(text[1:])}"
    begin, dots, end = text.partition("..")
    if not dots:
        return f"{'on' if text.count('-') == 2 else 'in'} {_date(text)}"
    if not (begin and end):
        return f"since {_date(begin)}" if begin else f"until {_date(end)}"
    return f"from {_date(begin)} to {_date(end)}"


def _date(text: str) -> str:
    year, month, day = _DATE.fullmatch(text).groups()
    return " ".join(part for part in (day and str(int(day)), month and MONTHS[int(month) - 1], year) if part)
