"""Users, organizations and who belongs to which."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.db import Base
from catalog.model.columns import Identifier, Key, Ordered, Public, new_public_id, of, word


class Role(StrEnum):
    """What a member may do with the datasets of an organization."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"


class User(Base):
    """A person, or a script that acts as one."""

    __tablename__ = "user"

    id: Mapped[Key]
    uuid: Mapped[Identifier]
    public_id: Mapped[Public] = mapped_column(default=new_public_id)
    handle: Mapped[Ordered] = mapped_column(unique=True)
    folded: Mapped[Ordered]
    """The title, or the handle where there is none, folded: people are sorted and found by it."""
    title: Mapped[str | None]
    email: Mapped[str | None]
    email_folded: Mapped[Ordered | None] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    memberships: Mapped[list["Membership"]] = relationship(lazy="raise_on_sql", back_populates="user")

    @property
    def display_title(self) -> str:
        """What to call this person."""
        return self.title or self.handle


class Organization(Base):
    """A publisher, or a group that works on datasets together."""

    __tablename__ = "organization"

    id: Mapped[Key]
    uuid: Mapped[Identifier]
    key: Mapped[Ordered] = mapped_column(unique=True)
    title: Mapped[str]
    folded: Mapped[Ordered]
    """The whole title as its record gives it, folded: by it records find their organization."""
    description: Mapped[str | None]
    extra: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    memberships: Mapped[list["Membership"]] = relationship(lazy="raise_on_sql", back_populates="organization")

    __table_args__ = (Index("organization_by_folded", "folded"),)


class Membership(Base):
    """One user's role in one organization."""

    __tablename__ = "membership"

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(of("organization.id"))
    user_id: Mapped[int] = mapped_column(of("user.id"))
    role: Mapped[Role] = mapped_column(word(Role))
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="raise_on_sql", back_populates="memberships")
    organization: Mapped[Organization] = relationship(lazy="raise_on_sql", back_populates="memberships")

    __table_args__ = (UniqueConstraint("organization_id", "user_id"), Index("membership_by_user", "user_id"))
