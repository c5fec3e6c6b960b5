"""What the pages of the catalog show to one caller of a drawn world, beside what the oracle says that they should."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.support.asking import Asking
from tests.support.mouths import OWNERSHIPS, UNKNOWN, Mouth, Seen
from tests.support.oracle import Actor, Dataset, World, named, slugs, uris
from tests.support.oracle_verbs import may_manage

MISSING = "not stated"
_SLUG = re.compile(r' data-slug="([^"]+)"')
_UUID = re.compile(r' data-uuid="([^"]+)"')
_KEY = re.compile(r' data-key="([^"]+)".*?class="party_list__count">([\d,]+) ', re.S)
_ENTRY = re.compile(r'<li class="entries__entry">(.*?)</li>', re.S)
_CODE = re.compile(r'class="entries__code mono">([^<]+)<')
_ROLE = re.compile(r'<option value="(\w+)" selected>')
_TOTAL = re.compile(r' data-total="(\d+)"')
_FACET = re.compile(r'<div class="facet" role="group" aria-labelledby="facet-(\w+)">')
_VALUE = re.compile(r'class="facet__label[^>]*>([^<]*)</span>\s*<span class="facet__count">([\d,]+)<')
_COUNTS = re.compile(r'class="home__counts">(.*?)</p>', re.S)
_WHY = re.compile(r'class="why__words">You see this because (.*?)</span>', re.S)
_REASONS = {
    "own": "it is yours",
    "shared": "shared it with",
    "organization": "you belong to",
    "internal": "you are signed in",
    "public": "it is public",
}


def dataset_pages(ask: Asking, world: World, who: str | None) -> Seen:
    """The list of datasets: page by page, as cards and as a table, with the unnamed, with its filters and counts."""
    if not ask.is_recognised:
        return (yield "/datasets", ask.page("/datasets").status, 401)
    visible = world.visible_to(who)
    yield from _pages(ask, "/datasets", _SLUG, slugs(named(visible)))
    yield from _whole(ask, "/datasets?unnamed=1", _SLUG, slugs(visible))
    yield from _whole(ask, "/datasets?view=table", _SLUG, slugs(named(visible)))
    for ownership in OWNERSHIPS:
        theirs = named(visible & world.by_ownership(who, ownership)) if who else []
        yield from _whole(ask, f"/datasets?ownership={ownership}", _SLUG, slugs(theirs))
    facets = _facets(_shown(ask, "/datasets"))
    yield "/datasets: visibility", facets["visibility"], _counts(visible, lambda one: [one.visibility.capitalize()])
    yield "/datasets: format", facets["format"], _counts(visible, _formats)
    yield "/datasets: organization", facets["organization"], _counts(visible, lambda one: [one.organization or MISSING])
    if who:
        ways = {"Owned by me": "ownedByMe", "Shared with me": "sharedWithMe"}
        numbers = {label: len(named(visible & world.by_ownership(who, way))) for label, way in ways.items()}
        yield "/datasets: ownership", facets["ownership"], {"Everything I may see": len(named(visible))} | numbers
    for visibility in ("internal", "private"):
        chosen = named(one for one in visible if one.visibility == visibility)
        page = _shown(ask, f"/datasets?visibility={visibility}")
        yield f"/datasets?visibility={visibility}: format", _facets(page)["format"], _counts(chosen, _formats)


def asset_pages(ask: Asking, world: World, who: str | None) -> Seen:
    """The list of assets, with its filters and counts, and the page of an asset of each dataset."""
    for dataset in world.datasets:
        for file in dataset.content.files[:1]:
            expected = (200 if dataset in world.visible_to(who) else 404) if ask.is_recognised else 401
            yield f"the page of {file.uri}", ask.page(f"/assets/{ask.uuids[file.uri]}").status, expected
    if not ask.is_recognised:
        return (yield "/assets", ask.page("/assets").status, 401)
    visible = named(world.visible_to(who))
    yield from _pages(ask, "/assets", _UUID, ask.uuids_of(uris(visible)))
    facets = _facets(_shown(ask, "/assets"))
    formats = Counter(file.format or MISSING for one in visible for file in one.content.files)
    yield "/assets: format", facets.get("format", {}), dict(formats)
    organizations = Counter(one.organization or MISSING for one in visible for _ in one.content.files)
    yield "/assets: organization", facets.get("organization", {}), dict(organizations)
    for dataset in world.datasets[:2]:
        yield from _whole(ask, f"/assets?dataset={dataset.slug}", _UUID, ask.uuids_of(uris({dataset} & visible)))


def detail_pages(ask: Asking, world: World, who: str | None) -> Seen:
    """The page of each dataset, by what it is called and by what it was called."""
    for slug in sorted({slug for one in world.datasets for slug in {one.slug, *one.old_slugs}} | {UNKNOWN}):
        path = f"/datasets/{slug}"
        answer = ask.page(path)
        present = world.lead(who, slug)
        if not ask.is_recognised or present is None:
            yield path, answer.status, 404 if ask.is_recognised else 401
            is_mine = any(may_manage(world, ask.caller, one) for one in world.datasets if one.slug == slug)
            yield f"{path}: in the trash", f"/trash/{slug}/restore" in answer.body.decode(), is_mine
        elif present != slug:
            yield path, (answer.status, answer.headers["Location"]), (301, f"/datasets/{present}")
        else:
            dataset = next(one for one in world.datasets if one.slug == slug)
            text = answer.body.decode()
            yield path, answer.status, 200
            yield f"{path}: assets", sorted(_UUID.findall(text)), ask.uuids_of(uris([dataset]))
            reason = _REASONS[_reach(world, who, dataset)]
            why = " ".join(re.sub(r"<[^>]*>", "", _WHY.findall(text)[0]).split())
            yield f"{path}: why", reason in why, True


def party_pages(ask: Asking, world: World, who: str | None) -> Seen:
    """The organizations, each of them, each user, and the counts on the first page."""
    if not ask.is_recognised:
        paths = ("/", "/organizations", *(f"/organizations/{key}" for key in world.roles))
        yield from ((path, ask.page(path).status, 401) for path in paths)
        return
    visible = named(world.visible_to(who))
    known = world.known_organizations(who)
    owned = {key: len(visible & world.published_by([key])) for key in known}
    listed = _KEY.findall(_shown(ask, "/organizations"))
    yield "/organizations", {key: int(number) for key, number in listed}, owned
    yield "/organizations: total", _total(_shown(ask, "/organizations")), len(known)
    for key in (*sorted(world.roles), UNKNOWN):
        yield from _party(ask, f"/organizations/{key}", visible & world.published_by([key]) if key in known else None)
        if key in known:
            told = set(world.roles[key]) if key in world.organizations_of(who) else set()
            yield f"/organizations/{key}: members", _named(ask, f"/organizations/{key}", "members", "users"), told
    for handle in (*sorted(world.people), UNKNOWN):
        if who is None:
            yield f"/users/{handle}", ask.page(f"/users/{handle}").status, 303
        else:
            theirs = visible & world.owned_by(handle) if handle in world.people else None
            yield from _party(ask, f"/users/{handle}", theirs)
        if who and handle in world.people:
            mutual = world.organizations_of(who) & world.organizations_of(handle)
            yield (
                f"/users/{handle}: member of",
                _named(ask, f"/users/{handle}", "organizations", "organizations"),
                mutual,
            )
    counts = re.findall(r">([\d,]+) \w+<", _COUNTS.findall(_shown(ask, "/"))[0])
    yield "/: counts", [int(count) for count in counts], [len(visible), len(uris(visible)), len(known)]


def trash_pages(ask: Asking, world: World, who: str | None) -> Seen:
    """The trash: what lies there of one's own, and of the organizations that one administers."""
    if who is None or not ask.is_recognised:
        return (yield "/trash", ask.page("/trash").status, 401 if who else 303)
    theirs = [one for one in world.datasets if one.is_withdrawn and may_manage(world, Actor(who), one)]
    yield from _pages(ask, "/trash", _CODE, sorted(one.full_name for one in theirs))


