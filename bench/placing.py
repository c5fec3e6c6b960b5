"""Owners, members, visibility and shares of the catalogue that is measured, and accounts of those who ask.

A million transfers by verb would measure nothing, so rows are placed by SQL, as the same numbers each time.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import Flask, Response, g
from flask_wtf.csrf import generate_csrf
from sqlalchemy import Connection, insert, select, text

from bench.wire import Account
from catalog.access import OPERATOR
from catalog.changes import accounts
from catalog.clock import now
from catalog.db import WRITES, db
from catalog.identity import begin_session
from catalog.model import Membership, Organization, Role, User

OWNERS = 2000
VIEWERS = 200
_CHUNK = 50_000
# In kibibytes.
_CACHE = 2_000_000


def place(app: Flask, owners: int = OWNERS) -> list[Account]:
    """Place every dataset of the present store, and give VIEWERS of the owners a token and a session."""
    with db.engine.begin() as connection:
        first = connection.scalar(text('SELECT max(id) FROM "user"')) + 1
    for number in range(owners):
        accounts.enrol(OPERATOR, f"owner-{number}")
    ids = db.session.scalars(select(User.id).where(User.id >= first).order_by(User.id)).all()
    organizations = db.session.scalars(select(Organization.id).order_by(Organization.id)).all()
    db.session.rollback()
    with db.engine.connect().execution_options(**{WRITES: True}) as connection, _much(connection), connection.begin():
        pairs = ((user, organizations[(user * step) % len(organizations)]) for user in ids for step in (1, 7))
        members = [
            {"user_id": user, "organization_id": organization, "role": Role.VIEWER, "created_at": now()}
            for user, organization in dict.fromkeys(pairs)
        ]
        connection.execute(insert(Membership), members)
        _place_rows(connection, ids)
    if db.engine.dialect.name == "postgresql":
        # As the server does by itself in time: the index of a row that was written anew does not do for it.
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return [_account(app, user) for user in ids[:: max(1, len(ids) // VIEWERS)][:VIEWERS]]


@contextmanager
def _much(connection: Connection) -> Iterator[None]:
    """A stretch in which nearly every page of the database is written: SQLite keeps more of them in memory."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE}")
        connection.rollback()
    yield


def _place_rows(connection: Connection, ids: Sequence[int]) -> None:
    numbers = {"first": ids[0], "count": len(ids)}
    most = connection.scalar(text("SELECT max(id) FROM dataset"))
    for begin in range(0, most + 1, _CHUNK):
        chunk = {"begin": begin, "end": begin + _CHUNK}
        connection.execute(
            text(
                "UPDATE dataset SET owner_id = :first + (CAST(id AS bigint) * 7919) % :count, visibility = CASE "
                "WHEN id % 10 < 6 THEN 'public' WHEN id % 10 < 7 THEN 'internal' ELSE 'private' END "
                "WHERE id >= :begin AND id < :end"
            ),
            numbers | chunk,
        )
        connection.execute(
            text(
                "INSERT INTO share (dataset_id, user_id, role, created_at) "
                "SELECT id, :first + (CAST(id AS bigint) * 104729 + 1) % :count, 'viewer', created_at "
                "FROM dataset WHERE id % 5 = 0 AND id >= :begin AND id < :end"
            ),
            numbers | chunk,
        )


def _account(app: Flask, user_id: int) -> Account:
    user = db.session.get_one(User, user_id)
    _, secret = accounts.issue_token(OPERATOR, user, name="bench")
    with app.test_request_context():
        g.pop("_login_user", None)  # else the session of the account before this one would end
        begin_session(db.session.get_one(User, user_id))
        generate_csrf()  # as every page with a form has it
        cookie = app.process_response(Response()).headers["Set-Cookie"]
    return Account(secret, cookie.partition(";")[0])
