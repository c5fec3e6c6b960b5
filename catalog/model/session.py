"""Sessions of browsers, and how often sign-ins failed."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.db import Base
from catalog.model.columns import Identifier, Key, of
from catalog.model.party import User


class Session(Base):
    """A browser in which a user is signed in; without its row the cookie is worth nothing."""

    __tablename__ = "session"

    id: Mapped[Key]
    uuid: Mapped[Identifier]
    user_id: Mapped[int] = mapped_column(of("user.id"))
    agent: Mapped[str | None]
    """What the browser calls itself."""
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("session_by_user", "user_id"),)


class Failure(Base):
    """Sign-ins that failed one after another: of one account from one address, or from one address at all."""

    __tablename__ = "failure"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """SHA-256 of the account's name and the address, or of the address alone: neither is kept."""
    number: Mapped[int]
    last_at: Mapped[datetime]

    __table_args__ = (Index("failure_by_age", "last_at"),)
