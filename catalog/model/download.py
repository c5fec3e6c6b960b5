"""Downloads that were asked for: of what, by whom, and how far each has come."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.db import Base
from catalog.model.asset import Asset
from catalog.model.columns import Identifier, Key, Ordered, of, word
from catalog.model.dataset import Dataset
from catalog.model.party import User


class DownloadStatus(StrEnum):
    """How far a download has come, in the words of the org dialect."""

    READY = "ready"
    PREPARING = "preparing"
    FAILED = "failed"


class Download(Base):
    """One request for the data of a version; what it was about is kept in words, whatever becomes of the version."""

    __tablename__ = "download"

    id: Mapped[Key]
    uuid: Mapped[Identifier]
    dataset_id: Mapped[int] = mapped_column(of("dataset.id"))
    asset_id: Mapped[int | None] = mapped_column(of("asset.id", on_delete="SET NULL"))
    """Where it leads; null where the version has nothing to download."""
    user_id: Mapped[int | None] = mapped_column(of("user.id", on_delete="SET NULL"))
    semver: Mapped[Ordered]
    format: Mapped[str]
    file_size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    filename: Mapped[str | None]
    status: Mapped[DownloadStatus] = mapped_column(word(DownloadStatus))
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]

    dataset: Mapped[Dataset] = relationship(lazy="raise_on_sql")
    asset: Mapped[Asset | None] = relationship(lazy="raise_on_sql")
    user: Mapped[User | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        Index("download_by_dataset", "dataset_id", "id"),
        Index("download_by_asset", "asset_id"),
    )
