"""Organizations that records name as their publishers: found again by title, or founded."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from catalog.access import Viewer
from catalog.changes.journal import record
from catalog.changes.naming import free_keys
from catalog.db import db
from catalog.model import Organization
from catalog.vocabulary.slugs import make_key, numbered_key
from catalog.vocabulary.text import bounded, cut, fold

_TITLE_LIMIT = 200
_NUMBER = re.compile(r"-(\d{1,9})$", re.ASCII)


def publishers(viewer: Viewer, titles: Iterable[str], at: datetime) -> dict[str, int]:
    """The ids of the organizations called `titles`, by `known_by`; new ones are founded, without members.

    One that exists is it only with the key that the title gives, numbered or not: an organization that somebody founded
    under another key, with people who belong to it, is not filled by records that happen to name its title.
    """
    wanted: dict[str, str] = {}
    for title in titles:
        wanted.setdefault(known_by(title), title)
    if not wanted:
        return {}
    held = select(Organization.folded, Organization.key, Organization.id).where(Organization.folded.in_(list(wanted)))
    ids = {
        folded: found
        for folded, key, found in db.session.execute(held.order_by(Organization.id.desc()))
        if _is_key_of(wanted[folded], key)
    }
    new = {folded: title for folded, title in wanted.items() if folded not in ids}
    return ids | _found(viewer, new, at)


def known_by(title: str) -> str:
    """What an organization called `title` is known by: titles alike but for case are one organization."""
    return bounded(fold(title))


def _is_key_of(title: str, key: str) -> bool:
    wanted, number = make_key(title), _NUMBER.search(key)
    return key == wanted or (number is not None and key == numbered_key(wanted, int(number[1])))


def _found(viewer: Viewer, titles: dict[str, str], at: datetime) -> dict[str, int]:
    keys = free_keys([make_key(title) for title in titles.values()])
    founded = [
        Organization(
            key=key,
            title=cut(title, _TITLE_LIMIT),
            folded=folded,
            extra={"title": title} if len(title) > _TITLE_LIMIT else None,
            created_at=at,
            updated_at=at,
        )
        for key, (folded, title) in zip(keys, titles.items(), strict=True)
    ]
    db.session.add_all(founded)
    db.session.flush()
    for one in founded:
        record(viewer, "found organization", None, {"organization_id": one.id, "key": [None, one.key]})
    return {one.folded: one.id for one in founded}
