"""Datasets as documents of the index: what they are found by, and whom they reach."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from tantivy import Document

from catalog.audiences import audiences_of
from catalog.db import db
from catalog.model import Asset, Dataset, Field, Organization, Share, Tag, User
from catalog.search.schema import NAMED, UNNAMED, microseconds, tag_word
from catalog.search.words import compounds, endings, name_words, plain, words_of

TEXT_LIMIT = 60_000
"""How many characters of a text are read; what follows in a longer one finds nothing."""
_FIELDS_LIMIT = 2_000
_SAID = (Dataset.subtitle, Dataset.overview, Dataset.source)
_COLUMNS = (
    *(Dataset.id, Dataset.slug, Dataset.name, Dataset.title, Dataset.visibility, Dataset.license_id, Dataset.license),
    *(Dataset.owner_id, Dataset.organization_id, Dataset.data_updated_at, Dataset.item_count),
    *(User.handle, User.title.label("owner_title"), Organization.key, Organization.title.label("organization_title")),
    *_SAID,
)
# Parts of a text do not meet in a phrase.
_GAP = " \u241e "


def documents(ids: Sequence[int]) -> Iterator[Document]:
    """A document of each dataset among `ids` that is there and not in the trash; the others are left out."""
    standing = (
        select(*_COLUMNS)
        .join(User, User.id == Dataset.owner_id)
        .outerjoin(Organization, Organization.id == Dataset.organization_id)
        .where(Dataset.id.in_(ids), Dataset.deleted_at.is_(None))
    )
    tags = _grouped(select(Tag.dataset_id, Tag.name).where(Tag.dataset_id.in_(ids)))
    shares = _grouped(select(Share.dataset_id, Share.user_id, Share.organization_id).where(Share.dataset_id.in_(ids)))
    assets = _grouped(
        select(Asset.dataset_id, Asset.kind, Asset.gfw_type, Asset.format).where(Asset.dataset_id.in_(ids)).distinct()
    )
    fields = _grouped(
        select(Asset.dataset_id, Field.name, Field.alias, Field.description)
        .join(Field, Field.asset_id == Asset.id)
        .where(Asset.dataset_id.in_(ids))
        .distinct()
    )
    for row in db.session.execute(standing):
        yield _document(row, tags[row.id], shares[row.id], assets[row.id], fields[row.id][:_FIELDS_LIMIT])


def _document(row: Row, tags: list[Row], shares: list[Row], assets: list[Row], fields: list[Row]) -> Document:
    names = [row.title or "", row.slug]
    tag_names = [tag.name for tag in tags]
    formats = {asset.format for asset in assets} - {None}
    types = {name for asset in assets for name in (asset.kind, asset.gfw_type)}
    people = [row.handle, row.owner_title, row.key, row.organization_title]
    columns = [text for field in fields for text in (field.name, field.alias, field.description) if text]
    said = [text[:TEXT_LIMIT] for text in (row.subtitle, row.overview, row.source) if text]

    document = Document()
    document.add_integer("id", row.id)
    document.add_integer("updated", microseconds(row.data_updated_at))
    document.add_integer("items", row.item_count)
    title, slug = (words_of(name) for name in names)
    of_names = [one for name in names for one in name_words(name)]
    of_columns = [*_read(columns), *(word for field in fields for word in name_words(field.name))]
    everything = [
        *(_joined(part) for part in (title, slug, _read(said), _read(tag_names), _read(people), of_columns)),
        _joined(_read([*sorted(formats), *sorted(types)])),
    ]
    whole = _GAP.join(part for part in everything if part)
    _add(document, "text", [whole])
    _add(document, "exact", [whole, _compounds(said)])
    _add(document, "title", [_joined(title)])
    _add(document, "names", [_joined([*title, *slug, *of_names])])
    _add(document, "ends", [_joined(endings([*title, *slug]))])
    _add(document, "tags", [_joined(_read(tag_names))])
    _add(document, "columns", [_joined(of_columns)])
    receivers = ((share.user_id, share.organization_id) for share in shares)
    _add(document, "audience", audiences_of(row.visibility, row.owner_id, row.organization_id, receivers))
    _add(document, "slug", [row.slug])
    _add(document, "tag", {plain(tag) for tag in tag_names})
    _add(document, "word", {tag_word(tag) for tag in tag_names})
    _add(document, "license", [plain(row.license_id or ("other" if row.license else "-"))])
    _add(document, "organization", [row.key or "-"])
    _add(document, "owner", [row.handle])
    _add(document, "format", {plain(one) for one in formats} or ["-"])
    _add(document, "type", {plain(one) for one in types})
    _add(document, "visibility", [row.visibility.value])
    _add_facets(document, row, tag_names, formats, types)
    _add(document, "naming", [UNNAMED if row.name is None else NAMED])
    return document


def _add_facets(document: Document, row: Row, tags: list[str], formats: set[str], types: set[str]) -> None:
    """What facets count and criteria name, as the database holds it; what is not stated stands there as such."""
    license_ = row.license_id or ("other" if row.license is not None else "-")
    _add(document, "f_tag", set(tags))
    _add(document, "f_license", ["-" if row.license is None else license_])
    _add(document, "f_organization", [str(row.organization_id or "-")])
    _add(document, "f_owner", [str(row.owner_id)])
    _add(document, "f_format", formats or ["-"])
    _add(document, "f_type", types)
    _add(document, "f_visibility", [row.visibility.value])
    _add(document, "f_year", [str(row.data_updated_at.year)])


def _add(document: Document, name: str, values: Iterable[str]) -> None:
    for value in values:
        if value:
            document.add_text(name, value)


def _read(texts: Iterable[str | None]) -> list[str]:
    return [word for text in texts if text for word in words_of(text)]


def _compounds(texts: Iterable[str]) -> str:
    return _joined(list(dict.fromkeys(word for text in texts for word in compounds(text))))


def _joined(words: Sequence[str]) -> str:
    return " ".join(words)


def _grouped(found: Select) -> defaultdict[int, list[Any]]:
    """The rows of `found` by their first column."""
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(found):
        groups[row[0]].append(row)
    return groups
