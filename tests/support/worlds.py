"""Draws small worlds for the oracle, and what people try to do in them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from tests.support.oracle import VISITOR, Actor, Content, Dataset, File, World

CAST = ("alice", "bob", "carol", "dave", "erin")
ADMINISTRATOR = "olga"
ORGANIZATIONS = ("forest-watch", "mappers", "weather-office")
ROLES = ("viewer", "editor", "admin")
SHARE_ROLES = ("viewer", "editor")
VISIBILITIES = ("public", "internal", "private", "private")
LABELS = ("1.0.0", "2.0.0")
FORMATS = ("csv", "parquet", None)
# What datasets may be renamed to: some of these are in use, and some were.
SLUGS = ("set_0", "set_1", "set_2", "forests", "rain", "roads")


# What organizations may be founded as: one may be there, one is somebody.
KEYS = ("mappers", "new-office", "alice")

# Who may do it, a member of the organization that it is about, somebody whom a share reaches.
RELATIONS = ("who may", "member", "receiver")


@dataclass(frozen=True)
class Change:
    """What somebody tries: a verb with its arguments; datasets are meant by number, round and round."""

    verb: str
    actor: Actor | str
    """Somebody, or who stands to it as one of RELATIONS at that moment."""
    number: int
    """Which dataset it is done to, for the verbs that are done to one; and which of several who stand to it so."""
    arguments: tuple[Any, ...]


@st.composite
def contents(draw: st.DrawFn, place: str) -> Content:
    """0 to 2 versions, 0 to 3 assets, whose addresses begin with `place`."""
    versions = tuple(draw(st.lists(st.sampled_from(LABELS), unique=True, max_size=2)))
    numbers = draw(st.lists(st.integers(0, 4), unique=True, max_size=3))
    files = tuple(
        File(
            uri=f"https://files.example/{place}/{number}",
            format=draw(st.sampled_from(FORMATS)),
            version=draw(st.sampled_from([None, *versions])),
        )
        for number in numbers
    )
    return Content(title=draw(st.sampled_from(("Forests", "Rain", "Straßen"))), versions=versions, files=files)


@st.composite
def datasets(draw: st.DrawFn, slug: str, people: list[str], organizations: list[str]) -> Dataset:
    """A dataset of somebody, maybe of an organization, maybe shared."""
    owner = draw(st.sampled_from(people))
    others = [party for party in (*people, *organizations) if party != owner]
    shares = draw(st.dictionaries(st.sampled_from(others), st.sampled_from(SHARE_ROLES), max_size=2))
    return Dataset(
        slug=slug,
        owner=owner,
        organization=draw(st.sampled_from([None, *organizations])),
        visibility=draw(st.sampled_from(VISIBILITIES)),
        is_named=draw(st.integers(0, 4)) > 0,
        content=draw(contents(slug)),
        shares=shares,
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """4 or 5 people and an administrator, 2 or 3 organizations, 6 to 10 datasets; or nothing but people.

    Now and then an account is disabled. The empty one comes seldom: there is little to be seen in it. The plainest of
    all, which is tried first wherever worlds are drawn, is no example: in it everything is alike.
    """
    assume(draw(st.integers(0, 1_000)) > 0)
    people = [*CAST[: draw(st.integers(4, 5))], ADMINISTRATOR]
    if draw(st.integers(0, 20)) == 20:
        return World(people=set(people), administrators={ADMINISTRATOR}, disabled=set(), roles={}, datasets=[])
    organizations = list(ORGANIZATIONS[: draw(st.integers(2, 3))])
    roles = {
        key: draw(st.dictionaries(st.sampled_from(people), st.sampled_from(ROLES), max_size=3)) for key in organizations
    }
    count = draw(st.integers(6, 10))
    disabled = {draw(st.sampled_from(people))} if draw(st.integers(0, 3)) == 0 else set()
    return World(
        people=set(people),
        administrators={ADMINISTRATOR},
        disabled=disabled,
        signed_out=set(disabled),
        roles=roles,
        datasets=[draw(datasets(f"set_{number}", people, organizations)) for number in range(count)],
    )


@st.composite
def changes(draw: st.DrawFn, world: World, only: Iterable[str] | None = None) -> list[Change]:
    """3 to 12 things that people of `world` try; by the verbs of `only` alone where they are given."""
    verbs = [*_OF_DATASETS, *_OF_PEOPLE, "register", "found", *(_OF_ORGANIZATIONS if world.roles else ())]
    verbs = verbs if only is None else sorted(set(verbs).intersection(only))
    return [draw(_change(verb, world)) for verb in draw(st.lists(st.sampled_from(verbs), min_size=3, max_size=12))]


_OF_DATASETS = (
    *("share", "unshare", "set_visibility", "set_open", "transfer", "withdraw", "restore", "rename", "revise"),
    "ask_download",
)
_OF_PEOPLE = ("set_disabled", "revoke_token", "revoke_key", "end_session")
_OF_ORGANIZATIONS = ("admit", "dismiss", "describe")


@st.composite
def _change(draw: st.DrawFn, verb: str, world: World) -> Change:
    people, organizations = sorted(world.people), sorted(world.roles)
    person, key = st.sampled_from(people), st.sampled_from(organizations)
    party, maybe_key = st.sampled_from([*people, *organizations]), st.sampled_from([None, *organizations])
    number = draw(st.integers(0, 7))
    arguments = {
        "share": (party, st.sampled_from(SHARE_ROLES)),
        "unshare": (party | st.none(),),
        "set_visibility": (st.sampled_from(VISIBILITIES),),
        "set_open": (st.booleans(),),
        "ask_download": (st.integers(0, 1),),
        "transfer": (person, maybe_key),
        "withdraw": (),
        "restore": (),
        "rename": (st.sampled_from(SLUGS),),
        "revise": (contents(f"set_{number}"),),
        "register": (datasets(f"new_{number}", people, organizations),),
        "found": (st.sampled_from(KEYS),),
        "admit": (key, person, st.sampled_from(ROLES)),
        "dismiss": (key, person),
        "describe": (key, st.sampled_from(("Who plants trees", "Who draws maps"))),
        "set_disabled": (person, st.booleans()),
        "revoke_token": (st.builds(Actor, person, st.sampled_from(("read", "write"))),),
        "revoke_key": (person,),
        "end_session": (person,),
    }[verb]
    return Change(
        verb, draw(st.sampled_from(RELATIONS) | actors(people)), number, tuple(draw(argument) for argument in arguments)
    )


def actors(people: list[str]) -> st.SearchStrategy[Actor]:
    """A visitor, or anybody by session or token; the administrator has a token of scope admin too."""
    known = [Actor(handle, by) for handle in people for by in ("session", "read", "write")]
    return st.sampled_from([VISITOR, *known, Actor(ADMINISTRATOR, "admin")])


def resolve(change: Change, world: World) -> tuple[Actor, tuple[Any, ...]] | None:
    """Who does what to what at this moment; None for what means nothing now."""
    arguments = change.arguments
    if change.verb in _OF_DATASETS:
        if not world.datasets:
            return None
        dataset = world.datasets[change.number % len(world.datasets)]
        if dataset.is_withdrawn and change.verb not in ("withdraw", "restore"):
            return None  # no entrance leads to it
        if change.verb == "unshare" and arguments == (None,):
            arguments = (_one_of(dataset.shares, change.number),)
        arguments = (dataset, *arguments)
    elif change.verb == "register":
        arguments = (replace(arguments[0], shares={}),)
    actor = change.actor if isinstance(change.actor, Actor) else Actor(_related(change, world, arguments))
    return None if None in arguments[1:2] and change.verb == "unshare" else (actor, arguments)


def _related(change: Change, world: World, arguments: tuple[Any, ...]) -> str:
    """Somebody who stands to what is done in that way; where nobody does, somebody who may; else the administrator."""
    about = arguments[0]
    owners, key, shares = set(), about if change.verb in _OF_ORGANIZATIONS else None, {}
    match about:
        case Dataset():
            owners, key, shares = {about.owner}, about.organization, about.shares
        case Actor():
            owners = {about.handle}
        case str() if change.verb in _OF_PEOPLE:
            owners = {about}
    members = world.roles[key] if key else {}
    those = {
        "who may": owners | {handle for handle, role in members.items() if role == "admin"},
        "member": set(members),
        "receiver": {handle for handle in world.people if world.receivers_of(handle) & shares.keys()},
    }
    found = those[change.actor] or those["who may"]
    return _one_of(found, change.number) or ADMINISTRATOR


def _one_of(names: Iterable[str], number: int) -> str | None:
    ordered = sorted(names)
    return ordered[number % len(ordered)] if ordered else None
