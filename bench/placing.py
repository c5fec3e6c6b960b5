"""Owners, members, visibility and shares of the catalogue that is measured, and tokens of those who ask.

A million transfers by verb would measure nothing, so rows are placed by SQL, as the same numbers each time.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, text

from catalog.access import OPERATOR
from catalog.changes import accounts
from catalog.clock import now
from catalog.db import WRITES, db
from catalog.model import Membership, Organization, Role, User

OWNERS = 2000
VIEWERS = 200
_CHUNK = 50_000


def place(owners: int = OWNERS) -> list[str]:
    """Place every dataset, and give the secrets of the tokens of VIEWERS of the owners."""
    with db.engine.begin() as connection:
        first = connection.scalar(text('SELECT max(id) FROM "user"')) + 1
    for number in range(owners):
        accounts.enrol(OPERATOR, f"owner-{number}")
    ids = db.session.scalars(select(User.id).where(User.id >= first).order_by(User.id)).all()
    organizations = db.session.scalars(select(Organization.id).order_by(Organization.id)).all()
    db.session.rollback()
    with db.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        pairs = ((user, organizations[(user * step) % len(organizations)]) for user in ids for step in (1, 7))
        members = [
            {"user_id": user, "organization_id": organization, "role": Role.VIEWER, "created_at": now()}
            for user, organization in dict.fromkeys(pairs)
        ]
        connection.execute(insert(Membership), members)
        _place_rows(connection, ids)
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
    return [_token(user) for user in ids[:: max(1, len(ids) // VIEWERS)][:VIEWERS]]


def _place_rows(connection: Connection, ids: Sequence[int]) -> None:
    numbers = {"first": ids[0], "count": len(ids)}
    most = connection.scalar(text("SELECT max(id) FROM dataset"))
    for begin in range(0, most + 1, _CHUNK):
        chunk = {"begin": begin, "end": begin + _CHUNK}
        connection.execute(
            text(
                "UPDATE dataset SET owner_id = :first + (id * 7919) % :count, visibility = CASE "
                "WHEN (id * 31) % 10 < 6 THEN 'public' WHEN (id * 31) % 10 < 7 THEN 'internal' ELSE 'private' END "
                "WHERE id >= :begin AND id < :end"
            ),
            numbers | chunk,
        )
        connection.execute(
            text(
                "INSERT INTO share (dataset_id, user_id, role, created_at) "
                "SELECT id, :first + (id * 104729 + 1) % :count, 'viewer', created_at "
                "FROM dataset WHERE id % 5 = 0 AND id >= :begin AND id < :end"
            ),
            numbers | chunk,
        )


def _token(user_id: int) -> str:
    _, secret = accounts.issue_token(OPERATOR, db.session.get_one(User, user_id), name="bench")
    return secret
