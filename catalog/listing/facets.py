"""Facets: how many rows each value would show, for this viewer and under the other criteria."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    select,
    union,
    union_all,
)

from catalog.access import Viewer, visible_assets, visible_datasets, visible_organizations
from catalog.db import db
from catalog.listing.criteria import NOT_STATED, OTHER_TERMS, AssetCriteria, DatasetCriteria
from catalog.listing.indexed import Indexed, indexed, organization_values
from catalog.listing.narrowing import narrow_assets, narrow_datasets, year_of
from catalog.listing.queries import Criteria
from catalog.model import Asset, Dataset, Organization, Tag
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
    """The values of a facet, those chosen first, then the most frequent ones; and how many there are in all."""

    values: Sequence[Value]
    total: int
    absent: Sequence[Value]
    """What is chosen and would show nothing."""


@dataclass(frozen=True)
class Facet:
    """What lists can be narrowed by: its name in addresses, its title, the criterion that it sets.

    `rows` gives the table to count in and the column that holds the value, out of the rows that the list found.
    """

    name: str
    title: str
    criterion: str
    rows: Callable[[CTE], tuple[FromClause, ColumnElement]]
    is_span: bool = False
    """Whether the values follow each other, as years do, and are drawn as a histogram."""


def _by_tag(found: CTE) -> tuple[FromClause, ColumnElement]:
    return found.join(Tag, Tag.dataset_id == found.c.dataset_id), Tag.name


def _by_format_of_assets(found: CTE) -> tuple[FromClause, ColumnElement]:
    """A dataset counts once for each format of its assets, and as not stated when none of them has one."""
    pairs = (
        select(found.c.dataset_id, Asset.format.label("format"))
        .outerjoin_from(found, Asset, (Asset.dataset_id == found.c.dataset_id) & Asset.format.is_not(None))
        .distinct()
        .subquery()
    )
    return pairs, pairs.c.format


def _by_type_and_kind(found: CTE) -> tuple[FromClause, ColumnElement]:
    """An asset counts for what it is and for what its source calls it, where that is another word."""
    kinds = select(found.c.kind.label("type")).where(found.c.kind != found.c.type)
    names = union_all(select(found.c.type), kinds).subquery()
    return names, names.c.type


def _by_type_of_assets(found: CTE) -> tuple[FromClause, ColumnElement]:
    """A dataset counts once for each type and each kind of its assets."""
    names = union(
        *(
            select(found.c.dataset_id, column.label("type")).join_from(
                found, Asset, Asset.dataset_id == found.c.dataset_id
            )
            for column in (Asset.gfw_type, Asset.kind)
        )
    ).subquery()
    return names, names.c.type


YEAR = Facet("year", "Year of update", "years", lambda found: (found, found.c.year), is_span=True)
OF_DATASETS = (
    Facet("tag", "Tag", "tags", _by_tag),
    Facet("format", "Format", "formats", _by_format_of_assets),
    Facet("organization", "Organization", "organizations", lambda found: (found, found.c.organization_id)),
    Facet("license", "Licence", "licenses", lambda found: (found, found.c.license)),
    Facet("type", "Type", "types", _by_type_of_assets),
    YEAR,
    Facet("visibility", "Visibility", "visibilities", lambda found: (found, found.c.visibility)),
)
OF_ASSETS = (
    Facet("format", "Format", "formats", lambda found: (found, found.c.format)),
    Facet("type", "Type", "types", _by_type_and_kind),
    *(facet for facet in OF_DATASETS if facet.name not in ("format", "type")),
)
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

    `limits` says how many values of each facet are wanted, by its name.
    """

    def found(facet: Facet | None) -> Select:
        narrowed = wanted if facet is None else replace(wanted, **{facet.criterion: ()})
        columns = (*_COLUMNS, year_of(Dataset.data_updated_at).label("year"))
        return narrow_datasets(visible_datasets(viewer), viewer, narrowed).with_only_columns(*columns)

    if (index := indexed(viewer, wanted)) is not None:
        return _count_in(index, viewer, OF_DATASETS, wanted, limits)
    return _count(viewer, OF_DATASETS, found, lambda facet: _chosen(wanted, facet), limits)


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
            others = _free_of(wanted, facet)
            rows += index.facets(others, {facet.name: stored}, {facet.name: limits[facet.name]})
    return _told(viewer, rows, chosen)


