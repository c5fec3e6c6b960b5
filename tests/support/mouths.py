"""What each mouth of the catalog says to one caller about a drawn world, beside what the oracle says that it should.

Each mouth yields pairs: where it looked, what came, what was expected.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.support.asking import Asking
from tests.support.oracle import World, named, org_rows, slugs, uris

Seen = Iterator[tuple[str, Any, Any]]
Mouth = Callable[[Asking, World, str | None], Seen]
OWNERSHIPS = ("ownedByMe", "sharedWithMe")
UNKNOWN = "nobody-knows"


def gfw_datasets(ask: Asking, world: World, who: str | None) -> Seen:
    """The list of datasets in the GFW dialect: whole, page by page, narrowed."""
    if not ask.is_recognised:
        return (yield "/datasets", ask.status("/datasets"), 401)
    visible = named(world.visible_to(who))
    yield "/datasets", _slugs(ask.json("/datasets")), slugs(visible)
    yield "/datasets.json", _slugs(ask.json("/datasets.json")), slugs(visible)
    yield from _gfw_pages(ask, "/datasets", _slugs, slugs(visible))
    for ownership in OWNERSHIPS:
        theirs = visible & world.by_ownership(who, ownership) if who else set()
        yield f"/datasets?ownership={ownership}", _slugs(ask.json(f"/datasets?ownership={ownership}")), slugs(theirs)
    for key in (*sorted(world.roles), UNKNOWN):
        found = slugs(visible & world.published_by([key]))
        yield f"/datasets?organization={key}", _slugs(ask.json(f"/datasets?organization={key}")), found
    for handle in sorted(world.people):
        found = slugs(visible & world.owned_by(handle))
        yield f"/datasets?owner={handle}", _slugs(ask.json(f"/datasets?owner={handle}")), found


def gfw_assets(ask: Asking, world: World, who: str | None) -> Seen:
    """The list of assets in the GFW dialect: whole, page by page, of one dataset."""
    if not ask.is_recognised:
        return (yield "/assets", ask.status("/assets"), 401)
    visible = world.visible_to(who)
    yield "/assets", sorted(_uris(ask.json("/assets"))), uris(named(visible))
    whole = _uris(ask.json("/assets"))
    yield "/assets.json", _uris(ask.json("/assets.json")), whole
    yield from _gfw_pages(ask, "/assets", _uris, whole)
    for dataset in world.datasets[:4]:
        for version in ("v1", "v1.0.0", "v2.0.0"):
            path = f"/assets?dataset={dataset.slug}&version={version}"
            found = [file.uri for file in dataset.content.held_by(version)] if dataset in named(visible) else []
            yield path, sorted(_uris(ask.json(path))), sorted(found)


def apify_datasets(ask: Asking, world: World, who: str | None) -> Seen:
    """The list of storages in the Apify dialect: by ownership, with the unnamed, both ways, page by page."""
    if not ask.is_recognised or who is None:
        return (yield "/v2/datasets", ask.status("/v2/datasets"), 401)
    for ownership in (None, *OWNERSHIPS):
        reaching = world.by_ownership(who, ownership)
        for unnamed, found in (("0", named(reaching)), ("1", reaching)):
            path = f"/v2/datasets?unnamed={unnamed}" + (f"&ownership={ownership}" if ownership else "")
            names = [dataset.storage_name for dataset in world.datasets if dataset in found]
            yield path, _storages(ask.json(path)), (len(names), names)
    yield f"{path}&desc=1", _storages(ask.json(f"{path}&desc=1")), (len(names), names[::-1])
    everything = [dataset.storage_name for dataset in world.datasets if dataset in world.reaching(who)]
    offsets = range(0, len(everything) + ask.size, ask.size)
    walked = [_storages(ask.json(f"/v2/datasets?unnamed=1&limit={ask.size}&offset={offset}")) for offset in offsets]
    yield f"by pages of {ask.size}", [name for _, page in walked for name in page], everything
    yield "totals of pages", {total for total, _ in walked}, {len(everything)}


def org_datasets(ask: Asking, world: World, who: str | None) -> Seen:
    """The rows of the org dialect under each organization, one's own handle, somebody else's, and one of nobody."""
    strangers = sorted(world.people - {who})[:1]
    for key in (*sorted(world.roles), *([who] if who else []), *strangers, UNKNOWN):
        for with_public in (False, True):
            path = f"/api/v1/org/{key}/datasets?sort_by=name&sort_dir=asc&include_public={str(with_public).lower()}"
            if not ask.is_recognised or who is None:
                yield path, ask.status(path), 401
                continue
            found = world.org_list(who, key, with_public=with_public)
            if isinstance(found, int):
                yield path, ask.status(path), found
                continue
            rows = org_rows(found)
            yield path, _rows(ask.json(path)), (len(rows), rows)
            if with_public:
                numbers = range(1, -(-len(rows) // ask.size) + 2)
                walked = [_rows(ask.json(f"{path}&limit={ask.size}&page={number}")) for number in numbers]
                yield f"{path} by pages of {ask.size}", [row for _, page in walked for row in page], rows
                yield f"{path} totals of pages", {total for total, _ in walked}, {len(rows)}


MOUTHS: tuple[Mouth, ...] = (
    gfw_datasets,
    gfw_assets,
    apify_datasets,
    org_datasets,
)


def entrance(ask: Asking, who: str | None) -> int:
    """What a page for the signed-in answers before it looks at anything: visitors are led to the sign-in."""
    return 401 if not ask.is_recognised else 303 if who is None else 200


def _gfw_pages(ask: Asking, path: str, read: Callable[[dict], list[str]], whole: list[str]) -> Seen:
    pages = list(ask.pages(f"{path}?page[size]={ask.size}"))
    yield f"{path} by pages of {ask.size}", [row for page in pages for row in read(page)], whole
    yield f"{path} totals", {int(page["meta"]["total_items"]) for page in pages}, {len(whole)}
    yield f"{path} number of pages", len(pages), max(1, -(-len(whole) // ask.size))


def _slugs(answer: dict) -> list[str]:
    return [item["dataset"] for item in answer["data"]]


def _uris(answer: dict) -> list[str]:
    return [item["asset_uri"] for item in answer["data"]]


def _storages(answer: dict) -> tuple[int, list[str]]:
    return answer["data"]["total"], [item["name"] for item in answer["data"]["items"]]


def _rows(answer: dict) -> tuple[int, list[tuple[str, str]]]:
    return answer["total"], [(row["name"], row["version"]) for row in answer["datasets"]]


def differences(seen: Iterable[tuple[str, Any, Any]]) -> list[str]:
    """Where what came is not what was expected, in words."""
    return [f"{where}: expected {expected}, came {came}" for where, came, expected in seen if came != expected]
