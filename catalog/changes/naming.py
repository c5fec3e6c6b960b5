"""Free names: slugs of datasets, and the one namespace of user handles and organization keys."""

import secrets
from collections.abc import Callable, Iterable

from sqlalchemy import or_, select

from catalog.db import db
from catalog.errors import Fault, Invalid, Taken
from catalog.model import Alias, Dataset, Organization, User
from catalog.vocabulary.slugs import PARTY_KEY, RESERVED_KEYS, numbered, numbered_key

_ATTEMPTS = 10_000


def taken_slugs(slugs: Iterable[str]) -> set[str]:
    """Those of `slugs` that are in use, by datasets in the trash and as old names too."""
    wanted = list(slugs)
    found = select(Dataset.slug).where(Dataset.slug.in_(wanted)).union(select(Alias.slug).where(Alias.slug.in_(wanted)))
    return set(db.session.scalars(found))


def free_slug(slug: str) -> str:
    """`slug`, or it with the first free number after it."""
    return _first_free(slug, numbered, lambda candidate: bool(taken_slugs([candidate])))


def discreet_slug(slug: str) -> str:
    """`slug`, or it with a random ending, which tells nothing about who has it."""
    while taken_slugs([slug]):
        slug = f"{slug[:190]}_{secrets.token_hex(3)}"
    return slug


def free_key(key: str) -> str:
    """`key`, or it with the first free number after it."""
    return _first_free(key, numbered_key, is_key_taken)


def is_key_taken(key: str) -> bool:
    """Whether a user or an organization is called `key`."""
    named = or_(
        select(User.id).where(User.handle == key).exists(),
        select(Organization.id).where(Organization.key == key).exists(),
    )
    return bool(db.session.scalar(select(named)))


def check_key(key: str) -> None:
    """Nothing for a key that a new user or organization may have; else Invalid or Taken."""
    if not PARTY_KEY.fullmatch(key) or key in RESERVED_KEYS:
        reserved = (
            "is kept for addresses of the catalog"
            if key in RESERVED_KEYS
            else "must be 2 to 39 small letters, digits or hyphens"
        )
        raise Invalid(faults=[Fault(("name",), f"The name “{key[:60]}” {reserved}.", "name")])
    if is_key_taken(key):
        raise Taken(f"The name “{key}” is taken.")


def _first_free(name: str, number: Callable[[str, int], str], is_taken: Callable[[str], bool]) -> str:
    if not is_taken(name):
        return name
    for n in range(2, _ATTEMPTS):
        if not is_taken(candidate := number(name, n)):
            return candidate
    raise Taken(f"No free name is left after “{name}”.")