def share_pages(ask: Asking, world: World, who: str | None) -> Seen:
    """Who has access to each dataset and in which role, for those who manage it, by its present id and by old ones."""
    for slug in sorted({slug for one in world.datasets for slug in {one.slug, *one.old_slugs}} | {UNKNOWN}):
        path = f"/datasets/{slug}/shares"
        answer = ask.page(path)
        if who is None or not ask.is_recognised:
            yield path, answer.status, 401 if who else 303
        elif (present := world.lead(who, slug)) is None:
            yield path, answer.status, 404
        elif present != slug:
            yield path, (answer.status, answer.headers["Location"]), (301, f"/datasets/{present}/shares")
        else:
            dataset = next(one for one in world.datasets if one.slug == slug)
            is_managed = may_manage(world, ask.caller, dataset)
            yield path, answer.status, 200 if is_managed else 403
            if is_managed:
                yield f"{path}: who", _access(answer.body.decode()), _shares(dataset)


PAGES: tuple[Mouth, ...] = (dataset_pages, asset_pages, detail_pages, party_pages, trash_pages, share_pages)


def _access(page: str) -> list[tuple[str, str | None]]:
    """Who is named on the page of a dataset's shares, with the role that a share gives."""
    entries = [(_CODE.findall(entry), _ROLE.findall(entry)) for entry in _ENTRY.findall(page)]
    return sorted(((*codes, *roles, None)[:2] for codes, roles in entries if codes), key=str)


