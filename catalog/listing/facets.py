"""Facets: how many rows each value would show, for this viewer and under the other criteria."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import CTE, Row, Select, String, bindparam, case, cast, func, literal, select, union_all

from catalog.access import Viewer, visible_assets, visible_datasets, visible_organizations
from catalog.db import db
from catalog.listing.criteria import NOT_STATED, OTHER_TERMS, AssetCriteria, DatasetCriteria
from catalog.listing.facet_kinds import OF_ASSETS, OF_DATASETS, Facet
from catalog.listing.indexed import Indexed, indexed, organization_values
from catalog.listing.narrowing import narrow_assets, narrow_datasets, year_of
from catalog.listing.prepared import rows_of
from catalog.listing.queries import Criteria
from catalog.listing.searching import among, as_one
from catalog.listing.tallies import are_countable
from catalog.model import Asset, Dataset, Organization
from catalog.vocabulary.licenses import license_title


@dataclass(frozen=True)
class Value:
    """One value of a facet: what addresses call it, what readers call it, how many rows it would show."""

    value: str
    label: str
    count: int

    @property
    def is_missing(self) -> bool:
        """Whether this stands for rows that state nothing."""
        return self.value == NOT_STATED


@dataclass(frozen=True)
class Counts:
    """The values of a facet, those chosen first, then the most frequent ones."""

    values: Sequence[Value]
    total: int | None
    """How many there are in all; None for so many that they were not told apart."""
    absent: Sequence[Value]
    """What is chosen and would show nothing."""


_LICENSE = case(
    (Dataset.license.is_(None), NOT_STATED), (Dataset.license_id.is_(None), OTHER_TERMS), else_=Dataset.license_id
)
_COLUMNS = (
    Dataset.id.label("dataset_id"),
    Dataset.organization_id.label("organization_id"),
    Dataset.visibility.label("visibility"),
    _LICENSE.label("license"),
)


def count_dataset_facets(viewer: Viewer, wanted: DatasetCriteria, limits: Mapping[str, int]) -> dict[Facet, Counts]:
    """The facets of the list of datasets, each counted as if nothing were chosen in it.

    `limits` says how many values of each facet are wanted, by its name. None at all where there are too many datasets
    for the database, and the index, which is following, cannot count them yet.
    """
    return _counted(viewer, OF_DATASETS, wanted, limits, datasets_to_count)


def datasets_to_count(viewer: Viewer, wanted: DatasetCriteria, facet: Facet | None) -> Select:
    """What facets count of the datasets that `wanted` describes, as if it chose nothing in `facet`."""
    narrowed = wanted if facet is None else free_of(wanted, facet)
    columns = (*_COLUMNS, year_of(Dataset.data_updated_at).label("year"))
    return narrow_datasets(visible_datasets(viewer), viewer, narrowed).with_only_columns(*columns)


def _counted(
    viewer: Viewer,
    facets: Sequence[Facet],
    wanted: Criteria,
    limits: Mapping[str, int],
    rows_to_count: Callable[..., Select],
) -> dict[Facet, Counts]:
    if (index := indexed(viewer, wanted)) is not None:
        return _count_in(index, viewer, facets, wanted, limits)
    if not are_countable():
        return {}
    return _count(viewer, facets, partial(rows_to_count, viewer, wanted), partial(_chosen, wanted), limits)


def _count_in(
    index: Indexed, viewer: Viewer, facets: Sequence[Facet], wanted: Criteria, limits: Mapping[str, int]
) -> dict[Facet, Counts]:
    """Facets as an index counts them: those in which nothing is chosen at once."""
    chosen = {facet: _chosen(wanted, facet) for facet in facets}
    free = {facet.name: limits[facet.name] for facet in facets if not chosen[facet]}
    rows: list[Any] = index.facets(wanted, {}, free) if free else []
    for facet in facets:
        if chosen[facet]:
            stored = organization_values(chosen[facet]) if facet.name == "organization" else chosen[facet]
            others = free_of(wanted, facet)
            rows += index.facets(others, {facet.name: stored}, {facet.name: limits[facet.name]})
    return _told(viewer, rows, chosen)


def count_asset_facets(viewer: Viewer, wanted: AssetCriteria, limits: Mapping[str, int]) -> dict[Facet, Counts]:
    """The facets of the list of assets, counted in assets, each as if nothing were chosen in it."""
    return _counted(viewer, OF_ASSETS, wanted, limits, assets_to_count)


def assets_to_count(viewer: Viewer, wanted: AssetCriteria, facet: Facet | None) -> Select:
    """What facets count of the assets that `wanted` describes, as if it chose nothing in `facet`."""
    narrowed = wanted if facet is None else free_of(wanted, facet)
    year = year_of(Asset.updated_at).label("year")
    columns = (*_COLUMNS, Asset.format, Asset.gfw_type.label("type"), Asset.kind, year)
    return narrow_assets(visible_assets(viewer), viewer, narrowed).with_only_columns(*columns)


def _chosen(wanted: Criteria, facet: Facet) -> Sequence[str]:
    """What is chosen in a facet: of the rows themselves, or of the datasets that hold them."""
    return getattr(wanted if hasattr(wanted, facet.criterion) else wanted.within, facet.criterion)


def free_of(wanted: Criteria, facet: Facet) -> Criteria:
    """`wanted`, with nothing chosen in `facet`."""
    if hasattr(wanted, facet.criterion):
        return replace(wanted, **{facet.criterion: ()})
    return replace(wanted, within=free_of(wanted.within, facet))


def _count(
    viewer: Viewer,
    facets: Sequence[Facet],
    found: Callable[[Facet | None], Select],
    chosen: Callable[[Facet], Sequence[str]],
    limits: Mapping[str, int],
) -> dict[Facet, Counts]:
    """All facets in which nothing is chosen are counted over the same rows, which are looked for once."""
    free = [facet for facet in facets if not chosen(facet)]
    rows: list[Any] = []
    if free:
        same = found(None).order_by(None).cte("found")
        rows += db.session.execute(union_all(*(_top(facet, same, (), limits[facet.name]) for facet in free)))
    for facet in facets:
        if facet not in free:
            other = found(facet).order_by(None).cte("found")
            rows += db.session.execute(_top(facet, other, chosen(facet), limits[facet.name]))
    return _told(viewer, rows, {facet: chosen(facet) for facet in facets})


def _told(viewer: Viewer, rows: Sequence[Any], chosen: Mapping[Facet, Sequence[str]]) -> dict[Facet, Counts]:
    """Rows of facet name, value, count and number of values as readers are told of them."""
    organizations = [key for facet, keys in chosen.items() if facet.name == "organization" for key in keys]
    named = naming(viewer, rows, organizations)
    return {
        facet: _counts(facet, [row for row in rows if row[0] == facet.name], values, named)
        for facet, values in chosen.items()
    }


def _counts(facet: Facet, rows: Sequence[Any], chosen: Sequence[str], named: Callable[..., Value]) -> Counts:
    values = [named(name, value, number) for name, value, number, _ in rows]
    counted = {value.value for value in values}
    absent = [named(facet.name, value, 0, is_chosen=True) for value in chosen if value not in counted]
    return Counts(values, rows[0].total if rows else 0, absent)


def _top(facet: Facet, found: CTE, chosen: Sequence[str], limit: int) -> Select:
    """Rows of facet name, value, count and number of values: those chosen, then the most frequent ones."""
    grouped = by_value(facet, found).add_columns(func.count().over().label("total")).subquery()
    is_chosen = grouped.c.value.in_(_stored(facet, chosen)) if chosen else literal(False)
    ordered = (
        select(grouped)
        .order_by(is_chosen.desc(), grouped.c.value == NOT_STATED, grouped.c.number.desc(), grouped.c.value)
        .limit(limit)
        .subquery()
    )
    return select(literal(facet.name).label("facet"), ordered.c.value, ordered.c.number, ordered.c.total)


def by_value(facet: Facet, found: CTE) -> Select:
    """Each value of the facet, as its column holds it, and its count."""
    table, column = facet.rows(found)
    value = func.coalesce(cast(column, String), NOT_STATED)
    return select(value.label("value"), func.count().label("number")).select_from(table).group_by(value)


def _stored(facet: Facet, chosen: Sequence[str]) -> Any:
    """The chosen values as the facet's column holds them."""
    if facet.name != "organization":
        return list(chosen)
    keys = select(cast(Organization.id, String)).where(Organization.key.in_(chosen))
    return keys.union(select(literal(NOT_STATED))) if NOT_STATED in chosen else keys


