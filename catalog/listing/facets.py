"""Facets: how many rows each value would show, for this viewer and under the other criteria."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, case, func, select

from catalog.access import Viewer, visible_assets, visible_datasets
from catalog.db import db
from catalog.listing.criteria import NOT_STATED, OTHER_TERMS, AssetCriteria, DatasetCriteria
from catalog.listing.narrowing import narrow_assets, narrow_datasets
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
class Facet:
    """What lists can be narrowed by: its name in addresses, the criterion it sets, and how its values are counted."""

    name: str
    title: str
    criterion: str
    count: Callable[[Select], Sequence[Value]]


def _by_license(found: Select) -> Sequence[Value]:
    value = case(
        (Dataset.license.is_(None), NOT_STATED), (Dataset.license_id.is_(None), OTHER_TERMS), else_=Dataset.license_id
    )
    named = {NOT_STATED: "not stated", OTHER_TERMS: "other terms"}
    return [Value(key, named.get(key) or license_title(key), number) for key, number in _counted(found, value)]


def _by_tag(found: Select) -> Sequence[Value]:
    return [
        Value(name, name, number) for name, number in _counted(found.join(Tag, Tag.dataset_id == Dataset.id), Tag.name)
    ]


def _by_organization(found: Select) -> Sequence[Value]:
    grouped = (
        found.outerjoin(Organization, Organization.id == Dataset.organization_id)
        .with_only_columns(Organization.key, Organization.title, func.count())
        .group_by(Organization.key, Organization.title)
        .order_by(None)
    )
    values = [
        Value(key or NOT_STATED, title or "not stated", number) for key, title, number in db.session.execute(grouped)
    ]
    return _frequent_first(values)


def _by_format(found: Select) -> Sequence[Value]:
    pairs = (
        found.outerjoin(Asset, Asset.dataset_id == Dataset.id)
        .with_only_columns(Dataset.id.label("dataset_id"), Asset.format.label("format"))
        .distinct()
        .order_by(None)
        .subquery()
    )
    stated = db.session.execute(_grouped(pairs.c.format)).all()
    total_missing = _without_format(found)
    values = [Value(name, name, number) for name, number in stated if name is not None]
    return _frequent_first([*values, *([Value(NOT_STATED, "not stated", total_missing)] if total_missing else [])])


def _without_format(found: Select) -> int:
    missing = found.where(Dataset.id.not_in(select(Asset.dataset_id).where(Asset.format.is_not(None))))
    return db.session.scalar(missing.with_only_columns(func.count()).order_by(None)) or 0


def _grouped(column) -> Select:
    return select(column, func.count()).group_by(column)


def _by_visibility(found: Select) -> Sequence[Value]:
    return [Value(word, word.capitalize(), number) for word, number in _counted(found, Dataset.visibility)]


def _by_asset_format(found: Select) -> Sequence[Value]:
    return [Value(name or NOT_STATED, name or "not stated", number) for name, number in _counted(found, Asset.format)]


def _by_asset_type(found: Select) -> Sequence[Value]:
    return [Value(name, name, number) for name, number in _counted(found, Asset.gfw_type)]


def _counted(found: Select, column) -> Sequence[tuple[str, int]]:
    grouped = found.with_only_columns(column, func.count()).group_by(column).order_by(None)
    return sorted(
        ((key, number) for key, number in db.session.execute(grouped)),
        key=lambda pair: (pair[0] in (None, NOT_STATED), -pair[1], pair[0] or ""),
    )


def _frequent_first(values: Sequence[Value]) -> Sequence[Value]:
    return sorted(values, key=lambda value: (value.is_missing, -value.count, value.label))


OF_DATASETS = (
    Facet("tag", "Tag", "tags", _by_tag),
    Facet("format", "Format", "formats", _by_format),
    Facet("organization", "Organization", "organizations", _by_organization),
    Facet("license", "Licence", "licenses", _by_license),
    Facet("visibility", "Visibility", "visibilities", _by_visibility),
)
OF_ASSETS = (
    Facet("format", "Format", "formats", _by_asset_format),
    Facet("type", "Type", "types", _by_asset_type),
)
WITHIN_ASSETS = tuple(facet for facet in OF_DATASETS if facet.name in ("tag", "organization", "license"))


def count_dataset_facets(viewer: Viewer, wanted: DatasetCriteria) -> dict[Facet, Sequence[Value]]:
    """The values of each facet of the list of datasets, counted as if nothing were chosen in that facet."""
    return {
        facet: facet.count(narrow_datasets(visible_datasets(viewer), viewer, replace(wanted, **{facet.criterion: ()})))
        for facet in OF_DATASETS
    }


def count_asset_facets(viewer: Viewer, wanted: AssetCriteria) -> dict[Facet, Sequence[Value]]:
    """The values of each facet of the list of assets, counted in assets as if nothing were chosen in that facet."""
    own = {
        facet: facet.count(narrow_assets(visible_assets(viewer), viewer, replace(wanted, **{facet.criterion: ()})))
        for facet in OF_ASSETS
    }
    outer = {
        facet: facet.count(
            narrow_assets(
                visible_assets(viewer), viewer, replace(wanted, within=replace(wanted.within, **{facet.criterion: ()}))
            )
        )
        for facet in WITHIN_ASSETS
    }
    return own | outer
