"""Assets: the files, tables and services in which a version's data lies, with their columns."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.db import Base
from catalog.model.columns import Identifier, Key, Ordered, OrderedText, of, word
from catalog.model.dataset import Dataset
from catalog.model.version import Status, Version

AssetStatus = Status
# Columns that may be long stand last in the table, so that counting by the others does not read through them.
_LAST = 100


class Asset(Base):
    """One place where the data of a version can be had."""

    __tablename__ = "asset"

    id: Mapped[Key]
    uuid: Mapped[Identifier]
    dataset_id: Mapped[int] = mapped_column(of("dataset.id"))
    version_id: Mapped[int] = mapped_column(of("version.id"))
    kind: Mapped[Ordered]
    gfw_type: Mapped[Ordered]
    """One of the 13 words of the GFW dialect where kind or format means one of them, else the kind."""
    is_gfw_known: Mapped[bool]
    format: Mapped[Ordered | None]
    uri: Mapped[OrderedText | None]
    name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text, sort_order=_LAST)
    title_folded: Mapped[OrderedText]
    """The name, or the kind where there is none, folded: lists sort by it."""
    found_in: Mapped[OrderedText] = mapped_column(deferred=True, deferred_raiseload=True, sort_order=_LAST)
    """Name, description, kind and address, folded: text search matches here and in the dataset."""
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[Status] = mapped_column(word(Status), default=Status.SAVED)
    is_managed: Mapped[bool] = mapped_column(default=False)
    is_default: Mapped[bool] = mapped_column(default=False)
    is_downloadable: Mapped[bool] = mapped_column(default=True)
    metadata_uuid: Mapped[Identifier]
    metadata_: Mapped[dict[str, Any] | None] = mapped_column("metadata", sort_order=_LAST)
    """What its source says beside the columns above: bands, resolution, zoom levels, checksums, …"""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    dataset: Mapped[Dataset] = relationship(lazy="raise_on_sql")
    version: Mapped[Version] = relationship(lazy="raise_on_sql", back_populates="assets")
    fields: Mapped[list["Field"]] = relationship(
        lazy="raise_on_sql", order_by="Field.position", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (
        Index("asset_by_age", "created_at", "id"),
        Index("asset_by_version", "version_id", "id"),
        Index("asset_by_dataset", "dataset_id", "id"),
        Index("asset_by_format", "format", "dataset_id"),
        Index("asset_by_type", "gfw_type", "dataset_id"),
        Index("asset_by_freshness", "updated_at", "id"),
    )

    @property
    def display_name(self) -> str:
        """What to call this asset: its name, else its kind."""
        return self.name or self.kind


class Field(Base):
    """A column or band of an asset."""

    __tablename__ = "field"

    asset_id: Mapped[int] = mapped_column(of("asset.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    alias: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    data_type: Mapped[str | None]
    unit: Mapped[str | None]
    is_feature_info: Mapped[bool] = mapped_column(default=True)
    is_filter: Mapped[bool] = mapped_column(default=True)
    extra: Mapped[dict[str, Any] | None]
