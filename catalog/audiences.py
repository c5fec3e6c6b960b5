"""The names of those whom a dataset reaches: what the index files it under, and what a change of it touches."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from catalog.db import db
from catalog.model import Change, Dataset, Generation, Share, Version, Visibility

# Open to everybody, open to the signed-in.
EVERYBODY, SIGNED_IN = "p", "i"
ALL = "*"
"""What touches it touches everybody."""
COUNTED = "~"
"""Before the names of audiences to whom numbers that are counted differ: after every letter, by code point."""
_OPEN: dict[Visibility, tuple[str, ...]] = {
    Visibility.PUBLIC: (EVERYBODY, SIGNED_IN),
    Visibility.INTERNAL: (SIGNED_IN,),
    Visibility.PRIVATE: (),
}


def user_audience(user_id: int) -> str:
    """The name of what reaches a user."""
    return f"u{user_id}"


def organization_audience(organization_id: int) -> str:
    """The name of what reaches the members of an organization."""
    return f"o{organization_id}"


def account_audience(user_id: int) -> str:
    """The name of what decides who a user is: the account, its tokens and sessions, its organizations."""
    return f"a{user_id}"


def counted_audience(name: str) -> str:
    """Another name of an audience: it is touched under that one by what is counted, and told in no journal."""
    return f"{COUNTED}{name}"


def open_audiences(visibility: Visibility) -> tuple[str, ...]:
    """The names of those to whom a visibility opens a dataset, whoever owns it."""
    return _OPEN[visibility]


def receiving(user_id: int | None, organization_id: int | None) -> set[str]:
    """The names of a user, of the members of an organization, or of both."""
    named = set() if user_id is None else {user_audience(user_id)}
    return named if organization_id is None else named | {organization_audience(organization_id)}


def audiences_of(
    visibility: Visibility,
    owner_id: int,
    organization_id: int | None,
    receivers: Iterable[tuple[int | None, int | None]] = (),
) -> set[str]:
    """The names of all whom a dataset reaches; `receivers` are the users and organizations that it is shared with."""
    holders = ((owner_id, organization_id), *receivers)
    return set(open_audiences(visibility)).union(*(receiving(*holder) for holder in holders))


def raise_generations(audiences: Iterable[str], at: datetime) -> None:
    """Let what is shown to `audiences` count as changed at the moment `at`, after the last change of the journal."""
    names = sorted(audiences)  # in one order, so that two who write never wait for each other
    if not names:
        return
    connection = db.session.connection()
    seq = connection.scalar(select(func.max(Change.seq))) or 0
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(Generation)
    newer = insert.on_conflict_do_update(
        index_elements=[Generation.audience], set_={"seq": insert.excluded.seq, "at": insert.excluded.at}
    )
    connection.execute(newer, [{"audience": name, "seq": seq, "at": at} for name in names])


def audiences_reached(ids: Collection[int], *, by_visibility: bool = True) -> set[str]:
    """The names of all whom one of the datasets `ids` reaches; without those to whom its visibility alone opens it."""
    if not ids:
        return set()
    held = select(Dataset.visibility, Dataset.owner_id, Dataset.organization_id).where(Dataset.id.in_(ids)).distinct()
    shared = select(Share.user_id, Share.organization_id).where(Share.dataset_id.in_(ids)).distinct()
    receivers = [tuple(row) for row in db.session.execute(shared)]
    found = set().union(*(receiving(*receiver) for receiver in receivers))
    for visibility, owner_id, organization_id in db.session.execute(held):
        found |= audiences_of(visibility if by_visibility else Visibility.PRIVATE, owner_id, organization_id)
    return found


def holding(version_ids: Collection[int]) -> Sequence[int]:
    """The ids of the datasets whose versions these are."""
    return db.session.scalars(select(Version.dataset_id).where(Version.id.in_(version_ids)).distinct()).all()
