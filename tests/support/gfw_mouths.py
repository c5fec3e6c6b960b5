"""What the GFW dialect says beside its lists, and what the oracle says that it should."""

from typing import Any

from tests.support.asking import Asking
from tests.support.mouths import UNKNOWN, Mouth, Seen
from tests.support.oracle import COLUMN, World, named

_METHODS = ("POST", "PUT", "PATCH", "DELETE")
_WRITES = (
    *((method, "") for method in ("PUT", "PATCH", "DELETE")),
    *((method, "/metadata") for method in ("POST", "PATCH", "DELETE")),
    *((method, "/v1") for method in ("PUT", "PATCH", "DELETE")),
    *((method, "/v1/metadata") for method in ("POST", "PATCH", "DELETE")),
    *(("POST", below) for below in ("/v1/append", "/v1/assets")),
    *((method, "/asset") for method in ("PATCH", "DELETE")),
    *((method, "/asset/metadata") for method in ("POST", "PATCH", "DELETE")),
    ("PATCH", f"/asset/fields/{COLUMN}"),
)
# Each dataset has its turn: that many of them meet every write.
_TURNS = 7
_OF_ALL = ("metadata", "fields", "stats", "extent", "change_log", "creation_options")


def gfw_details(ask: Asking, world: World, who: str | None) -> Seen:
    """Each dataset by its present and former names, and the way to its latest version."""
    for slug in sorted({slug for one in world.datasets for slug in {one.slug, *one.old_slugs}} | {UNKNOWN}):
        path, present = f"/dataset/{slug}", world.lead(who, slug)
        if not ask.is_recognised or present is None:
            status = 404 if ask.is_recognised else 401
            yield from (
                (f"{path}{below}", ask.status(f"{path}{below}"), status) for below in ("", "/metadata", "/latest")
            )
            continue
        if present != slug:
            moved = (307, f"/dataset/{present}/metadata?a=b")
            answer = ask.page(f"{path}/metadata?a=b")
            yield path, (answer.status, answer.headers["Location"]), moved
            continue
        dataset = next(one for one in world.datasets if one.slug == slug)
        names = dataset.content.gfw_names
        yield path, _told(ask.json(path)["data"]), (slug, names)
        yield f"{path}/metadata", ask.json(f"{path}/metadata")["data"]["title"], dataset.content.title
        latest = ask.page(f"{path}/latest/assets?a=b")
        where = f"/dataset/{slug}/{names[-1]}/assets?a=b" if names else None
        yield f"{path}/latest", (latest.status, latest.headers.get("Location")), (307 if names else 404, where)


def gfw_versions(ask: Asking, world: World, who: str | None) -> Seen:
    """Each version of each dataset: its assets, as a record and as a list, and everything that is known of it."""
    visible = world.visible_to(who)
    for number, dataset in enumerate(world.datasets):
        for name in (*dataset.content.gfw_names, "v99"):
            path = f"/dataset/{dataset.slug}/{name}"
            is_there = dataset in visible and name in dataset.content.gfw_names
            status = (200 if is_there else 404) if ask.is_recognised else 401
            what = _OF_ALL[number % len(_OF_ALL)]
            yield f"{path}/{what}", ask.status(f"{path}/{what}"), status
            if status != 200:
                yield from ((f"{path}{below}", ask.status(f"{path}{below}"), status) for below in ("", "/assets"))
                continue
            held = sorted(file.uri for file in dataset.content.held_by(name))
            yield path, sorted(uri for _, uri, _ in ask.json(path)["data"]["assets"]), held
            if dataset in named(visible):
                listed = ask.json(f"{path}/assets?page[size]={ask.size}")
                yield f"{path}/assets", listed["meta"]["total_items"], str(len(held))


def gfw_one_asset(ask: Asking, world: World, who: str | None) -> Seen:
    """Each asset by its id, and what is known of it."""
    visible = world.visible_to(who)
    for number, dataset in enumerate(world.datasets):
        for file in dataset.content.files[:2]:
            path = f"/asset/{ask.uuids[file.uri]}"
            status = (200 if dataset in visible else 404) if ask.is_recognised else 401
            what = (*_OF_ALL, "tasks")[number % 7]
            yield f"{path}/{what}", ask.status(f"{path}/{what}"), status
            yield f"{path}/fields/none", ask.status(f"{path}/fields/none"), 404 if ask.is_recognised else 401
            yield f"{path}/fields/{COLUMN}", ask.status(f"{path}/fields/{COLUMN}"), status
            if status == 200:
                record = ask.json(path)["data"]
                yield path, (record["dataset"], record["asset_uri"]), (dataset.slug, file.uri)
            else:
                yield path, ask.status(path), status


def gfw_writes(ask: Asking, world: World, who: str | None) -> Seen:
    """The writes of the original to each dataset, its versions and assets: refused by who asks, not by what is there.

    Those to the latest version that only ask for data are led to it, for who may see it.
    """
    refused = 501 if ask.is_recognised and who is not None and ask.caller.by != "read" else 401
    visible = world.visible_to(who)
    for number, dataset in enumerate(world.datasets):
        path, names = f"/dataset/{dataset.slug}", dataset.content.gfw_names
        assets = [f"/asset/{ask.uuids[file.uri]}" for file in dataset.content.files[:1]]
        for method, below in _WRITES[number % _TURNS :: _TURNS]:
            for place in assets if below.startswith("/asset") else [path]:
                address = f"{place}{below.removeprefix('/asset')}"
                yield f"{method} {address}", ask.sent(method, address), (refused, None)
        method = _METHODS[number % len(_METHODS)]
        for below in ("", "/assets"):
            address = f"{path}/latest{below}"
            yield f"{method} {address}", ask.sent(method, address), (400 if ask.is_recognised else 401, None)
        for below in ("query/json", "download/csv"):
            address = f"{path}/latest/{below}?a=b"
            where = f"{path}/{names[-1]}/{below}?a=b" if ask.is_recognised and dataset in visible and names else None
            status = 401 if not ask.is_recognised else 307 if where else 404
            yield f"{method} {address}", ask.sent(method, address), (status, where)


MOUTHS: tuple[Mouth, ...] = (gfw_details, gfw_versions, gfw_one_asset, gfw_writes)


def _told(data: dict[str, Any]) -> tuple[str, list[str]]:
    return data["dataset"], data["versions"]
