"""Versions as rows of one list, as the org dialect shows datasets: a row a version, one for a dataset without any."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from orjson import Fragment
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union
from sqlalchemy.orm import joinedload, selectinload, undefer

from catalog.access import Viewer, reaches, visible_datasets, visible_versions
from catalog.db import CodePointText, db
from catalog.listing.by_publisher import NAME, called_fully, find_stretch
from catalog.listing.criteria import DatasetCriteria
from catalog.listing.every_row import EveryRow
from catalog.listing.indexed import SMALL, indexed
from catalog.listing.paging import Page, Window, count, within
from catalog.listing.publishers import Publisher, published
from catalog.listing.searching import search_index
from catalog.listing.written import Place, Writing, write_at
from catalog.model import Dataset, Organization, Tag, TaskCategory, User, Version, Visibility
from catalog.vocabulary.formats import UNKNOWN_FORMAT
from catalog.vocabulary.licenses import LICENSE_WORDS
from catalog.vocabulary.text import fold

_ALL = 2**63 - 1
MANY = 2_000
"""Fewer rows the database sorts while a caller waits."""
LICENSE = func.coalesce(
    Dataset.license_id, case((func.length(Dataset.license) < LICENSE_WORDS, Dataset.license)), type_=CodePointText
)


class VersionSort(StrEnum):
    """What rows can be sorted by, in the words of the org dialect."""

    NAME = "name"
    CREATED_AT = "created_at"
    UPDATED_AT = "updated_at"
    ROW_COUNT = "row_count"
    FILE_SIZE_BYTES = "file_size_bytes"


@dataclass(frozen=True, kw_only=True)
class VersionCriteria:
    """Which rows: of one publisher, and narrowed by what they say; None asks for nothing, and so does an empty list."""

    publisher: Publisher
    with_public: bool = False
    """Whether public and internal datasets of everybody come along."""
    name: str | None = None
    search: str | None = None
    tags: Sequence[str] = ()
    licenses: Sequence[str] = ()
    task_categories: Sequence[str] = ()
    formats: Sequence[str] = ()
    size_categories: Sequence[str] = ()


@dataclass(frozen=True)
class Row:
    """A dataset in one of its versions; None for a dataset that has none."""

    dataset: Dataset
    version: Version | None


def list_versions(
    viewer: Viewer, wanted: VersionCriteria, sort: VersionSort, *, is_descending: bool, window: Window
) -> Page[Row]:
    """The rows that `viewer` may see and `wanted` describes, in order, inside `window`; what is null comes last."""
    pairs, total = _pairs(viewer, wanted, sort, is_descending, window)
    return Page(_loaded(viewer, [(dataset_id, version_id) for dataset_id, version_id, _ in pairs]), total, window)


def write_versions(
    viewer: Viewer,
    wanted: VersionCriteria,
    sort: VersionSort,
    writing: Writing[Row],
    *,
    is_descending: bool,
    window: Window,
) -> Page[Fragment]:
    """What `list_versions` would give, each row as it is written. Downloads are counted and told in no journal."""
    pairs, total = _pairs(viewer, wanted, sort, is_descending, window)
    places = [Place(pair[0], pair[:2], writing.name, pair[2]) for pair in pairs]
    written = write_at(writing.write, places, lambda missing: _loaded(viewer, [place.row for place in missing]))
    return Page(written, total, window)


_Pair = tuple[int, int | None]
"""The ids of a dataset and of its version, if any."""


def _pairs(
    viewer: Viewer, wanted: VersionCriteria, sort: VersionSort, is_descending: bool, window: Window
) -> tuple[Sequence[tuple[int, int | None, int | None]], int]:
    """The rows inside `window` as pairs, each with the downloads of its version; and how many rows there are.

    Sorted as such and only then read whole: rows are wide, and the database would carry all of them along.
    """
    found = narrow_rows(all_rows(viewer, wanted), wanted)
    if search_index().size() <= SMALL and window.offset == 0:
        return _counted_pairs(found, sort, is_descending, window)
    total = count_rows(viewer, wanted)
    if window.offset >= total:
        return (), total
    known = everything(viewer, wanted) if sort is VersionSort.NAME and total > MANY else None
    stretch = known and find_stretch(known, is_descending=is_descending, window=window, total=total)
    if stretch is not None:
        found, window = found.where(stretch.holds), stretch.window
    elif total > MANY:
        found = up_to_the_end_of(found, viewer, wanted, sort, is_descending, window, total)
    order = _order(sort, is_descending, is_of_one=stretch is not None and stretch.is_of_one)
    ordered = found.with_only_columns(Dataset.id, Version.id, Version.download_count).order_by(*order)
    return [tuple(row) for row in db.session.execute(within(ordered, window))], total


def _counted_pairs(
    found: Select, sort: VersionSort, is_descending: bool, window: Window
) -> tuple[Sequence[tuple[int, int | None, int | None]], int]:
    """The first rows of `found`, which are not many, and how many there are, asked at once."""
    columns = (Dataset.id, Version.id, Version.download_count, func.count().over())
    ordered = found.with_only_columns(*columns).order_by(*_order(sort, is_descending, is_of_one=False))
    rows = db.session.execute(within(ordered, window)).all()
    return [tuple(row[:3]) for row in rows], rows[0][3] if rows else 0


def _loaded(viewer: Viewer, pairs: Sequence[_Pair]) -> list[Row]:
    """The rows of `pairs`, which `viewer` may see, in their order."""
    datasets = visible_datasets(viewer).where(Dataset.id.in_({dataset_id for dataset_id, _ in pairs}))
    versions = visible_versions(viewer).where(Version.id.in_({key for _, key in pairs if key is not None}))
    of_datasets = {one.id: one for one in db.session.scalars(datasets.options(*_OF_DATASETS))}
    of_versions = {
        one.id: one for one in db.session.scalars(versions.options(joinedload(Version.task_categories))).unique()
    }
    return [Row(of_datasets[dataset_id], of_versions.get(key)) for dataset_id, key in pairs]


def count_rows(viewer: Viewer, wanted: VersionCriteria) -> int:
    """How many rows `viewer` may see that `wanted` describes; in large catalogues an index knows it of all together."""
    if (known := everything(viewer, wanted)) is not None:
        return known.count()
    return count(narrow_rows(all_rows(viewer, wanted), wanted).with_only_columns(Dataset.id))


def everything(viewer: Viewer, wanted: VersionCriteria) -> EveryRow | None:
    """What the index tells, where it can answer and all of a publisher is wanted, with all that is open or without."""
    is_everything = wanted == VersionCriteria(publisher=wanted.publisher, with_public=wanted.with_public)
    index = indexed(viewer, DatasetCriteria()) if is_everything else None
    publisher = wanted.publisher
    return index and EveryRow(index, publisher.organization_id, publisher.user_id, wanted.with_public)


def up_to_the_end_of(
    found: Select,
    viewer: Viewer,
    wanted: VersionCriteria,
    sort: VersionSort,
    is_descending: bool,
    window: Window,
    total: int,
) -> Select:
    """`found`, which are `total` rows, without those that come after all of `window`, as far as that is told fast.

    Versions have indexes of what they are sorted by: the value of the last one of so many as a page ends with is found
    without sorting, and no row of a page comes after it. Where rows are few among all, most that are met are of others.
    """
    if sort not in _OF_VERSIONS or (window.offset + window.limit) * search_index().size() > total * total:
        return found
    column, of_dataset = _OF_VERSIONS[sort]
    walked = narrow_rows(rows_of_versions(viewer, wanted), wanted).where(column.is_not(None))
    ordered = walked.with_only_columns(column).order_by(column.desc() if is_descending else column.asc())
    last = db.session.scalar(within(ordered, Window(window.offset + window.limit - 1, 1)))
    if last is None:
        return found
    seen = visible_versions(viewer).with_only_columns(Version.dataset_id)
    holders = [seen.where(column >= last if is_descending else column <= last)]
    if of_dataset is not None:
        listed = visible_datasets(viewer).where(Dataset.name.is_not(None)).with_only_columns(Dataset.id)
        listed = listed.where(of_dataset >= last if is_descending else of_dataset <= last)
        # In order, so that SQLite goes by the index of that, and not through every owner's datasets by turns.
        holders.append(select(listed.order_by(of_dataset).limit(_ALL).subquery().c.id))
    key = _SORTS[sort]
    return found.where(Dataset.id.in_(union(*holders)), key >= last if is_descending else key <= last)


_OF_DATASETS = (
    joinedload(Dataset.owner).load_only(User.handle),
    joinedload(Dataset.organization).load_only(Organization.key),
    undefer(Dataset.extra),
    selectinload(Dataset.tags),
)
_SORTS: dict[VersionSort, ColumnElement] = {
    VersionSort.NAME: NAME,
    VersionSort.CREATED_AT: func.coalesce(Version.created_at, Dataset.created_at),
    VersionSort.UPDATED_AT: func.coalesce(Version.updated_at, Dataset.updated_at),
    VersionSort.ROW_COUNT: Version.row_count,
    VersionSort.FILE_SIZE_BYTES: Version.file_size_bytes,
}


# What versions have an index of, and what stands for it in datasets that have none.
_OF_VERSIONS = {
    VersionSort.CREATED_AT: (Version.created_at, Dataset.created_at),
    VersionSort.UPDATED_AT: (Version.updated_at, Dataset.updated_at),
    VersionSort.ROW_COUNT: (Version.row_count, None),
    VersionSort.FILE_SIZE_BYTES: (Version.file_size_bytes, None),
}


def _order(sort: VersionSort, is_descending: bool, *, is_of_one: bool) -> tuple[ColumnElement, ...]:
    """What to order by; where all rows by name are of one organization, an index of its slugs leads."""
    key = Dataset.slug if is_of_one else _SORTS[sort]
    first = key.desc() if is_descending else key.asc()
    return (
        first if is_of_one else first.nulls_last(),
        NAME,
        func.coalesce(Version.semver_key, ""),
        Dataset.id,
        func.coalesce(Version.id, 0),
    )


def all_rows(viewer: Viewer, wanted: VersionCriteria) -> Select:
    """Every row of whom `wanted` names, and of everybody where it asks for that: a dataset and its version, or null."""
    found = visible_datasets(viewer).add_columns(Version).outerjoin(Dataset.owner).outerjoin(Dataset.organization)
    return found.outerjoin(Version, Version.dataset_id == Dataset.id).where(*_asked_for(viewer, wanted))


def rows_of_versions(viewer: Viewer, wanted: VersionCriteria) -> Select:
    """Those rows of `all_rows` that are versions."""
    found = visible_versions(viewer).outerjoin(Dataset.owner).outerjoin(Dataset.organization)
    return found.where(*_asked_for(viewer, wanted))


def _asked_for(viewer: Viewer, wanted: VersionCriteria) -> tuple[ColumnElement[bool], ...]:
    if not wanted.with_public:
        return Dataset.name.is_not(None), published(viewer, wanted.publisher)
    open_to_all = Dataset.visibility.in_([Visibility.PUBLIC, Visibility.INTERNAL])
    return Dataset.name.is_not(None), or_(and_(*wanted.publisher.described, reaches(viewer)), open_to_all)


def narrow_rows(found: Select, wanted: VersionCriteria) -> Select:
    """The rows of `found`, which come from `all_rows`, that say what `wanted` asks for."""
    if wanted.name is not None:
        found = found.where(called_fully(wanted.name))
    if wanted.search:
        # The original matches name and summary as PostgreSQL's ILIKE does: any part, whatever the case.
        text = fold(wanted.search)
        found = found.where(
            or_(NAME.contains(text, autoescape=True), Dataset.summary_folded.contains(text, autoescape=True))
        )
    if wanted.tags:
        found = found.where(Dataset.id.in_(select(Tag.dataset_id).where(Tag.name.in_(wanted.tags))))
    if wanted.licenses:
        found = found.where(LICENSE.in_(wanted.licenses))
    if wanted.task_categories:
        found = found.where(
            Version.id.in_(select(TaskCategory.version_id).where(TaskCategory.name.in_(wanted.task_categories)))
        )
    if wanted.formats:
        found = found.where(func.coalesce(Version.format, UNKNOWN_FORMAT).in_(wanted.formats))
    if wanted.size_categories:
        found = found.where(Version.size_category.in_(wanted.size_categories))
    return found
