"""What lists can be narrowed by: each facet with the rows in which its values are counted."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, FromClause, select, union, union_all

from catalog.model import Asset, Tag


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
