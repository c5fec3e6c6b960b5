"""The journal's rows: every change of the catalog, in the order in which changes were committed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from catalog.db import Base
from catalog.model.columns import Ordered


class Change(Base):
    """One verb done to one thing. Ids are kept without foreign keys, so that deleting a thing keeps its history."""

    __tablename__ = "change"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    dataset_id: Mapped[int | None]
    actor_id: Mapped[int | None]
    """The user who did it; null for the command line."""
    verb: Mapped[Ordered]
    at: Mapped[datetime]
    what: Mapped[dict[str, Any] | None]
    """The keys that changed: {key: [old, new]}."""

    __table_args__ = (Index("change_by_dataset", "dataset_id", "seq"), {"sqlite_autoincrement": True})
