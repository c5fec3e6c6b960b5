"""What is asked of the catalog: the lists of the three dialects, their pages, details, and the pages of a browser."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from bench.making import SEED
from bench.targets import Target
from bench.wire import HTML, JSON, Account, Request, fetch, let_in
from catalog.listing.criteria import DatasetSort

ORDERS = [sort for sort in DatasetSort if sort is not DatasetSort.RELEVANCE]
"""Every order of datasets that needs no search."""
_ORGANIZATION = "organization-0"
_MANY = 400
_WALK = 40
_FIRST_PAGE = Target(floor=1.5, peer=30, growth=1.5)
_JUMP = Target(p99=250)


@dataclass(frozen=True)
class Question:
    """A name, and requests that ask the same of different things."""

    name: str
    requests: Sequence[Request]
    target: Target = field(default_factory=Target)


@dataclass(frozen=True)
class Known:
    """What questions are made of: who asks, how long lists are, and some of what is in them."""

    accounts: Sequence[Account]
    last: int
    """The last page of a visitor's list of datasets."""
    last_of_assets: int
    slugs: Sequence[str]
    assets: Sequence[str]
    storages: Sequence[str]
    """Datasets by their ids in the Apify dialect, that the first account may see."""
    published: Sequence[str]
    """Datasets of one organization by their full names."""

    def by_all(self, paths: Sequence[str], accept: str = JSON) -> list[Request]:
        """`paths`, asked by a visitor or by one of the accounts, whichever is drawn."""
        draw = random.Random(SEED)
        callers = [None, *self.accounts]
        shuffled = [path for _ in range(-(-_MANY // len(paths))) for path in draw.sample(paths, len(paths))]
        return [
            Request(path, draw.choice(callers) if draw.random() < 0.5 else None, accept) for path in shuffled[:_MANY]
        ]

    def signed_in(self, paths: Sequence[str], accept: str = JSON) -> list[Request]:
        """`paths`, each asked by another one of the accounts, until each of them has asked."""
        number = max(len(paths), len(self.accounts))
        return [Request(paths[n % len(paths)], self.accounts[n % len(self.accounts)], accept) for n in range(number)]


def look(port: int, accounts: Sequence[Account]) -> Known:
    """What questions can be made of, of the catalog at a port."""
    let_in(port, accounts)
    datasets = fetch(port, Request("/datasets?page[size]=200"))
    assets = fetch(port, Request("/assets?page[size]=200"))
    storages = fetch(port, Request("/v2/datasets?limit=200", accounts[0]))
    published = fetch(port, Request(_organizations(limit=200), accounts[0]))
    return Known(
        accounts=accounts,
        last=-(-int(datasets["meta"]["total_items"]) // 25),
        last_of_assets=-(-int(assets["meta"]["total_items"]) // 25),
        slugs=[record["dataset"] for record in datasets["data"]],
        assets=[record["asset_id"] for record in assets["data"]],
        storages=[item["id"] for item in storages["data"]["items"]],
        published=sorted({row["name"] for row in published["datasets"] if row["is_public"]}),
    )


def lists(known: Known) -> Iterator[Question]:
    """The lists of datasets of the three dialects, their pages and details."""
    first = "/datasets?page[size]=25"
    yield Question("GFW datasets, page 1, visitor", [Request(first)], _FIRST_PAGE)
    yield Question("GFW datasets, page 1, token", known.signed_in([first]), Target(floor=2, growth=1.5))
    yield Question("GFW datasets, page 1, gzip", [Request(first, is_packed=True)])
    for sort in ORDERS:
        walk = [f"{first}&sort={_order(sort)}&page[number]={n}" for n in range(2, min(_WALK, known.last) + 1)]
        yield Question(f"GFW datasets, next page by {sort}", _visiting(walk or [first]), Target(first_page=1.5))
    jumps = [f"{first}&sort={_order(sort)}&page[number]={n}" for sort in ORDERS for n in _pages(known.last, 100)]
    yield Question("GFW datasets, any page of any order", known.by_all(jumps), _JUMP)
    yield Question("GFW datasets, last page", _visiting([f"{first}&page[number]={known.last}"]), _JUMP)
    yield Question("GFW datasets, a format", known.by_all([f"{first}&format={one}" for one in ("csv", "tiff", "shp")]))
    yield Question("GFW one dataset", known.by_all([f"/dataset/{slug}" for slug in known.slugs]))
    storages = "/v2/datasets?limit=25"
    yield Question("Apify datasets, page 1", known.signed_in([storages]), Target(floor=2))
    yield Question("Apify datasets, newest first", known.signed_in([f"{storages}&desc=1"]))
    walk = [f"{storages}&offset={25 * n}" for n in range(1, min(_WALK, known.last))]
    yield Question("Apify datasets, next page", known.signed_in(walk or [storages]))
    jumps = [f"{storages}&offset={25 * n}" for n in _pages(known.last, 200)]
    yield Question("Apify datasets, any page", known.signed_in(jumps), _JUMP)
    yield Question("Apify datasets, one's own", known.signed_in([f"{storages}&ownership=ownedByMe"]))
    details = [Request(f"/v2/datasets/{one}", known.accounts[0]) for one in known.storages]
    yield Question("Apify one dataset", details)
    yield Question("org datasets, page 1", known.signed_in([_organizations()]), Target(floor=2))
    yield Question("org datasets, next page", known.signed_in([_organizations(page=n) for n in range(2, 12)]))
    yield Question("org datasets, by name", known.signed_in([_organizations(sort_by="name", sort_dir="asc")]))
    yield Question("org facets", known.signed_in([_organizations("/facets")]))
    yield Question("org one dataset", known.signed_in([_published(name) for name in known.published]))


def assets(known: Known) -> Iterator[Question]:
    """The list of assets of the GFW dialect, its pages and details."""
    first = "/assets?page[size]=25"
    yield Question("GFW assets, page 1, visitor", [Request(first)], Target(floor=1.5))
    yield Question("GFW assets, page 1, token", known.signed_in([first]), Target(floor=2))
    walk = [f"{first}&page[number]={n}" for n in range(2, min(_WALK, known.last_of_assets) + 1)]
    yield Question("GFW assets, next page", _visiting(walk or [first]))
    jumps = [f"{first}&page[number]={n}" for n in _pages(known.last_of_assets, 200)]
    yield Question("GFW assets, any page", known.by_all(jumps), _JUMP)
    yield Question("GFW assets, last page", _visiting([f"{first}&page[number]={known.last_of_assets}"]), _JUMP)
    yield Question("GFW assets, a type", known.by_all([f"{first}&type={one}" for one in ("csv", "tiff", "shp")]))
    yield Question("GFW one asset", known.by_all([f"/asset/{one}" for one in known.assets]))


def pages(known: Known) -> Iterator[Question]:
    """The pages of a browser, but for searches."""
    first, by_title = "/datasets", "/datasets?sort=name"
    cheap = Target(floor=2.5, peer=20, growth=1.5)
    yield Question("HTML datasets, page 1, visitor", [Request(first, accept=HTML)], cheap)
    yield Question("HTML datasets, page 1, signed in", known.signed_in([first], HTML), Target(floor=3.5, growth=1.5))
    yield Question("HTML datasets, page 1, gzip", [Request(first, accept=HTML, is_packed=True)])
    yield Question("HTML datasets, by title", known.by_all([by_title], HTML))
    walk = [f"{first}?page={n}" for n in range(2, min(_WALK, known.last) + 1)]
    yield Question("HTML datasets, next page", known.by_all(walk or [first], HTML))
    jumps = [f"{by_title}&page={n}" for n in _pages(known.last, 200)]
    yield Question("HTML datasets, any page", known.by_all(jumps, HTML), _JUMP)
    chosen = [f"{first}?format={one}&license=cc0-1.0" for one in ("csv", "tiff", "shp", "json")]
    yield Question("HTML datasets, a format", known.by_all([f"{first}?format=csv", f"{first}?format=tiff"], HTML))
    yield Question("HTML datasets, a format and a licence", known.by_all(chosen, HTML))
    yield Question("HTML one dataset", known.by_all([f"/datasets/{slug}" for slug in known.slugs], HTML))
    yield Question("HTML assets, page 1", known.by_all(["/assets"], HTML))
    yield Question("HTML one asset", known.by_all([f"/assets/{one}" for one in known.assets], HTML))
    yield Question("HTML organizations", known.by_all(["/organizations"], HTML))
    yield Question("HTML one organization", known.by_all([f"/organizations/{_ORGANIZATION}"], HTML))
    yield Question("HTML home", known.by_all(["/"], HTML))


def _visiting(paths: Sequence[str]) -> list[Request]:
    return [Request(path) for path in paths]


def _order(sort: DatasetSort) -> str:
    """The way of an order that readers begin with: what is new or much first, names from A."""
    return sort if sort in (DatasetSort.NAME, DatasetSort.SLUG) else f"-{sort}"


def _pages(last: int, number: int) -> list[int]:
    draw = random.Random(SEED)
    return [draw.randint(1, last) for _ in range(number)]


def _organizations(ending: str = "", **more: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in {"include_public": "true", **more}.items())
    limit = "" if ending or "limit" in more else "&limit=25"
    return f"/api/v1/org/{_ORGANIZATION}/datasets{ending}?{query}{limit}"


def _published(name: str) -> str:
    owner, _, slug = name.partition("/")
    return f"/api/v1/org/{owner}/datasets/{quote(slug)}"