def count_asset_facets(viewer: Viewer, wanted: AssetCriteria, limits: Mapping[str, int]) -> dict[Facet, Counts]:
    """The facets of the list of assets, counted in assets, each as if nothing were chosen in it."""

    def found(facet: Facet | None) -> Select:
        narrowed = wanted if facet is None else _free_of(wanted, facet)
        year = year_of(Asset.updated_at).label("year")
        columns = (*_COLUMNS, Asset.format, Asset.gfw_type.label("type"), Asset.kind, year)
        return narrow_assets(visible_assets(viewer), viewer, narrowed).with_only_columns(*columns)

    if (index := indexed(viewer, wanted)) is not None:
        return _count_in(index, viewer, OF_ASSETS, wanted, limits)
    return _count(viewer, OF_ASSETS, found, lambda facet: _chosen(wanted, facet), limits)


def _chosen(wanted: Criteria, facet: Facet) -> Sequence[str]:
    """What is chosen in a facet: of the rows themselves, or of the datasets that hold them."""
    return getattr(wanted if hasattr(wanted, facet.criterion) else wanted.within, facet.criterion)


def _free_of(wanted: Criteria, facet: Facet) -> Criteria:
    """`wanted`, with nothing chosen in `facet`."""
    if hasattr(wanted, facet.criterion):
        return replace(wanted, **{facet.criterion: ()})
    return replace(wanted, within=_free_of(wanted.within, facet))


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
    named = _named(viewer, rows, organizations)
    return {
        facet: _counts(facet, [row for row in rows if row[0] == facet.name], values, named)
        for facet, values in chosen.items()
    }


def _counts(
    facet: Facet, rows: Sequence[Any], chosen: Sequence[str], named: Callable[[str, str, int], Value]
) -> Counts:
    values = [named(name, value, number) for name, value, number, _ in rows]
    counted = {value.value for value in values}
    absent = [named(facet.name, value, 0) for value in chosen if value not in counted]
    return Counts(values, rows[0].total if rows else 0, absent)


def _top(facet: Facet, found: CTE, chosen: Sequence[str], limit: int) -> Select:
    """Rows of facet name, value, count and number of values: those chosen, then the most frequent ones."""
    table, column = facet.rows(found)
    value = func.coalesce(cast(column, String), NOT_STATED)
    grouped = (
        select(value.label("value"), func.count().label("number"), func.count().over().label("total"))
        .select_from(table)
        .group_by(value)
        .subquery()
    )
    is_chosen = grouped.c.value.in_(_stored(facet, chosen)) if chosen else literal(False)
    ordered = (
        select(grouped)
        .order_by(is_chosen.desc(), grouped.c.value == NOT_STATED, grouped.c.number.desc(), grouped.c.value)
        .limit(limit)
        .subquery()
    )
    return select(literal(facet.name).label("facet"), ordered.c.value, ordered.c.number, ordered.c.total)


def _stored(facet: Facet, chosen: Sequence[str]) -> Any:
    """The chosen values as the facet's column holds them."""
    if facet.name != "organization":
        return list(chosen)
    keys = select(cast(Organization.id, String)).where(Organization.key.in_(chosen))
    return keys.union(select(literal(NOT_STATED))) if NOT_STATED in chosen else keys


_SAID = {NOT_STATED: "not stated", OTHER_TERMS: "other terms"}


def _named(viewer: Viewer, rows: Sequence[Any], chosen: Sequence[str]) -> Callable[[str, str, int], Value]:
    """How values are called by addresses and by readers.

    Organizations are counted by id and chosen by key; one that the viewer may not know of is called as it was typed.
    """
    ids = [int(value) for name, value, *_ in rows if name == "organization" and value != NOT_STATED]
    parties: dict[str, tuple[str, str]] = {}
    if ids or chosen:
        known = visible_organizations(viewer).where(Organization.id.in_(ids) | Organization.key.in_(chosen))
        for key, handle, title in db.session.execute(
            known.with_only_columns(Organization.id, Organization.key, Organization.title)
        ):
            parties |= {str(key): (handle, title)} if key in ids else {handle: (handle, title)}

    def named(facet: str, value: str, number: int) -> Value:
        if facet == "organization" and value in parties:
            return Value(*parties[value], number)
        return Value(value, _label(facet, value), number)

    return named


def _label(facet: str, value: str) -> str:
    match facet:
        case "license":
            return _SAID.get(value) or license_title(value)
        case "visibility":
            return value.capitalize()
        case "organization" | "format" if value == NOT_STATED:
            return _SAID[value]
    return value
