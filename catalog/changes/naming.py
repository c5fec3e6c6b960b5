"""Free names: slugs of datasets, and the one namespace of user handles and organization keys."""

import secrets
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select

from catalog.db import db
from catalog.errors import Fault, Invalid, Taken
from catalog.model import Alias, Dataset, Organization, User
from catalog.vocabulary.slugs import PARTY_KEY, RESERVED_KEYS, numbered, numbered_key
from catalog.vocabulary.text import fold


def taken_slugs(slugs: Iterable[str]) -> set[str]:
    """Those of `slugs` that are in use, by datasets in the trash and as old names too."""
    wanted = list(slugs)
    found = select(Dataset.slug).where(Dataset.slug.in_(wanted)).union(select(Alias.slug).where(Alias.slug.in_(wanted)))
    return set(db.session.scalars(found))


def holder_of(slug: str) -> int | None:
    """The id of the dataset that is or was called `slug`, whoever may see it; None for nobody."""
    present = select(Dataset.id).where(Dataset.slug == slug)
    return db.session.scalar(present.union_all(select(Alias.dataset_id).where(Alias.slug == slug)))


def free_slugs(wanted: Sequence[str]) -> list[str]:
    """A slug for each of `wanted`, all of them different: itself, or it with a number that is free."""
    return _free(wanted, numbered, taken_slugs)


def discreet_slug(slug: str) -> str:
    """`slug`, or it with a random ending, which tells nothing about who has it."""
    while taken_slugs([slug]):
        slug = f"{slug[:190]}_{secrets.token_hex(3)}"
    return slug


def free_keys(wanted: Sequence[str]) -> list[str]:
    """A key for each of `wanted`, all of them different: itself, or it with a number that is free."""
    return _free(wanted, numbered_key, taken_keys)


def free_names(owner_id: int, wanted: Sequence[str]) -> list[str]:
    """A name for each of `wanted`: itself, or it with a number, as no other dataset of this owner is called."""

    def taken(names: Iterable[str]) -> set[str]:
        by_folded = {fold(name): name for name in names}
        found = select(Dataset.name_folded).where(
            Dataset.owner_id == owner_id, Dataset.name_folded.in_(list(by_folded))
        )
        return {by_folded[folded] for folded in db.session.scalars(found)}

    return _free(wanted, lambda name, n: f"{name}_{n}", taken)


def taken_keys(keys: Iterable[str]) -> set[str]:
    """Those of `keys` that a user or an organization is called by."""
    wanted = list(keys)
    found = select(User.handle).where(User.handle.in_(wanted))
    return set(db.session.scalars(found.union(select(Organization.key).where(Organization.key.in_(wanted)))))


def check_key(key: str) -> None:
    """Nothing for a key that a new user or organization may have; else Invalid or Taken."""
    if not PARTY_KEY.fullmatch(key) or key in RESERVED_KEYS:
        reserved = (
            "is kept for addresses of the catalog"
            if key in RESERVED_KEYS
            else "must be 2 to 39 small letters, digits or hyphens"
        )
        raise Invalid(faults=[Fault(("name",), f"The name “{key[:60]}” {reserved}.", "name")])
    if taken_keys([key]):
        raise Taken(f"The name “{key}” is taken.")


def _free(
    wanted: Sequence[str], number: Callable[[str, int], str], taken_of: Callable[[Iterable[str]], set[str]]
) -> list[str]:
    taken = taken_of(wanted)
    free: dict[str, None] = {}  # in the order of `wanted`
    for name in wanted:
        if name in taken or name in free:
            name = _numbered_free(name, number, lambda one: one in free or bool(taken_of([one])))
        free[name] = None
    return list(free)


def _numbered_free(name: str, number: Callable[[str, int], str], is_taken: Callable[[str], bool]) -> str:
    """`name` with a free number; the first one where those in use follow each other, found in few steps among many."""
    low, high = 1, 2
    while is_taken(number(name, high)):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_taken(number(name, middle)) else (low, middle)
    return number(name, high)
