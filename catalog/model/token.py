"""Tokens: secrets by which scripts say whom they act for; only a hash of each is kept."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.db import Base
from catalog.model.columns import Identifier, Key, of, word
from catalog.model.party import User


class Scope(StrEnum):
    """What a token may be used for; each includes those before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class TokenKind(StrEnum):
    """How a token was made, and so who lists it."""

    PERSONAL = "personal"
    """By its owner, on a page or by the command line."""
    SESSION = "session"
    """By a script that signed in with a password; it lasts a day."""
    API_KEY = "apikey"
    """By a script that asked for a key to keep."""


class Token(Base):
    """One secret of one user."""

    __tablename__ = "token"

    id: Mapped[Key]
    uuid: Mapped[Identifier]
    user_id: Mapped[int] = mapped_column(of("user.id"))
    name: Mapped[str]
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """SHA-256 of the secret, which is random enough to need no slow hash."""
    beginning: Mapped[str]
    """The first characters of the secret, by which its owner knows it again."""
    scope: Mapped[Scope] = mapped_column(word(Scope))
    kind: Mapped[TokenKind] = mapped_column(word(TokenKind), default=TokenKind.PERSONAL)
    details: Mapped[dict[str, Any] | None]
    """What whoever asked for an API key said of it: organization, email, domains."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("token_by_user", "user_id"),)
