"""Datasets: what they are called, whose they are, what is said about them."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.db import Base
from catalog.model.columns import Identifier, Key, Ordered, OrderedText, Public, new_public_id, of, word
from catalog.model.party import Organization, User

if TYPE_CHECKING:
    from catalog.model.version import Version


class Visibility(StrEnum):
    """Who may read a dataset beside its owner, those it is shared with and its organization."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PRIVATE = "private"


# Columns that may be long stand last in the table, so that counting by the others does not read through them.
_LAST = 100


def _long() -> Mapped[str | None]:
    return mapped_column(Text, deferred=True, deferred_group="texts", deferred_raiseload=True, sort_order=_LAST)


# What lists sort by. Each order has an index that also holds what decides who sees a dataset, so that a database counts
# its way to any page without reading a row. They hold what lists show: neither the trash nor unnamed datasets.
_SORTED = {
    "age": "created_at",
    "freshness": "data_updated_at",
    "title": "title_folded",
    "slug": "slug",
    "items": "item_count",
    "downloads": "download_count",
}
_DECIDING = ("visibility", "owner_id", "organization_id")
_IS_LISTED = text("deleted_at IS NULL AND name IS NOT NULL")
_LISTED = {"sqlite_where": _IS_LISTED, "postgresql_where": _IS_LISTED}


