"""Versions of a dataset: the label each came with, its two derived names, its size and dates."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, Index, Text, TextClause, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.db import Base
from catalog.model.columns import Identifier, Key, Ordered, of, word
from catalog.model.dataset import Dataset

if TYPE_CHECKING:
    from catalog.model.asset import Asset


class Status(StrEnum):
    """How far a version or an asset has come."""

    SAVED = "saved"
    PENDING = "pending"
    FAILED = "failed"


def _is_stated(name: str) -> TextClause:
    return text(f"{name} IS NOT NULL")


class Version(Base):
    """One state of a dataset."""

    __tablename__ = "version"

    id: Mapped[Key]
    uuid: Mapped[Identifier]
    dataset_id: Mapped[int] = mapped_column(of("dataset.id"))
    label: Mapped[str]
    gfw: Mapped[Ordered]
    semver: Mapped[Ordered]
    semver_key: Mapped[Ordered]
    is_latest: Mapped[bool] = mapped_column(default=False)
    is_mutable: Mapped[bool] = mapped_column(default=False)
    is_downloadable: Mapped[bool] = mapped_column(default=True)
    status: Mapped[Status] = mapped_column(word(Status), default=Status.SAVED)
    format: Mapped[Ordered | None]
    """The format of its default asset."""
    row_count: Mapped[int | None] = mapped_column(BigInteger)
    file_size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    download_count: Mapped[int] = mapped_column(BigInteger, default=0)
    size_category: Mapped[str | None]
    content_date: Mapped[date | None] = mapped_column(Date)
    content_start: Mapped[date | None] = mapped_column(Date)
    content_end: Mapped[date | None] = mapped_column(Date)
    content_date_description: Mapped[str | None] = mapped_column(Text)
    last_update: Mapped[date | None] = mapped_column(Date)
    metadata_uuid: Mapped[Identifier]
    metadata_: Mapped[dict[str, Any] | None] = mapped_column("metadata")
    """What its source says of this version and the dataset does not."""
    metadata_created_at: Mapped[datetime]
    metadata_updated_at: Mapped[datetime]
    origin: Mapped[dict[str, Any] | None]
    language: Mapped[list[str] | None]
    splits: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    dataset: Mapped[Dataset] = relationship(lazy="raise_on_sql", back_populates="versions")
    assets: Mapped[list["Asset"]] = relationship(
        lazy="raise_on_sql", order_by="Asset.id", back_populates="version", passive_deletes=True
    )
    task_categories: Mapped[list["TaskCategory"]] = relationship(
        lazy="raise_on_sql", order_by="TaskCategory.position", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (
        UniqueConstraint("dataset_id", "gfw"),
        UniqueConstraint("dataset_id", "semver"),
        Index("version_by_order", "dataset_id", "semver_key", "id"),
        Index("version_by_age", "created_at", "id"),
        Index("version_by_freshness", "updated_at", "id"),
        *(
            Index(f"version_by_{name}", name, "id", sqlite_where=_is_stated(name), postgresql_where=_is_stated(name))
            for name in ("row_count", "file_size_bytes")
        ),
    )


class TaskCategory(Base):
    """A machine-learning task that a version of a dataset is meant for."""

    __tablename__ = "task_category"

    version_id: Mapped[int] = mapped_column(of("version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Ordered]

    __table_args__ = (Index("task_category_by_name", "name", "version_id"),)
