"""What searches and suggestions show to one caller of a drawn world, beside what the oracle says that they should."""

import re
from collections.abc import Iterable

from tests.support.asking import Asking
from tests.support.mouths import Mouth, Seen
from tests.support.oracle import Dataset, World, named, slugs

_SLUG = re.compile(r' data-slug="([^"]+)"')
_TOTAL = re.compile(r' data-total="(\d+)"')
_FACET = re.compile(r'aria-labelledby="facet-visibility">(.*?)</div>\s*(?:<div class="facet"|</div>)', re.S)
_VALUE = re.compile(r'class="facet__label[^>]*>([^<]*)</span>\s*<span class="facet__count">([\d,]+)<')
# As many datasets as are suggested at most.
_MOST = 6


def searches(ask: Asking, world: World, who: str | None) -> Seen:
    """Words, what is excluded, and terms: hits, their total and a facet; and the same words in the GFW list."""
    if not ask.is_recognised:
        return (yield "/datasets?q=rain", ask.page("/datasets?q=rain").status, 401)
    visible = named(world.visible_to(who))
    rain = {one for one in visible if _says(one, "rain")}
    yield from _found(ask, "rain", rain)
    yield from _found(ask, "RAI", rain)
    yield from _found(ask, "-rain", visible - rain)
    yield from _found(ask, "strassen", {one for one in visible if _says(one, "straßen")})
    yield from _found(ask, "visibility:private", {one for one in visible if one.visibility == "private"})
    yield from _found(ask, "owner:alice -format:csv", {one for one in visible if _is_of_alice_without_csv(one)})
    yield from _found(ask, "org:mappers", {one for one in visible if one.organization == "mappers"})
    told = ask.json("/datasets?q=rain&sort=slug")["data"]
    yield "GFW ?q=rain", [one["dataset"] for one in told], slugs(rain)


def suggestions(ask: Asking, world: World, who: str | None) -> Seen:
    """Datasets and organizations by the beginning of a word."""
    if not ask.is_recognised:
        return (yield "/suggest?q=rai", ask.page("/suggest?q=rai").status, 401)
    rain = {f"/datasets/{one.slug}" for one in named(world.visible_to(who)) if _says(one, "rain")}
    told = [one["href"] for one in ask.json("/suggest?q=rai")["datasets"]]
    yield "/suggest?q=rai", (len(told), set(told) - rain), (min(_MOST, len(rain)), set())
    for key in ("mappers", "weather-office"):
        known = [f"/organizations/{key}"] if key in world.known_organizations(who) else []
        told = [one["href"] for one in ask.json(f"/suggest?q={key[:4]}")["organizations"]]
        yield f"/suggest?q={key[:4]}", told, known


MOUTHS: tuple[Mouth, ...] = (searches, suggestions)


def _says(dataset: Dataset, word: str) -> bool:
    return word in {dataset.content.title.lower(), dataset.slug.partition("-")[0]}


def _is_of_alice_without_csv(dataset: Dataset) -> bool:
    return dataset.owner == "alice" and "csv" not in dataset.content.formats


def _found(ask: Asking, text: str, expected: Iterable[Dataset]) -> Seen:
    answer = ask.page(f"/datasets?q={text.replace(' ', '+')}&size=200")
    page, wanted = answer.body.decode(), slugs(expected)
    yield f"?q={text}", (answer.status, sorted(set(_SLUG.findall(page)))), (200, wanted)
    yield f"?q={text}: total", int(_TOTAL.findall(page)[0]), len(wanted)
    if wanted and (facet := _FACET.search(page)):
        yield f"?q={text}: visibility", sum(int(number) for _, number in _VALUE.findall(facet[1])), len(wanted)