class Dataset(Base):
    """One dataset of the catalog; its versions hold its assets."""

    __tablename__ = "dataset"

    id: Mapped[Key]
    uuid: Mapped[Identifier]
    public_id: Mapped[Public] = mapped_column(default=new_public_id)
    slug: Mapped[Ordered] = mapped_column(unique=True)
    name: Mapped[str | None]
    """What its owner calls it as a storage; null for an unnamed one, which is working storage."""
    name_folded: Mapped[Ordered | None]
    owner_id: Mapped[int] = mapped_column(of("user.id", on_delete="RESTRICT"))
    organization_id: Mapped[int | None] = mapped_column(of("organization.id", on_delete="RESTRICT"))
    visibility: Mapped[Visibility] = mapped_column(word(Visibility))

    title: Mapped[str | None]
    title_folded: Mapped[Ordered]
    """The title, or the slug where there is none, folded: lists sort by it."""
    subtitle: Mapped[str | None]
    summary: Mapped[str | None]
    """The subtitle, else the beginning of the overview as plain text."""
    summary_folded: Mapped[OrderedText | None] = mapped_column(deferred=True, deferred_raiseload=True)
    found_in: Mapped[OrderedText] = mapped_column(deferred=True, deferred_raiseload=True, sort_order=_LAST)
    """Title, slug, subtitle and overview, folded: text search matches here."""
    license_id: Mapped[Ordered | None]
    license: Mapped[str | None] = mapped_column(Text)
    is_downloadable: Mapped[bool] = mapped_column(default=True)

    source: Mapped[str | None] = _long()
    data_language: Mapped[str | None] = _long()
    overview: Mapped[str | None] = _long()
    citation: Mapped[str | None] = _long()
    cautions: Mapped[str | None] = _long()
    key_restrictions: Mapped[str | None] = _long()
    function: Mapped[str | None] = _long()
    why_added: Mapped[str | None] = _long()
    learn_more: Mapped[str | None] = _long()
    geographic_coverage: Mapped[str | None] = _long()
    update_frequency: Mapped[str | None] = _long()
    scale: Mapped[str | None] = _long()
    resolution_description: Mapped[str | None] = _long()
    spatial_resolution: Mapped[float | None]

    overview_html: Mapped[str | None] = mapped_column(
        Text, deferred=True, deferred_group="pages", deferred_raiseload=True, sort_order=_LAST
    )
    cautions_html: Mapped[str | None] = mapped_column(
        Text, deferred=True, deferred_group="pages", deferred_raiseload=True, sort_order=_LAST
    )
    license_html: Mapped[str | None] = mapped_column(
        Text, deferred=True, deferred_group="pages", deferred_raiseload=True, sort_order=_LAST
    )
    citation_html: Mapped[str | None] = mapped_column(
        Text, deferred=True, deferred_group="pages", deferred_raiseload=True, sort_order=_LAST
    )
    source_html: Mapped[str | None] = mapped_column(
        Text, deferred=True, deferred_group="pages", deferred_raiseload=True, sort_order=_LAST
    )
    learn_more_html: Mapped[str | None] = mapped_column(
        Text, deferred=True, deferred_group="pages", deferred_raiseload=True, sort_order=_LAST
    )
    renderer: Mapped[int] = mapped_column(default=0)
    """The version of the renderer that wrote the `…_html` columns."""
    extra: Mapped[dict[str, Any] | None] = mapped_column(
        deferred=True, deferred_group="texts", deferred_raiseload=True, sort_order=_LAST
    )

    issued_text: Mapped[str | None]
    """When the source says that it was issued, in its words."""
    issued_on: Mapped[datetime | None]
    data_updated_text: Mapped[str | None]
    data_updated_at: Mapped[datetime]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    accessed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    item_count: Mapped[int] = mapped_column(BigInteger, default=0)
    clean_item_count: Mapped[int] = mapped_column(BigInteger, default=0)
    download_count: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    """The downloads of its versions together: kept by whatever counts them and by whatever takes versions away."""
    act_id: Mapped[str | None]
    act_run_id: Mapped[str | None]

    owner: Mapped[User] = relationship(lazy="raise_on_sql")
    organization: Mapped[Organization | None] = relationship(lazy="raise_on_sql")
    tags: Mapped[list["Tag"]] = relationship(
        lazy="raise_on_sql", order_by="Tag.position", cascade="all, delete-orphan", passive_deletes=True
    )
    versions: Mapped[list["Version"]] = relationship(
        lazy="raise_on_sql", order_by="(Version.semver_key, Version.id)", back_populates="dataset", passive_deletes=True
    )
    latest: Mapped["Version | None"] = relationship(
        lazy="raise_on_sql",
        primaryjoin="and_(Version.dataset_id == Dataset.id, Version.is_latest)",
        viewonly=True,
        uselist=False,
    )

    __table_args__ = (
        UniqueConstraint("owner_id", "name_folded"),
        *(Index(f"dataset_listed_by_{name}", column, "id", *_DECIDING, **_LISTED) for name, column in _SORTED.items()),
        Index("dataset_listed_of_owner", "owner_id", "visibility", "organization_id", "id", **_LISTED),
        Index("dataset_listed_of_organization", "organization_id", "visibility", "id", **_LISTED),
        Index("dataset_by_owner", "owner_id", "created_at", "id"),
        Index("dataset_by_organization", "organization_id", "slug"),
        Index("dataset_by_license", "license_id"),
        {"sqlite_autoincrement": True},  # the journal names datasets by id, so an id is never used again
    )

    @property
    def is_unnamed(self) -> bool:
        """Whether this is working storage that lists leave out."""
        return self.name is None

    @property
    def party_key(self) -> str:
        """The key of its organization, else its owner's handle."""
        return self.organization.key if self.organization else self.owner.handle

    @property
    def party_title(self) -> str:
        """What its organization is called, else its owner."""
        return self.organization.title if self.organization else self.owner.display_title

    @property
    def full_name(self) -> str:
        """`key/slug`, or `handle/slug` for one without organization."""
        return f"{self.party_key}/{self.slug}"


class Listed(Base):
    """How many named datasets there are of each visibility, but for the trash; the database keeps it by triggers."""

    __tablename__ = "listed"

    visibility: Mapped[Visibility] = mapped_column(word(Visibility), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)


class Tag(Base):
    """A word that a dataset is filed under, as given."""

    __tablename__ = "tag"

    dataset_id: Mapped[int] = mapped_column(of("dataset.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Ordered]

    __table_args__ = (Index("tag_by_name", "name", "dataset_id"),)


class Alias(Base):
    """A slug that a dataset had before; it leads to the dataset and goes to nobody else."""

    __tablename__ = "alias"

    slug: Mapped[Ordered] = mapped_column(primary_key=True)
    dataset_id: Mapped[int | None] = mapped_column(of("dataset.id", on_delete="SET NULL"))
    created_at: Mapped[datetime]
