"""Datasets as documents of their index: what they are found by, and whom they reach."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Row, select
from tantivy import Document

from catalog.model import Asset, Dataset, Field, TaskCategory, Version
from catalog.search.saying import (
    FIELDS_LIMIT,
    TEXT_LIMIT,
    Told,
    Values,
    column_words,
    document_of,
    grouped,
    joined,
    read,
    tell,
    values_of_files,
    whole_of,
)
from catalog.search.schema import tag_word
from catalog.search.words import compounds, endings, name_words, words_of
from catalog.vocabulary.formats import UNKNOWN_FORMAT
from catalog.vocabulary.licenses import LICENSE_WORDS

_SAID = (Dataset.subtitle, Dataset.overview, Dataset.source)
_COLUMNS = (Dataset.title_folded, Dataset.created_at, Dataset.data_updated_at, Dataset.item_count, *_SAID)


def documents_of_datasets(ids: Sequence[int]) -> Iterator[Document]:
    """A document of each dataset among `ids` that is there and not in the trash; the others are left out."""
    assets = grouped(
        select(Asset.dataset_id, Asset.kind, Asset.gfw_type, Asset.format).where(Asset.dataset_id.in_(ids)).distinct()
    )
    fields = grouped(
        select(Asset.dataset_id, Field.name, Field.alias, Field.description)
        .join(Field, Field.asset_id == Asset.id)
        .where(Asset.dataset_id.in_(ids))
        .distinct()
    )
    versions = grouped(
        select(Version.dataset_id, Version.format, Version.size_category).where(Version.dataset_id.in_(ids))
    )
    tasks = grouped(
        select(Version.dataset_id, TaskCategory.name)
        .join(TaskCategory, TaskCategory.version_id == Version.id)
        .where(Version.dataset_id.in_(ids))
        .distinct()
    )
    for told in tell(ids, *_COLUMNS):
        of_versions = _values_of_versions(told.row, versions[told.row.id], tasks[told.row.id])
        yield _document(told, of_versions, assets[told.row.id], fields[told.row.id][:FIELDS_LIMIT])


def _values_of_versions(row: Row, versions: list[Row], tasks: list[Row]) -> Values:
    """What the rows of the org dialect are counted by: one for each version, and one where there is none."""
    license_ = row.license_id or (row.license if len(row.license or "") < LICENSE_WORDS else None)
    return Values(
        counted_by={
            "row_format": list({version.format or UNKNOWN_FORMAT for version in versions}) or [UNKNOWN_FORMAT],
            "row_license": [license_] if license_ else [],
            "row_size_category": list({version.size_category for version in versions} - {None}),
            "row_task_category": [task.name for task in tasks],
        },
        numbers={"rows": max(1, len(versions)), "items": row.item_count},
    )


def _document(told: Told, of_versions: Values, assets: list[Row], fields: list[Row]) -> Document:
    row = told.row
    formats = {asset.format for asset in assets}
    types = {name for asset in assets for name in (asset.kind, asset.gfw_type)}
    said = [text[:TEXT_LIMIT] for text in (row.subtitle, row.overview, row.source) if text]
    names = [row.title or "", row.slug]
    title, slug = (words_of(name) for name in names)
    of_names = [one for name in names for one in name_words(name)]
    of_tags = joined(read(told.tags))
    of_columns = joined([column_words(*field[1:]) for field in fields])
    of_files = joined(read([*sorted(formats - {None}), *sorted(types)]))
    whole = whole_of(
        [joined(title), joined(slug), joined(read(said)), of_tags, joined(told.people), of_columns, of_files]
    )
    return document_of(
        told,
        row,
        row.created_at,
        row.data_updated_at,
        values_of_files(formats, types),
        of_versions,
        word=[tag_word(tag) for tag in told.tags],
        text=whole,
        exact=whole_of([whole, _compounds(said)]),
        title=joined(title),
        names=joined([*title, *slug, *of_names]),
        ends=joined(endings([*title, *slug])),
        tags=of_tags,
        columns=of_columns,
    )


def _compounds(texts: Iterable[str]) -> str:
    return joined(list(dict.fromkeys(word for text in texts for word in compounds(text))))
