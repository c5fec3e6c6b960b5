"""What the rows of the org dialect can be narrowed by: the values that occur, for this viewer, under other filters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, FromClause, Select, String, Subquery, cast, func, literal, select, union_all

from catalog.access import Viewer
from catalog.db import db
from catalog.listing.every_row import EveryRow
from catalog.listing.paging import count
from catalog.listing.versions import LICENSE, VersionCriteria, all_rows, everything, narrow_rows
from catalog.model import Dataset, Tag, TaskCategory, Version
from catalog.vocabulary.formats import UNKNOWN_FORMAT

# Values of one facet that are named; of more than that the most frequent ones.
MOST_VALUES = 1000


@dataclass(frozen=True)
class RowFacets:
    """How many rows there are, how many of them the filters keep, and the values of each filter, in order."""

    total: int
    filtered_total: int
    values: dict[str, Sequence[str]]
    """By the criterion that they are of: `formats`, `licenses`, `size_categories`, `tags`, `task_categories`."""


def list_row_facets(viewer: Viewer, wanted: VersionCriteria) -> RowFacets:
    """The facets of the rows that `viewer` may see and `wanted` describes, each as if nothing were chosen in it."""
    if (known := everything(viewer, wanted)) is not None:
        return _of_everything(known)
    rows = all_rows(viewer, wanted)
    tops = [_top(name, narrow_rows(rows, replace(wanted, **{name: ()}))) for name in _FACETS]
    found: dict[str, list[str]] = {name: [] for name in _FACETS}
    for name, value in db.session.execute(union_all(*tops)):
        found[name].append(value)
    return RowFacets(
        total=count(rows.with_only_columns(Dataset.id)),
        filtered_total=count(narrow_rows(rows, wanted).with_only_columns(Dataset.id)),
        values={name: sorted(values) for name, values in found.items()},
    )


def _of_everything(rows: EveryRow) -> RowFacets:
    total = rows.count()
    return RowFacets(total, total, {name: sorted(values) for name, values in rows.told(_FIELDS).items()})


# The fields of the index that hold what the facets count.
_FIELDS = {
    "formats": "facet.row_format",
    "licenses": "facet.row_license",
    "size_categories": "facet.row_size_category",
    "tags": "facet.tag",
    "task_categories": "facet.row_task_category",
}


def _tagged(rows: Subquery) -> tuple[FromClause, ColumnElement]:
    return rows.join(Tag, Tag.dataset_id == rows.c.dataset_id), Tag.name


def _meant_for(rows: Subquery) -> tuple[FromClause, ColumnElement]:
    return rows.join(TaskCategory, TaskCategory.version_id == rows.c.version_id), TaskCategory.name


# For each facet the table to count in and the column that holds the value, out of the rows that were found.
_FACETS = {
    "formats": lambda rows: (rows, rows.c.format),
    "licenses": lambda rows: (rows, rows.c.license),
    "size_categories": lambda rows: (rows, rows.c.size_category),
    "tags": _tagged,
    "task_categories": _meant_for,
}


def _top(facet: str, found: Select) -> Select:
    rows = found.with_only_columns(
        Dataset.id.label("dataset_id"),
        Version.id.label("version_id"),
        func.coalesce(Version.format, UNKNOWN_FORMAT).label("format"),
        LICENSE.label("license"),
        Version.size_category,
    ).subquery()
    table, column = _FACETS[facet](rows)
    value = cast(column, String).label("value")
    counted = (
        select(value)
        .select_from(table)
        .where(column.is_not(None))
        .group_by(value)
        .order_by(func.count().desc(), value)
        .limit(MOST_VALUES)
        .subquery()
    )
    return select(literal(facet).label("facet"), counted.c.value)
