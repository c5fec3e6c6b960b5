"""What the Apify dialect says beside its list, and what the oracle says that it should."""

from collections.abc import Iterator
from typing import Any

from tests.support.asking import Asking
from tests.support.mouths import UNKNOWN, Mouth, Seen
from tests.support.oracle import Dataset, World
from tests.support.oracle_verbs import may_revise

_ACCESS = {"public": "ANYONE_WITH_NAME_CAN_READ", "internal": "FOLLOW_USER_SETTING", "private": "RESTRICTED"}


def apify_storages(ask: Asking, world: World, who: str | None) -> Seen:
    """Every dataset by every form of its id: what it is called, who may read it, who may sign addresses of it."""
    for dataset in world.datasets:
        for form, is_meant in _forms(world, dataset, who):
            path = f"/v2/datasets/{form}"
            expected = _status(ask, world, who, dataset if is_meant else None)
            if expected != 200:
                yield path, ask.status(path), expected
                continue
            may = may_revise(world, ask.caller, dataset)
            name = dataset.slug if dataset.is_named else None
            whole = (dataset.public_id, name, dataset.owner, _ACCESS[dataset.visibility], may, may)
            yield path, _told(ask.json(path)["data"]), whole


def apify_items(ask: Asking, world: World, who: str | None) -> Seen:
    """The items and statistics of every dataset: for those who may see it, and nobody who bears a false signature."""
    for dataset in world.datasets:
        expected = _status(ask, world, who, dataset)
        for rest in ("items", "items?format=csv&signature=MC4wLjA", "statistics"):
            path = f"/v2/datasets/{dataset.public_id}/{rest}"
            yield path, ask.status(path), expected
        if expected == 200 and may_revise(world, ask.caller, dataset):
            signed = ask.json(f"/v2/datasets/{dataset.public_id}")["data"]["itemsPublicUrl"].partition("/v2/")[2]
            for other in world.datasets:
                path = signed.replace(dataset.public_id, other.public_id)
                is_opened = 200 if other is dataset else 401
                yield f"{path} for anybody", ask.status_for_anybody(f"/v2/{path}"), is_opened


def apify_users(ask: Asking, world: World, who: str | None) -> Seen:
    """Oneself and everybody else: who they are, and an address that one has to oneself."""
    for handle in ("me", *sorted(world.people), UNKNOWN):
        path = f"/v2/users/{handle}"
        if not ask.is_recognised or who is None:
            yield path, ask.status(path), 401
        elif handle == UNKNOWN:
            yield path, ask.status(path), 404
        else:
            user = ask.json(path)["data"]
            is_own = handle in ("me", who)
            yield path, (user["username"], "email" in user), (who if handle == "me" else handle, is_own)


MOUTHS: tuple[Mouth, ...] = (apify_storages, apify_items, apify_users)


def _forms(world: World, dataset: Dataset, who: str | None) -> Iterator[tuple[str, bool]]:
    """What the dataset may be called, and whether that means it; an unnamed one has its id alone."""
    yield dataset.public_id, True
    yield dataset.slug, False
    for handle in sorted(world.people):
        yield f"{handle}~{dataset.slug.upper()}", dataset.is_named and handle == dataset.owner
    yield f"~{dataset.slug}", dataset.is_named and who == dataset.owner


def _status(ask: Asking, world: World, who: str | None, dataset: Dataset | None) -> int:
    if not ask.is_recognised or who is None:
        return 401
    return 200 if dataset in world.visible_to(who) else 404


def _told(data: dict[str, Any]) -> tuple[Any, ...]:
    is_signed = "?signature=" in data["itemsPublicUrl"]
    has_key = data["urlSigningSecretKey"] is not None
    return data["id"], data["name"], data["username"], data["generalAccess"], has_key, is_signed
