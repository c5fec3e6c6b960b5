"""What a request asks for: criteria of datasets and assets, and the orders that they can come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement

from catalog.access import Ownership
from catalog.listing.paging import Order
from catalog.model import Asset, Dataset, Visibility

# What stands for "not stated" among the values of a facet.
NOT_STATED = "-"
# What stands for every licence that has no short name.
OTHER_TERMS = "other"


@dataclass(frozen=True)
class Period:
    """A stretch of time: from `since`, up to but without `until`; None is open."""

    since: datetime | None = None
    until: datetime | None = None

    def covers(self, column: ColumnElement[datetime]) -> list[ColumnElement[bool]]:
        """The conditions that `column` lies within."""
        return [*([column >= self.since] if self.since else []), *([column < self.until] if self.until else [])]


@dataclass(frozen=True, kw_only=True)
class DatasetCriteria:
    """Which datasets. A field left at its default asks for nothing; several values of one field are alternatives."""

    text: str = ""
    tags: Sequence[str] = ()
    licenses: Sequence[str] = ()
    organizations: Sequence[str] = ()
    owners: Sequence[str] = ()
    formats: Sequence[str] = ()
    types: Sequence[str] = ()
    visibilities: Sequence[Visibility] = ()
    years: Sequence[str] = ()
    """The years of the last update, in UTC."""
    ownership: Ownership | None = None
    updated: Period | None = None
    with_unnamed: bool = False
    only_reaching: bool = False
    """Whether what only its visibility opens to the viewer is left out."""
    only_with_items: bool = False


@dataclass(frozen=True, kw_only=True)
class AssetCriteria:
    """Which assets; `within` narrows by the dataset that holds them."""

    text: str = ""
    formats: Sequence[str] = ()
    types: Sequence[str] = ()
    years: Sequence[str] = ()
    updated: Period | None = None
    dataset: str | None = None
    version: str | None = None
    """What a version is called by: `latest`, a derived name (`1.8` stands for `v1.8`), or its label."""
    asset_type: str | None = None
    """What an asset is shown as in the GFW dialect, or its kind."""
    uri: str | None = None
    own_page: UUID | None = None
    """The uuid of the asset whose own page was given as its address."""
    is_latest: bool | None = None
    is_default: bool | None = None
    only_gfw_known: bool = False
    within: DatasetCriteria = DatasetCriteria()


class DatasetSort(StrEnum):
    """What datasets can be sorted by, in the words of addresses."""

    UPDATED = "updated"
    CREATED = "created"
    NAME = "name"
    SLUG = "slug"
    ITEMS = "items"
    DOWNLOADS = "downloads"
    RELEVANCE = "relevance"
    """How well a search text is matched, the best first; in the order of ids where no index says it."""

    def order(self, *, is_descending: bool = False) -> Order:
        """The order by this, either way."""
        columns = {
            DatasetSort.UPDATED: Dataset.data_updated_at,
            DatasetSort.CREATED: Dataset.created_at,
            DatasetSort.NAME: Dataset.title_folded,
            DatasetSort.SLUG: Dataset.slug,
            DatasetSort.ITEMS: Dataset.item_count,
            DatasetSort.DOWNLOADS: Dataset.download_count,
            DatasetSort.RELEVANCE: Dataset.id,
        }
        return _order(self, columns[self], Dataset.id, is_descending)


class AssetSort(StrEnum):
    """What assets can be sorted by, in the words of addresses."""

    UPDATED = "updated"
    CREATED = "created"
    NAME = "name"
    DATASET = "dataset"
    RELEVANCE = "relevance"
    """As that of datasets."""

    def order(self, *, is_descending: bool = False) -> Order:
        """The order by this, either way."""
        columns = {
            AssetSort.UPDATED: Asset.updated_at,
            AssetSort.CREATED: Asset.created_at,
            AssetSort.NAME: Asset.title_folded,
            AssetSort.DATASET: Dataset.slug,
            AssetSort.RELEVANCE: Asset.id,
        }
        return _order(self, columns[self], Asset.id, is_descending)


# The fields of the indexes that hold what is sorted by: numbers, and of texts the beginning.
_NUMBERS = {"updated": "updated", "created": "created", "items": "items"}
_TEXTS = {"name": "by_name", "slug": "by_slug", "dataset": "by_slug"}


def _order(sort: DatasetSort | AssetSort, column: Any, key: Any, is_descending: bool) -> Order:
    field = (_NUMBERS | _TEXTS).get(sort)
    return Order(column, key, is_descending, sort == "relevance", field, is_of_text=sort in _TEXTS)
