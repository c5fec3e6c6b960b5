"""Narrower selects: keeps the rows that satisfy every criterion that a request names."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, Select, case, cast, extract, or_, select
from sqlalchemy.orm import aliased

from catalog.access import Viewer, came_by
from catalog.listing.criteria import NOT_STATED, OTHER_TERMS, AssetCriteria, DatasetCriteria
from catalog.listing.searching import matches
from catalog.model import Asset, Dataset, Organization, Tag, User, Version
from catalog.search.forms import ASSETS
from catalog.vocabulary.versions import is_label_addressable, normalize_gfw


def narrow_datasets(found: Select, viewer: Viewer, wanted: DatasetCriteria) -> Select:
    """The rows of `found`, which holds datasets, that `wanted` describes."""
    if not wanted.with_unnamed:
        found = found.where(Dataset.name.is_not(None))
    if wanted.ownership or wanted.only_reaching:
        found = found.where(came_by(viewer, wanted.ownership))
    if wanted.only_with_items:
        found = found.where(Dataset.item_count > 0)
    if wanted.updated:
        found = found.where(*wanted.updated.covers(Dataset.data_updated_at))
    for column, values, condition in (
        (Dataset.visibility, wanted.visibilities, None),
        (None, wanted.tags, _tagged),
        (None, wanted.licenses, _licensed),
        (None, wanted.organizations, _published),
        (None, wanted.owners, _owned),
        (None, wanted.formats, _formatted),
        (None, wanted.types, _typed),
        (year_of(Dataset.data_updated_at), [int(year) for year in wanted.years], None),
    ):
        if values:
            found = found.where(condition(values) if condition else column.in_(values))
    return found.where(*matches(viewer, wanted.text))


def narrow_assets(found: Select, viewer: Viewer, wanted: AssetCriteria) -> Select:
    """The rows of `found`, which holds assets joined to their datasets, that `wanted` describes."""
    found = narrow_datasets(found, viewer, wanted.within)
    for column, value in ((Dataset.slug, wanted.dataset), (Asset.is_default, wanted.is_default)):
        if value is not None:
            found = found.where(column == value)
    if wanted.uri is not None:
        found = found.where(or_(Asset.uri == wanted.uri, *_on_own_page(wanted)))
    if wanted.version is not None:
        found = found.where(_of_version(wanted.version))
    if wanted.asset_type is not None:
        found = found.where(or_(Asset.gfw_type == wanted.asset_type, Asset.kind == wanted.asset_type))
    if wanted.is_latest is not None:
        found = found.where(Asset.version.has(Version.is_latest == wanted.is_latest))
    if wanted.only_gfw_known:
        found = found.where(Asset.is_gfw_known)
    if wanted.formats:
        found = found.where(_one_of(Asset.format, wanted.formats))
    if wanted.types:
        found = found.where(or_(Asset.gfw_type.in_(wanted.types), Asset.kind.in_(wanted.types)))
    if wanted.years:
        found = found.where(year_of(Asset.updated_at).in_([int(year) for year in wanted.years]))
    if wanted.updated:
        found = found.where(*wanted.updated.covers(Asset.updated_at))
    return found.where(*matches(viewer, wanted.text, ASSETS))


def year_of(moment: ColumnElement) -> ColumnElement[int]:
    """The year of a moment, in UTC."""
    return cast(extract("year", moment), Integer)


def narrow_versions(found: Select, viewer: Viewer, wanted: AssetCriteria) -> Select:
    """The rows of `found`, which holds versions joined to their datasets, whose names `wanted` gives."""
    found = narrow_datasets(found, viewer, wanted.within)
    if wanted.dataset is not None:
        found = found.where(Dataset.slug == wanted.dataset)
    return found.where(or_(*called(Version, wanted.version))) if wanted.version is not None else found


def _of_version(name: str) -> ColumnElement[bool]:
    """The asset lies in the version of its dataset that `name` means before all others."""
    if name == "latest":
        return Asset.version.has(Version.is_latest)
    version = aliased(Version)
    names = called(version, name)
    rank = case(*((is_named, n) for n, is_named in enumerate(names)))
    meant = select(version.id).where(version.dataset_id == Asset.dataset_id, or_(*names)).order_by(rank).limit(1)
    return Asset.version_id == meant.correlate(Asset).scalar_subquery()


def called(version: type[Version], name: str) -> list[ColumnElement[bool]]:
    """What `name` may be of a version, in order: a label gives way to the derived name of another version."""
    loose = normalize_gfw(name)
    return [
        version.gfw == name,
        version.semver == name,
        *([version.label == name] if is_label_addressable(name) else []),
        *([version.gfw == loose] if loose and loose != name else []),
    ]


def _on_own_page(wanted: AssetCriteria) -> list[ColumnElement[bool]]:
    return [Asset.uri.is_(None) & (Asset.uuid == wanted.own_page)] if wanted.own_page else []


def _one_of(column, values: Sequence[str]) -> ColumnElement[bool]:
    """`column` has one of `values`, among which NOT_STATED stands for null."""
    stated = [value for value in values if value != NOT_STATED]
    return or_(column.in_(stated), *([column.is_(None)] if NOT_STATED in values else []))


def _tagged(tags: Sequence[str]) -> ColumnElement[bool]:
    return Dataset.id.in_(select(Tag.dataset_id).where(Tag.name.in_(tags)))


def _licensed(licenses: Sequence[str]) -> ColumnElement[bool]:
    other = [Dataset.license_id.is_(None) & Dataset.license.is_not(None)] if OTHER_TERMS in licenses else []
    missing = [Dataset.license.is_(None)] if NOT_STATED in licenses else []
    return or_(Dataset.license_id.in_(licenses), *other, *missing)


def _published(keys: Sequence[str]) -> ColumnElement[bool]:
    named = Dataset.organization_id.in_(select(Organization.id).where(Organization.key.in_(keys)))
    return or_(named, *([Dataset.organization_id.is_(None)] if NOT_STATED in keys else []))


def _owned(handles: Sequence[str]) -> ColumnElement[bool]:
    return Dataset.owner_id.in_(select(User.id).where(User.handle.in_(handles)))


def _formatted(formats: Sequence[str]) -> ColumnElement[bool]:
    stated = Dataset.id.in_(select(Asset.dataset_id).where(Asset.format.in_(formats)))
    if NOT_STATED not in formats:
        return stated
    return or_(stated, Dataset.id.not_in(select(Asset.dataset_id).where(Asset.format.is_not(None))))


def _typed(types: Sequence[str]) -> ColumnElement[bool]:
    return Dataset.id.in_(select(Asset.dataset_id).where(or_(Asset.gfw_type.in_(types), Asset.kind.in_(types))))
