"""Ways out of a list that shows nothing: the same list with one condition less, each with what it would show."""

from collections.abc import Callable, Sequence
from typing import Any

from catalog.pages.links import Links
from catalog.pages.wording import Chip

# Each way costs a statement to count.
_MOST_WORDS = 3
_MOST = 6


def ways_out(
    links: Links, query: str, chosen: Sequence[Chip], noun: str, count: Callable[[Links], int]
) -> list[dict[str, Any]]:
    """Without each word, without each thing chosen, and without all; `count` tells how many rows an address shows."""
    less = [*_fewer_words(links, query, is_alone=not chosen), *_fewer_filters(links, chosen)][: _MOST - 1]
    if links.everything() not in [way for _, way in less]:
        less.append((f"all {noun}s", links.everything()))
    return [{"words": words, "href": way.address(), "count": count(way)} for words, way in less]


def _fewer_words(links: Links, query: str, *, is_alone: bool) -> list[tuple[str, Links]]:
    words = query.split()
    if len(words) > 1:
        rests = [(word, " ".join(words[:place] + words[place + 1 :])) for place, word in enumerate(words)]
        return [(f"without the word “{word}”", links.searching(rest)) for word, rest in rests[:_MOST_WORDS]]
    return [(f"without the word “{query}”", links.searching(""))] if words and not is_alone else []


def _fewer_filters(links: Links, chosen: Sequence[Chip]) -> list[tuple[str, Links]]:
    if len(chosen) == 1 and not links.state.get("q"):
        return []
    return [(f"without {chip['words']}", links.dropping(chip["name"], chip["value"])) for chip in chosen]
