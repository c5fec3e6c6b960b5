"""What is one's own alone, tokens, API keys and sessions: what each sees of them, beside what the oracle says."""

import re

from tests.support.asking import Asking
from tests.support.mouths import Mouth, Seen, entrance
from tests.support.oracle import Actor, World

_NAME = re.compile(r'class="entries__name"><bdi>([^<]+)<')
_ENDED = re.compile(r'action="/account/sessions/([^/"]+)/end"')
_PAGES = ("/account", "/account/password", "/account/tokens/new", "/organizations/new")


def one_s_own(ask: Asking, world: World, who: str | None) -> Seen:
    """All of it."""
    yield from _pages(ask, world, who)
    yield from _api_keys(ask, world, who)


def _pages(ask: Asking, world: World, who: str | None) -> Seen:
    """The pages of one's account: its tokens that were not revoked, and its sessions."""
    entered = entrance(ask, who)
    for path in (*_PAGES, "/account/tokens", "/account/sessions"):
        yield path, ask.page(path).status, entered
    for handle, uuid in ask.stage.key_uuids.items():
        path = f"/account/tokens/{uuid}/revoke"
        is_there = handle == who and who not in world.revoked_keys
        yield path, ask.page(path).status, 404 if entered == 200 and not is_there else entered
    if entered == 200:
        by = ("read", "write", *(["admin"] if who in world.administrators else []))
        kept = {f"{who} {scope}" for scope in by if Actor(who, scope) not in world.revoked}
        kept |= set() if who in world.revoked_keys else {f"key of {who}"}
        told = _NAME.findall(ask.page("/account/tokens?size=200").body.decode())
        yield "/account/tokens: which", sorted(told), sorted(kept)
        told = _ENDED.findall(ask.page("/account/sessions?size=200").body.decode())
        yield "/account/sessions: which", told, [] if who in world.signed_out else [ask.stage.sessions[who]]


def _api_keys(ask: Asking, world: World, who: str | None) -> Seen:
    """One's own API keys, and whether each key of anybody works."""
    if who is None or not ask.is_recognised:
        yield "/auth/apikeys", ask.status("/auth/apikeys"), 401
    else:
        told = [one["api_key"] for one in ask.json("/auth/apikeys")["data"]]
        kept = [] if who in world.revoked_keys else [True]
        yield "/auth/apikeys", [ask.stage.keys[who].startswith(one) for one in told], kept
    for handle, key in ask.stage.keys.items():
        is_own = handle == who and who not in world.revoked_keys
        status = (200 if is_own else 404) if who is not None and ask.is_recognised else 401
        yield f"/auth/apikey/{key}", ask.status(f"/auth/apikey/{key}"), status
        path = f"/auth/apikey/{key}/validate"
        if ask.is_recognised:
            yield path, ask.json(path)["data"]["is_valid"], handle not in world.disabled | world.revoked_keys
        else:
            yield path, ask.status(path), 401


MOUTHS: tuple[Mouth, ...] = (one_s_own,)
