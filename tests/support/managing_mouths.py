"""The forms by which datasets and organizations are managed and whom they name, beside what the oracle says of them."""

import re
from itertools import cycle

from tests.support.asking import Asking
from tests.support.mouths import UNKNOWN, Mouth, Seen, entrance
from tests.support.oracle import World
from tests.support.oracle_verbs import may_admit, may_manage, may_revise

_ENTRY = re.compile(r'class="entries__code mono">([^<]+)<.*?class="entries__line">([^<]+)<', re.S)
_FORMS = {"edit": may_revise, "rename": may_manage, "withdraw": may_manage, "shares/transfer": may_manage}
# What is typed: letters of many, a whole handle, the beginning of a key, nothing.
_TYPED = ("a", "BOB", "map", "")


def form_pages(ask: Asking, world: World, who: str | None) -> Seen:
    """The forms of each dataset, in turn, by its present id and by old ones: for those who may do what they are for."""
    entered = entrance(ask, who)
    is_reading = entered == 200 and ask.caller.by == "read"
    yield "/datasets/new", ask.page("/datasets/new").status, 403 if is_reading else entered
    slugs = sorted({slug for one in world.datasets for slug in {one.slug, *one.old_slugs}} | {UNKNOWN})
    for slug, (form, may) in zip(slugs, cycle(_FORMS.items()), strict=False):
        path, present = f"/datasets/{slug}/{form}", world.lead(who, slug)
        answer = ask.page(path)
        if entered != 200 or present is None:
            yield path, answer.status, 404 if entered == 200 else entered
        elif present != slug:
            yield path, (answer.status, answer.headers["Location"]), (301, f"/datasets/{present}/{form}")
        else:
            dataset = next(one for one in world.datasets if one.slug == slug)
            yield path, answer.status, 200 if may(world, ask.caller, dataset) else 403


def people_pages(ask: Asking, world: World, who: str | None) -> Seen:
    """Whom pages and forms name: members of organizations, and those who are suggested."""
    yield from _members_of_each(ask, world, who)
    yield from _suggested(ask, world, who)


def _members_of_each(ask: Asking, world: World, who: str | None) -> Seen:
    """The members of each organization, for them alone: who they are, who may be dismissed, what may be edited."""
    entered = entrance(ask, who)
    for key in (*sorted(world.roles), UNKNOWN):
        path, members = f"/organizations/{key}", world.roles.get(key, {})
        status = 404 if entered == 200 and who not in members else entered
        answer = ask.page(f"{path}/members?size=200")
        yield f"{path}/members", answer.status, status
        is_admin = status == 200 and may_admit(world, ask.caller, key)
        if status == 200:
            yield f"{path}/members: who", _members(answer.body.decode()), sorted(members.items())
        yield f"{path}/edit", ask.page(f"{path}/edit").status, 403 if status == 200 and not is_admin else status
        for handle in sorted(world.people):
            may = is_admin or handle == who
            expected = status if status != 200 or handle in members else 404
            asked = f"{path}/members/{handle}/dismiss"
            yield asked, ask.page(asked).status, 403 if expected == 200 and not may else expected


def _suggested(ask: Asking, world: World, who: str | None) -> Seen:
    """Who is suggested for what is typed: to the signed-in, people whose accounts are open, and organizations."""
    for typed in _TYPED:
        people, receivers = (f"/suggest/{room}?q={typed}" for room in ("people", "receivers"))
        if who is None or not ask.is_recognised:
            yield from ((path, ask.status(path), 401) for path in (people, receivers))
            continue
        word = typed.lower()
        named = sorted(handle for handle in world.people - world.disabled if word and word in handle)
        keys = sorted(key for key in world.roles if word and word in key)
        yield people, [one["handle"] for one in ask.json(people)["people"]], named
        yield receivers, [one["handle"] for one in ask.json(receivers)["receivers"]], named + keys


MOUTHS: tuple[Mouth, ...] = (form_pages, people_pages)


def _members(page: str) -> list[tuple[str, str]]:
    """The handle of each member that a page names, and their role."""
    return sorted((handle, role.lower()) for handle, role in _ENTRY.findall(page))
