"""Any list, of datasets or of assets: its total, its pages and its batches, out of an index where that is worth it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar

from orjson import Fragment
from sqlalchemy import ColumnElement, Row, Select, bindparam, func

from catalog.access import Ownership, Viewer, came_by, listed_assets, visible_assets, visible_datasets
from catalog.db import db
from catalog.listing.criteria import AssetCriteria, DatasetCriteria
from catalog.listing.indexed import FEW, indexed
from catalog.listing.narrowing import narrow_assets, narrow_datasets
from catalog.listing.paging import Order, Page, Window, count, from_nearer_end, in_batches, in_order, within
from catalog.listing.prepared import named, rows_of, things_of
from catalog.listing.searching import among, as_one, search_index
from catalog.listing.walking import ids_walked_to, walked
from catalog.listing.written import Place, Writing, write_at
from catalog.model import Asset, Dataset
from catalog.search import forms
from catalog.search.forms import Form

T = TypeVar("T", Dataset, Asset)
C = TypeVar("C", DatasetCriteria, AssetCriteria)
# The database counts its way through so many rows of what is not narrowed; where it is more, an index is faster.
_NEAR = 10_000


@dataclass(frozen=True)
class List(Generic[T, C]):
    """A list, and how it begins: with what a viewer may see."""

    form: Form
    """What its rows are in an index."""
    row: type[T]
    everything: C
    visible: Callable[[Viewer], Select]
    narrow: Callable[[Select, Viewer, C], Select]
    holder: ColumnElement[int]
    """The column of a row that names its dataset."""
    walked: frozenset[str]
    """The fields of orders in which the database has everything ready."""
    walk: Callable[[Viewer], Select] | None = None
    """Everything, put as the database goes through it in such an order, where it needs that."""

    def narrowed(self, viewer: Viewer, wanted: C) -> Select:
        """What `viewer` may see that `wanted` describes, as the database finds it."""
        return self.narrow(self.visible(viewer), viewer, wanted)

    def count(self, viewer: Viewer, wanted: C) -> int:
        """How many rows `viewer` may see that `wanted` describes."""
        if (index := indexed(viewer, wanted)) is not None:
            return index.count(wanted)
        return count(self.narrowed(viewer, wanted).with_only_columns(self.row.id))

    def count_by_ownership(self, viewer: Viewer, wanted: C) -> dict[Ownership | None, int]:
        """How many of those reach the viewer in each way; None is all of them."""
        if (index := indexed(viewer, wanted)) is not None:
            return index.by_ownership(wanted)
        return tally_ownership(viewer, self.narrowed(viewer, wanted))

    def page(
        self, viewer: Viewer, wanted: C, order: Order, window: Window, total: int, parts: Sequence[Any]
    ) -> Page[T]:
        """The rows inside `window`, in order, of the `total` ones there are; with `parts` of each."""
        return Page(self.loaded(viewer, self._ids(viewer, wanted, order, window, total), parts), total, window)

    def written(
        self, viewer: Viewer, wanted: C, order: Order, window: Window, total: int, writing: Writing[T]
    ) -> Page[Fragment]:
        """The rows of `page` as they are written."""
        rows = self.placed(viewer, wanted, order, window, total, writing.stamp)
        places = [Place(dataset_id, id_, writing.name, tuple(stamp)) for id_, dataset_id, *stamp in rows]

        def load(missing: Sequence[Place]) -> list[T]:
            return self.loaded(viewer, [place.row for place in missing], writing.parts)

        return Page(write_at(writing.write, places, load), total, window)

    def batches(
        self, viewer: Viewer, wanted: C, order: Order, size: int, window: Window | None, parts: Sequence[Any]
    ) -> Iterator[list[T]]:
        """All rows in order, or those inside `window`, `size` at a time; none of the batches is empty."""
        ids = self._ids_of_many(viewer, wanted, order, window)
        if ids is None:
            return in_batches(self.narrowed(viewer, wanted).options(*parts), order, size, window)
        batches = iter(lambda: list(islice(ids, size)), [])
        return (rows for batch in batches if (rows := self.loaded(viewer, batch, parts)))

    def _ids_of_many(self, viewer: Viewer, wanted: C, order: Order, window: Window | None) -> Iterator[int] | None:
        """The ids of all rows, or those inside `window`, of a search that finds many or puts them in order by itself.

        None for any other list, and while the index cannot answer. To hand the ids of hundreds of thousands of hits to
        the database with each batch would take hours.
        """
        index = indexed(viewer, wanted) if wanted.text else None
        if index is None:
            return None
        total = index.count(wanted)
        inside = window or Window(0, total)
        if order.is_by_relevance:
            return iter(index.ranked(wanted, inside, total, is_descending=order.is_descending))
        if total <= FEW:
            return None
        others = replace(wanted, text="")
        is_ready = others == self.everything and order.field in self.walked
        found = self._everything(viewer) if is_ready else self.narrowed(viewer, others)
        ids = walked(found, self.holder, partial(index.among, wanted), order)
        return islice(ids, inside.offset, inside.offset + inside.limit) if window else ids

    def _ids(self, viewer: Viewer, wanted: C, order: Order, window: Window, total: int) -> list[int]:
        """The ids of a page, by whoever puts the rows in order fastest."""
        if not window.cut_to(total).limit:
            return []
        if self._is_walked(wanted, order, window, total):
            return [id_ for id_, _ in self._met(viewer, order, window, total)]
        index = indexed(viewer, wanted)
        if index is None:
            return [id_ for id_, _ in self._narrowed_to(viewer, wanted, order, window, total, ())]
        if order.is_by_relevance and wanted.text:
            return index.ranked(wanted, window, total, is_descending=order.is_descending)
        if order.field:
            return index.sorted(wanted, order, window, total, partial(self._settled, viewer))
        if total <= FEW:
            return self._settled(viewer, index.ids(wanted), order, window)
        holder = wanted if isinstance(wanted, DatasetCriteria) else wanted.within
        everything = self.visible(viewer) if holder.with_unnamed else self.narrowed(viewer, self.everything)
        return ids_walked_to(everything, self.holder, partial(index.among, wanted), order, window, total)

    def _is_walked(self, wanted: C, order: Order, window: Window, total: int) -> bool:
        """Whether a page is read out of everything, by the database, in an order that it has ready."""
        is_ready = order.field is None or (order.field in self.walked and self._is_near(window, total))
        return wanted == self.everything and is_ready and total > FEW

    def _met(
        self, viewer: Viewer, order: Order, window: Window, total: int, more: Sequence[ColumnElement] = ()
    ) -> Sequence[Row]:
        """The ids inside `window` of all rows there are, each with that of its dataset, and with `more` columns.

        The database counts its way to a page, from the end that is nearer, through an index that holds no more than
        what decides; whole rows are read for these ids alone.
        """

        def read(order: Order, window: Window) -> Sequence[Row]:
            return rows_of(self._walk, viewer, order, tuple(more), limit=window.limit, offset=window.offset)

        return from_nearer_end(read, order, window, total)

    def _walk(self, viewer: Viewer, order: Order, more: Sequence[ColumnElement]) -> Select:
        ids = self._everything(viewer).with_only_columns(self.row.id, self.holder, *more)
        return _cut(ids.order_by(*order.clauses))

    def _everything(self, viewer: Viewer) -> Select:
        return self.walk(viewer) if self.walk else self.narrowed(viewer, self.everything)

    def _is_near(self, window: Window, total: int) -> bool:
        """Whether few rows lie before a window or after it, with those of others that lie between."""
        inside = window.cut_to(total)
        before = min(inside.offset, inside.from_end(total).offset) + inside.limit
        return before * max(total, search_index(self.form).size()) <= _NEAR * total

    def _settled(self, viewer: Viewer, ids: Sequence[int], order: Order, window: Window) -> list[int]:
        """Those inside `window` of some ids, put in order by the database."""
        if not ids:
            return []
        inside = {"limit": window.limit, "offset": window.offset}
        return [id_ for id_, _ in rows_of(self._among, viewer, order, (), ids=as_one(ids), **inside)]

    def _among(self, viewer: Viewer, order: Order | None, more: Sequence[ColumnElement]) -> Select:
        """Those of some ids that `viewer` may see, with `more` columns; in `order`, or as it comes."""
        found = self.visible(viewer).where(among(self.row.id, bindparam("ids")))
        found = found.with_only_columns(self.row.id, self.holder, *more)
        return found if order is None else _cut(found.order_by(*order.clauses))

    def placed(
        self,
        viewer: Viewer,
        wanted: C,
        order: Order,
        window: Window,
        total: int,
        columns: Sequence[ColumnElement],
    ) -> Sequence[Row]:
        """The ids inside `window`, in order, each with that of its dataset, and with `columns` of its row."""
        if self._is_walked(wanted, order, window, total):
            return self._met(viewer, order, window, total, columns)
        if indexed(viewer, wanted) is None:
            return self._narrowed_to(viewer, wanted, order, window, total, columns)
        ids = self._ids(viewer, wanted, order, window, total)
        return in_order(rows_of(self._among, viewer, None, tuple(columns), ids=as_one(ids)), ids) if ids else []

    def _narrowed_to(
        self, viewer: Viewer, wanted: C, order: Order, window: Window, total: int, columns: Sequence[ColumnElement]
    ) -> Sequence[Row]:
        """The same where the database alone can tell."""
        found = self.narrowed(viewer, wanted).with_only_columns(self.row.id, self.holder, *columns)

        def read(order: Order, window: Window) -> Sequence[Row]:
            return db.session.execute(within(found.order_by(*order.clauses), window)).all()

        return from_nearer_end(read, order, window, total)

    def loaded(self, viewer: Viewer, ids: Sequence[int], parts: Sequence[Any]) -> list[T]:
        """The rows with these ids that `viewer` may see, in their order."""
        return in_order(things_of(self._whole, viewer, tuple(parts), ids=as_one(ids)), ids) if ids else []

    def _whole(self, viewer: Viewer, parts: Sequence[Any]) -> Select:
        return self.visible(viewer).where(among(self.row.id, bindparam("ids"))).options(*parts)


def _cut(ordered: Select) -> Select:
    return ordered.limit(named("limit")).offset(named("offset"))


def tally_ownership(viewer: Viewer, found: Select) -> dict[Ownership | None, int]:
    """How many rows of `found`, which come with their datasets, reach the viewer in each way; None is all of them."""
    columns = [func.count(), *(func.count().filter(came_by(viewer, ownership)) for ownership in Ownership)]
    row = db.session.execute(found.with_only_columns(*columns).order_by(None)).one()
    return dict(zip((None, *Ownership), row, strict=True))


_WALKED = frozenset({"created", "updated", "items", "by_name", "by_slug"})
DATASETS = List(forms.DATASETS, Dataset, DatasetCriteria(), visible_datasets, narrow_datasets, Dataset.id, _WALKED)
_ASSETS_WALKED = frozenset({"created", "updated"})
ASSETS = List(
    forms.ASSETS, Asset, AssetCriteria(), visible_assets, narrow_assets, Asset.dataset_id, _ASSETS_WALKED, listed_assets
)