# Of more organizations than this all are read that there are.
_MOST_NAMED = 1_000
_PARTY = (Organization.id, Organization.key, Organization.title)
_SAID = {NOT_STATED: "not stated", OTHER_TERMS: "other terms"}


def naming(viewer: Viewer, rows: Iterable[Any], chosen: Sequence[str]) -> Callable[..., Value]:
    """How values are called by addresses and by readers: those of `rows`, which begin with facet and value, or chosen.

    Organizations are counted by id and `chosen` by key; one that the viewer may not know of is called as it was typed.
    """
    ids = [int(value) for name, value, *_ in rows if name == "organization" and value != NOT_STATED]
    known = _parties(viewer, ids, chosen) if ids or chosen else ()
    by_id = {str(key): (handle, title) for key, handle, title in known}
    by_key = {handle: (handle, title) for handle, title in by_id.values()}

    def named(facet: str, value: str, number: int, *, is_chosen: bool = False) -> Value:
        parties = by_key if is_chosen else by_id
        if facet == "organization" and value in parties:
            return Value(*parties[value], number)
        return Value(value, _label(facet, value), number)

    return named


def _parties(viewer: Viewer, ids: Sequence[int], keys: Sequence[str]) -> Sequence[Row]:
    """Id, key and title of the organizations with `ids` or `keys` that the viewer may know of, and maybe of others."""
    if not keys and len(ids) < _MOST_NAMED:
        return rows_of(_parties_of_ids, viewer, ids=as_one(ids))
    known = visible_organizations(viewer).with_only_columns(*_PARTY)
    if len(ids) < _MOST_NAMED:
        known = known.where(Organization.id.in_(ids) | Organization.key.in_(keys))
    return db.session.execute(known).all()


def _parties_of_ids(viewer: Viewer) -> Select:
    return visible_organizations(viewer).with_only_columns(*_PARTY).where(among(Organization.id, bindparam("ids")))


def _label(facet: str, value: str) -> str:
    match facet:
        case "license":
            return _SAID.get(value) or license_title(value)
        case "visibility":
            return value.capitalize()
        case "organization" | "format" if value == NOT_STATED:
            return _SAID[value]
    return value
