"""What the database finds of a search text while no index answers: words as they are written, terms by their values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, literal, not_, or_, select

from catalog.listing.asking import parse_period
from catalog.model import Asset, Dataset, Field, Organization, Tag, User
from catalog.search.language import Part
from catalog.vocabulary.text import fold


@dataclass(frozen=True)
class Rows:
    """What is looked through."""

    texts: Sequence[ColumnElement[str]]
    """Where words are looked for."""
    updated_at: ColumnElement
    holding: Callable[[ColumnElement[bool]], ColumnElement[bool]]
    """The rows that are, or hold, an asset of which something is true."""


OF_DATASETS = Rows(
    texts=(Dataset.found_in,),
    updated_at=Dataset.data_updated_at,
    holding=lambda is_true: Dataset.id.in_(select(Asset.dataset_id).where(is_true)),
)
OF_ASSETS = Rows(
    texts=(Asset.found_in, Dataset.title_folded, Dataset.slug),
    updated_at=Asset.updated_at,
    holding=lambda is_true: is_true,
)


def plainly(part: Part, rows: Rows) -> ColumnElement[bool]:
    """The condition that one of `rows` has what a part of a text asks for."""
    condition = _in_texts(part.words, rows) if part.name is None else _as_term(part, rows)
    return not_(func.coalesce(condition, literal(False))) if part.is_excluded else condition


def _in_texts(words: Sequence[str], rows: Rows) -> ColumnElement[bool]:
    return and_(*(or_(*(text.contains(fold(word), autoescape=True) for text in rows.texts)) for word in words))


def _as_term(part: Part, rows: Rows) -> ColumnElement[bool]:
    values = [fold(value) for value in part.values]
    match part.name:
        case "tag":
            return Dataset.id.in_(select(Tag.dataset_id).where(func.lower(Tag.name).in_(values)))
        case "license":
            return func.lower(Dataset.license_id).in_(values)
        case "organization":
            return Dataset.organization_id.in_(select(Organization.id).where(Organization.key.in_(values)))
        case "owner":
            return Dataset.owner_id.in_(select(User.id).where(User.handle.in_(values)))
        case "format":
            return rows.holding(func.lower(Asset.format).in_(values))
        case "type":
            return rows.holding(or_(Asset.gfw_type.in_(values), Asset.kind.in_(values)))
        case "column":
            named = (Field.name.icontains(word, autoescape=True) for word in part.words)
            return rows.holding(Asset.id.in_(select(Field.asset_id).where(*named)))
        case "visibility":
            return Dataset.visibility.in_([value for value in values if value in ("public", "internal", "private")])
    period = parse_period(part.text)
    return and_(*period.covers(rows.updated_at)) if period else literal(True)
