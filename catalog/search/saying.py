"""What the documents of the indexes are made of: words of texts, and whole values of datasets and of their assets."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select
from tantivy import Document

from catalog.audiences import audiences_of
from catalog.db import db
from catalog.model import Dataset, Organization, Share, Tag, User
from catalog.search.schema import FACET, NAMED, UNNAMED, VALUE, beginning, microseconds, schema
from catalog.search.words import name_words, plain, words_of

TEXT_LIMIT = 60_000
"""How many characters of a text are read; what follows in a longer one finds nothing."""
FIELDS_LIMIT = 2_000
"""How many columns of a dataset or of an asset are read."""
NOT_STATED = "-"
_COLUMNS = (
    *(Dataset.id, Dataset.slug, Dataset.name, Dataset.title, Dataset.visibility, Dataset.license_id, Dataset.license),
    *(Dataset.owner_id, Dataset.organization_id),
    *(User.handle, User.title.label("owner_title"), Organization.key, Organization.title.label("organization_title")),
)
# Parts of a text do not meet in a phrase.
_GAP = " \u241e "


@dataclass(frozen=True)
class Values:
    """What a document holds beside its words."""

    found_by: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Whole values by which it is found, by name."""
    counted_by: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Those by which it is counted, and found too, as the database holds them."""
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What is told of a dataset alike by its own document and by those of its assets."""

    row: Row
    tags: Sequence[str]
    values: Values

    @property
    def people(self) -> list[str]:
        """The words of who owns it and publishes it."""
        return read((self.row.handle, self.row.owner_title, self.row.key, self.row.organization_title))


def tell(ids: Sequence[int], *columns: ColumnElement) -> Iterator[Told]:
    """What is told of each dataset among `ids` that is there and not in the trash, with `columns` of its row beside."""
    standing = (
        select(*_COLUMNS, *columns)
        .join(User, User.id == Dataset.owner_id)
        .outerjoin(Organization, Organization.id == Dataset.organization_id)
        .where(Dataset.id.in_(ids), Dataset.deleted_at.is_(None))
    )
    tags = grouped(select(Tag.dataset_id, Tag.name).where(Tag.dataset_id.in_(ids)))
    shares = grouped(select(Share.dataset_id, Share.user_id, Share.organization_id).where(Share.dataset_id.in_(ids)))
    for row in db.session.execute(standing):
        names = [tag.name for tag in tags[row.id]]
        yield Told(row, names, _values(row, names, shares[row.id]))


def _values(row: Row, tags: Sequence[str], shares: Sequence[Row]) -> Values:
    receivers = [(share.user_id, share.organization_id) for share in shares]
    license_ = row.license_id or ("other" if row.license is not None else NOT_STATED)
    return Values(
        found_by={
            "audience": list(audiences_of(row.visibility, row.owner_id, row.organization_id, receivers)),
            "slug": [row.slug],
            "tag": list({plain(tag) for tag in tags}),
            "license": [plain(row.license_id or ("other" if row.license else NOT_STATED))],
            "organization": [row.key or NOT_STATED],
            "owner": [row.handle],
            "visibility": [row.visibility.value],
            "naming": [UNNAMED if row.name is None else NAMED],
        },
        counted_by={
            "tag": list(dict.fromkeys(tags)),
            "license": [NOT_STATED if row.license is None else license_],
            "organization": [str(row.organization_id or NOT_STATED)],
            "owner": [str(row.owner_id)],
            "visibility": [row.visibility.value],
        },
        numbers={"by_slug": beginning(row.slug)},
    )


def values_of_files(formats: Collection[str | None], types: Collection[str]) -> Values:
    """The whole values of what formats, types and kinds an asset has, or the assets of a dataset have together."""
    stated = [one for one in formats if one is not None]
    return Values(
        found_by={
            "format": list({plain(one) for one in stated}) or [NOT_STATED],
            "type": list({plain(one) for one in types}),
        },
        counted_by={"format": stated or [NOT_STATED], "type": list(types)},
    )


def document_of(
    told: Told, row: Row, created: datetime, updated: datetime, *values: Values, **texts: str | list[str]
) -> Document:
    """The document of `row`, a dataset or an asset of it: moments, `values` and `texts` by field, what is told."""
    found_by, counted_by = dict(told.values.found_by), {**told.values.counted_by, "year": [str(updated.year)]}
    held: dict[str, Any] = {
        **texts,
        **told.values.numbers,
        "id": row.id,
        "by_name": beginning(row.title_folded),
        "dataset": told.row.id,
        "created": microseconds(created),
        "updated": microseconds(updated),
        VALUE: found_by,
        FACET: counted_by,
    }
    for more in values:
        found_by.update(more.found_by)
        counted_by.update(more.counted_by)
        held.update(more.numbers)
    return Document.from_dict(held, schema())


def read(texts: Iterable[str | None]) -> list[str]:
    """The words of texts, one after another."""
    return [word for text in texts if text for word in words_of(text)]


@lru_cache(maxsize=10_000)
def column_words(name: str, alias: str | None, description: str | None) -> str:
    """By what a column is found; assets of one dataset often have the same columns."""
    return joined([*read((name, alias, description)), *name_words(name)])


def whole_of(parts: Iterable[str]) -> str:
    """Texts as one, in which no phrase begins in one and ends in another."""
    return _GAP.join(part for part in parts if part)


def joined(words: Sequence[str]) -> str:
    """Words as the indexes read them."""
    return " ".join(words)


def grouped(found: Select) -> defaultdict[int, list[Any]]:
    """The rows of `found` by their first column."""
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(found):
        groups[row[0]].append(row)
    return groups
