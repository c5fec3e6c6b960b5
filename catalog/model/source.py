"""Where records came from, so that the next import of the same record finds its dataset."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from catalog.db import Base
from catalog.model.columns import Ordered, of


class SourceRecord(Base):
    """The record that a dataset was imported from, and what was last seen of it."""

    __tablename__ = "source_record"

    dataset_id: Mapped[int] = mapped_column(of("dataset.id"), primary_key=True)
    source: Mapped[Ordered] = mapped_column(default="")
    native_id: Mapped[Ordered | None]
    asked: Mapped[Ordered]
    """The slug that the record asks for: by it records are known apart that share a native id."""
    path: Mapped[str | None]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 of the record as last imported: equal means that nothing changed."""
    imported_at: Mapped[datetime]
    is_edited: Mapped[bool] = mapped_column(default=False)
    """Whether somebody changed the dataset here since; imports then keep it."""

    __table_args__ = (Index("source_record_by_source_native_id", "source", "native_id", "asked"),)
