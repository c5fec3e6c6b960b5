"""The journal's rows: every change of the catalog, in the order of commits; and whom they touched."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, Integer
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from catalog.db import Base
from catalog.model.columns import Ordered

# Verbs that leave what is said of a dataset, its versions and assets as it was.
_ASIDE = ("share", "unshare", "set visibility", "rename", "transfer", "withdraw", "restore")
OF_ACCOUNTS = (
    *("enrol", "change password", "issue token", "revoke token", "end session", "end sessions"),
    *("admit", "dismiss"),
)
"""Verbs of accounts that change nothing but who may come in."""


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

    @hybrid_property
    def is_edit(self) -> bool:
        """Whether it may have changed what is said of a dataset or what is in it."""
        return self.verb not in _ASIDE

    @is_edit.inplace.expression
    @classmethod
    def _is_edit(cls) -> ColumnElement[bool]:
        return cls.verb.not_in(_ASIDE)


class Generation(Base):
    """The last change that touched an audience: while it stays, nothing that is shown to that audience differs."""

    __tablename__ = "generation"

    audience: Mapped[Ordered] = mapped_column(primary_key=True)
    """A name of `catalog.access`: everybody, the signed-in, a user, an organization, or an account itself."""
    seq: Mapped[int]
    at: Mapped[datetime]
    """When it was; later than the change where reads were counted since."""