def _shares(dataset: Dataset) -> list[tuple[str, str | None]]:
    parties = [dataset.owner, *([dataset.organization] if dataset.organization else [])]
    return sorted([*((party, None) for party in parties), *dataset.shares.items()], key=str)


def _pages(ask: Asking, path: str, row: re.Pattern[str], whole: list[str]) -> Seen:
    """Every page of a list: joined they are the whole, each says the total, and one past the end is empty."""
    last = max(1, -(-len(whole) // ask.size))
    pages = [_shown(ask, f"{path}?size={ask.size}&page={number}") for number in range(1, last + 2)]
    yield f"{path} by pages of {ask.size}", sorted(one for page in pages for one in row.findall(page)), whole
    yield f"{path} totals", {_total(page) for page in pages}, {len(whole)}
    yield f"{path} past the end", row.findall(pages[-1]), []


def _whole(ask: Asking, path: str, row: re.Pattern[str], whole: list[str]) -> Seen:
    """A list on one page."""
    page = _shown(ask, f"{path}&size=200")
    yield path, sorted(row.findall(page)), whole
    yield f"{path}: total", _total(page), len(whole)


def _party(ask: Asking, path: str, datasets: Iterable[Dataset] | None) -> Seen:
    if datasets is None:
        yield path, ask.page(path).status, 404
        return
    page = _shown(ask, f"{path}?size=200")
    yield path, sorted(_SLUG.findall(page)), slugs(datasets)
    yield f"{path}: total", _total(page), len(slugs(datasets))


def _named(ask: Asking, path: str, section: str, room: str) -> set[str]:
    """Whom a section of a page names; nobody where the page has no such section."""
    _, _, rest = _shown(ask, path).partition(f'aria-labelledby="{section}"')
    return set(re.findall(rf'href="/{room}/([^"?]+)"', rest.partition("</section>")[0]))


def _shown(ask: Asking, path: str) -> str:
    answer = ask.page(path)
    assert answer.status == 200, f"{path}: {answer.status}"
    return answer.body.decode()


def _total(page: str) -> int:
    return int(_TOTAL.findall(page)[0])


def _facets(page: str) -> dict[str, dict[str, int]]:
    """The counts of each facet that a page shows, by label."""
    parts = _FACET.split(page)[1:]
    pairs: Iterator[tuple[str, str]] = zip(parts[::2], parts[1::2], strict=True)
    facets = {name: {label: int(number) for label, number in _VALUE.findall(part)} for name, part in pairs}
    return {"visibility": {}, "format": {}, "organization": {}} | facets


def _counts(datasets: Iterable[Dataset], values: Callable[[Dataset], Iterable[Any]]) -> dict[str, int]:
    return dict(Counter(value for dataset in named(datasets) for value in values(dataset)))


def _formats(dataset: Dataset) -> Iterable[str]:
    return [MISSING if format_ == "-" else format_ for format_ in dataset.content.formats]


def _reach(world: World, who: str | None, dataset: Dataset) -> str:
    """The first reason that holds."""
    ways = {
        "own": world.owned_by(who),
        "shared": world.shared_with(who),
        "organization": world.published_by(world.organizations_of(who)),
        "internal": {dataset} if dataset.visibility == "internal" else set(),
        "public": {dataset},
    }
    return next(way for way, found in ways.items() if dataset in found)
