"""What the org dialect says beside its list, and what the oracle says that it should."""

from typing import Any

from tests.support.asking import Asking
from tests.support.mouths import UNKNOWN, Mouth, Seen
from tests.support.oracle import Dataset, World

_BASE = "/api/v1/org"


def org_details(ask: Asking, world: World, who: str | None) -> Seen:
    """Each dataset by its present and former names, in its latest version and in each; what its versions are."""
    visible = world.visible_to(who) if who else set()
    for dataset in world.datasets:
        under = f"{_BASE}/{dataset.party}/datasets"
        semvers = [semver for semver, _ in dataset.content.rows]
        latest = [dataset.full_name, semvers[-1], dataset.visibility != "private"]
        for slug in {dataset.slug, *dataset.old_slugs}:
            yield _seen(ask, who, f"{under}/{slug}", _detail, latest if dataset in visible else 404)
        for semver in (*semvers, "9.9.9"):
            told = [dataset.full_name, semver, latest[2]] if dataset in visible and semver in semvers else 404
            yield _seen(ask, who, f"{under}/{dataset.slug}/{semver}", _detail, told)
        known = semvers[::-1] if dataset in visible else 404
        yield _seen(ask, who, f"{under}/{dataset.slug}/versions", lambda answer: answer["versions"], known)
        yield _seen(ask, who, f"{_BASE}/{_elsewhere(world, dataset)}/datasets/{dataset.slug}", _detail, 404)


def org_facets(ask: Asking, world: World, who: str | None) -> Seen:
    """What the rows under each organization and user can be filtered by, and how many there are."""
    for key in _keys(world, who):
        for with_public in (False, True):
            path = f"{_BASE}/{key}/datasets/facets?include_public={str(with_public).lower()}"
            found = world.org_facets(who, key, with_public=with_public) if who else 401
            if isinstance(found, int):
                yield _seen(ask, who, path, None, found)
                continue
            formats = [format_ for dataset in found for _, format_ in dataset.content.rows]
            told = [len(formats), len(formats), sorted(set(formats))]
            yield _seen(ask, who, path, _facets, told)
            chosen = [len(formats), formats.count("csv"), told[2]]
            yield _seen(ask, who, f"{path}&format=csv", _facets, chosen)


def org_parties(ask: Asking, world: World, who: str | None) -> Seen:
    """Which organizations one may enter, and to which one belongs."""
    for key in _keys(world, who):
        status = world.may_enter(who, key) if who else 401
        for below in ("", "/ws", "/ws/main", "/ws/main/projects"):
            yield _seen(ask, who, f"{_BASE}/{key}{below}", lambda _: 200, status)
        path = f"{_BASE}/{key}/ws/main/projects/any"
        yield _seen(ask, who, path, None, 404 if status == 200 else status)
    yield _seen(ask, who, "/api/v1/user", lambda answer: answer["username"], who)
    keys = [*sorted(world.organizations_of(who)), who] if who else []
    yield _seen(ask, who, "/api/v1/user/organizations", lambda answer: [one["key"] for one in answer], keys)


def org_activity(ask: Asking, world: World, who: str | None) -> Seen:
    """The downloads under each organization and user: all, by pages, of one dataset."""
    for key in _keys(world, who):
        path = f"{_BASE}/{key}/datasets/activity"
        status = world.may_enter(who, key) if who else 401
        if status != 200:
            yield _seen(ask, who, path, None, status)
            continue
        told = [
            (one.dataset.full_name, one.semver, "ready" if one.uri else "failed", one.asked_by is None)
            for one in world.activity(who, key)
        ]
        yield _seen(ask, who, f"{path}?limit=200", _items, told)
        if not ask.is_recognised:
            continue
        offsets = range(0, len(told) + 1, ask.size)
        walked = [_items(ask.json(f"{path}?limit={ask.size}&offset={offset}")) for offset in offsets]
        yield f"{path} by pages of {ask.size}", [item for page in walked for item in page], told
        for name in {name for name, *_ in told}:
            of_one = [item for item in told if item[0] == name]
            yield _seen(ask, who, f"{path}?dataset_name={name}", _items, of_one)


def org_downloads(ask: Asking, world: World, who: str | None) -> Seen:
    """Each download for whoever asked for it, and where its address leads whoever holds it."""
    for download in world.downloads:
        is_own = who == download.asked_by and download.dataset in world.visible_to(who)
        told = ["ready" if download.uri else "failed", download.address]
        for key in (download.dataset.party, _elsewhere(world, download.dataset)):
            path = f"{_BASE}/{key}/downloads/datasets/{download.id}"
            yield _seen(ask, who, path, _download, told if is_own and key == download.dataset.party else 404)
        expected = world.destination(download)
        if download.address and expected:
            path = download.address.partition("/downloads/")[2]
            yield f"/downloads of {download}", ask.place_for_anybody(f"/downloads/{path}"), expected


MOUTHS: tuple[Mouth, ...] = (org_details, org_facets, org_parties, org_activity, org_downloads)


def _seen(ask: Asking, who: str | None, path: str, read: Any, told: Any) -> tuple[str, Any, Any]:
    """What comes from `path`: what `read` makes of it, or the status of a refusal, which visitors get everywhere."""
    expected = told if who and ask.is_recognised else 401
    if isinstance(expected, int) and expected != 200:
        return path, ask.status(path), expected
    return path, read(ask.json(path)), expected


def _keys(world: World, who: str | None) -> tuple[str, ...]:
    strangers = sorted(world.people - {who})[:1]
    return (*sorted(world.roles), *([who] if who else []), *strangers, UNKNOWN)


def _elsewhere(world: World, dataset: Dataset) -> str:
    """An organization or user whose the dataset is not."""
    return min({*world.people, *world.roles} - {dataset.party})


def _detail(answer: dict) -> list:
    return [answer["name"], answer["version"], answer["is_public"]]


def _download(answer: dict) -> list:
    return [answer["status"], answer["url"]]


def _facets(answer: dict) -> list:
    return [answer["total"], answer["filtered_total"], answer["formats"]]


def _items(answer: dict) -> list[tuple[str, str, str, bool]]:
    return [
        (item["dataset_name"], item["dataset_version"], item["status"], item["user_id"] is None)
        for item in answer["items"]
    ]
