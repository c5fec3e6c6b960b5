"""What the pages of facets show to one caller of a drawn world, beside what the oracle says that they should."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from tests.support.asking import Asking
from tests.support.mouths import Mouth, Seen
from tests.support.oracle import Dataset, World, named

MISSING = "not stated"
_VALUE = re.compile(r'class="facet__label[^>]*>([^<]*)</span>\s*<span class="facet__count">([\d,]+)<')
_TOTAL = re.compile(r' data-total="(\d+)"')


def facets_of_datasets(ask: Asking, world: World, who: str | None) -> Seen:
    """Formats, organizations and visibilities of datasets: all, by a text, under other filters, with the unnamed."""
    path = "/datasets/facets"
    if not ask.is_recognised:
        return (yield f"{path}/format", ask.page(f"{path}/format").status, 401)
    everything = world.visible_to(who)
    visible = named(everything)
    yield from _shown(ask, f"{path}/format", _counts(visible, _formats))
    yield from _shown(ask, f"{path}/format?unnamed=1&format=csv", _counts(everything, _formats))
    private = [one for one in visible if one.visibility == "private"]
    yield from _shown(ask, f"{path}/format?visibility=private", _counts(private, _formats))
    yield from _shown(ask, f"{path}/format?find=PAR", _having("par", _counts(visible, _formats)))
    yield from _shown(ask, f"{path}/visibility", _counts(visible, lambda one: [one.visibility.capitalize()]))
    organizations = _counts(visible, _organization)
    yield from _shown(ask, f"{path}/organization", organizations)
    yield from _shown(ask, f"{path}/organization?find=er", _having("er", organizations))
    yield f"{path}/{MISSING}", ask.page(f"{path}/{MISSING}").status, 404


def facets_of_assets(ask: Asking, world: World, who: str | None) -> Seen:
    """Formats and organizations of assets, counted in assets."""
    path = "/assets/facets"
    if not ask.is_recognised:
        return (yield f"{path}/format", ask.page(f"{path}/format").status, 401)
    visible = named(world.visible_to(who))
    formats = Counter(file.format or MISSING for one in visible for file in one.content.files)
    yield from _shown(ask, f"{path}/format", formats)
    yield from _shown(ask, f"{path}/format?find=sv", _having("sv", formats))
    yield from _shown(ask, f"{path}/organization", _counts(visible, lambda one: _organization(one) * _size(one)))


MOUTHS: tuple[Mouth, ...] = (facets_of_datasets, facets_of_assets)


def _shown(ask: Asking, path: str, expected: Counter[str]) -> Seen:
    answer = ask.page(path)
    page = answer.body.decode()
    yield path, (answer.status, {label: int(number) for label, number in _VALUE.findall(page)}), (200, dict(expected))
    yield f"{path}: total", int(_TOTAL.findall(page)[0]), len(expected)


def _counts(datasets: Iterable[Dataset], values: Callable[[Dataset], Iterable[str]]) -> Counter[str]:
    return Counter(value for dataset in datasets for value in values(dataset))


def _having(text: str, counts: Counter[str]) -> Counter[str]:
    return Counter({value: number for value, number in counts.items() if text in value})


def _formats(dataset: Dataset) -> Iterable[str]:
    return [MISSING if format_ == "-" else format_ for format_ in dataset.content.formats]


def _organization(dataset: Dataset) -> list[str]:
    return [dataset.organization or MISSING]


def _size(dataset: Dataset) -> int:
    return len(dataset.content.files)
