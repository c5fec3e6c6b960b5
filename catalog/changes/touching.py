"""Whom a change touches: what they are shown may differ after it, and nobody else's."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from catalog.audiences import ALL, account_audience, audiences_reached, open_audiences, raise_generations, receiving
from catalog.model import Visibility
from catalog.model.journal import OF_ACCOUNTS

_Row = Mapping[str, Any]


def touch(rows: Sequence[_Row], at: datetime, more: Collection[str] = ()) -> None:
    """Note that the changes of `rows`, which are in the journal, touch their audiences, and something those of `more`.

    Whom a dataset reaches now and whom it reached before is touched by a change of it; what is no dataset's, such as
    the title of an organization, touches everybody, but for what is an account's alone.
    """
    ids = {row["dataset_id"] for row in rows if row["dataset_id"] is not None}
    raise_generations({*more, *audiences_reached(ids), *_reached_before(rows), *_of_parties(rows)}, at)


def _reached_before(rows: Iterable[_Row]) -> set[str]:
    """Whom datasets reached by what changed in them, and from whom a share was taken."""
    found: set[str] = set()
    for verb, what in ((row["verb"], row["what"] or {}) for row in rows if row["dataset_id"] is not None):
        if verb == "set visibility":
            found.update(open_audiences(Visibility(what["visibility"][0])))
        elif verb == "transfer":
            found |= receiving(*(what.get(key, (None, None))[0] for key in ("owner_id", "organization_id")))
        elif verb in ("share", "unshare"):
            found |= receiving(what.get("user_id"), what.get("organization_id"))
    return found


def _of_parties(rows: Iterable[_Row]) -> set[str]:
    found: set[str] = set()
    for row in rows:
        if row["dataset_id"] is not None:
            continue
        users = {row["actor_id"], (row["what"] or {}).get("user_id")} - {None}
        found |= set(map(account_audience, users))
        found |= set() if row["verb"] in OF_ACCOUNTS else {ALL}
    return found
