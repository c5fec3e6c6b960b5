"""Shares: one dataset opened to one user or one organization."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.db import Base
from catalog.model.columns import Key, of, word
from catalog.model.dataset import Dataset
from catalog.model.party import Organization, User


class ShareRole(StrEnum):
    """What a share allows."""

    VIEWER = "viewer"
    EDITOR = "editor"


class Share(Base):
    """A dataset, and the user or the organization that it is shared with."""

    __tablename__ = "share"

    id: Mapped[Key]
    dataset_id: Mapped[int] = mapped_column(of("dataset.id"))
    user_id: Mapped[int | None] = mapped_column(of("user.id"))
    organization_id: Mapped[int | None] = mapped_column(of("organization.id"))
    role: Mapped[ShareRole] = mapped_column(word(ShareRole))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(of("user.id", on_delete="SET NULL"))

    dataset: Mapped[Dataset] = relationship(lazy="raise_on_sql")
    user: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[user_id])
    organization: Mapped[Organization | None] = relationship(lazy="raise_on_sql")
    created_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[created_by_id])

    __table_args__ = (
        UniqueConstraint("dataset_id", "user_id"),
        UniqueConstraint("dataset_id", "organization_id"),
        CheckConstraint("(user_id IS NULL) <> (organization_id IS NULL)", name="one_receiver"),
        Index("share_by_user", "user_id", "dataset_id"),
        Index("share_by_organization", "organization_id", "dataset_id"),
    )
