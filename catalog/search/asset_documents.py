"""Assets as documents of their index: what is said of each, and of the dataset that holds it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Row, case, select
from tantivy import Document

from catalog.model import Asset, Field, Version
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
from catalog.search.schema import DEFAULT, GFW_KNOWN, LATEST, address_number
from catalog.search.words import endings, name_words, words_of

# Of an asset that lies nowhere.
_OWN_ID = case((Asset.uri.is_(None), Asset.uuid))
_COLUMNS = (
    *(
        Asset.dataset_id,
        Asset.id,
        _OWN_ID.label("own_id"),
        Asset.name,
        Asset.description,
        Asset.kind,
        Asset.gfw_type,
        Asset.format,
        Asset.uri,
    ),
    *(Asset.is_default, Asset.is_gfw_known, Version.is_latest, Asset.title_folded, Asset.created_at, Asset.updated_at),
)
# Addresses are read so far; what follows, mostly a signature, finds nothing.
_URI_LIMIT = 2_000


def documents_of_assets(ids: Sequence[int]) -> Iterator[Document]:
    """A document of each asset of the datasets among `ids` that are there and not in the trash."""
    assets = grouped(select(*_COLUMNS).join(Version, Version.id == Asset.version_id).where(Asset.dataset_id.in_(ids)))
    fields = grouped(
        select(Field.asset_id, Field.name, Field.alias, Field.description)
        .join(Asset, Asset.id == Field.asset_id)
        .where(Asset.dataset_id.in_(ids))
    )
    for told in tell(ids):
        holder = _Holder.of(told) if assets[told.row.id] else None
        for asset in assets[told.row.id]:
            yield _document(holder, asset, fields[asset.id][:FIELDS_LIMIT])


@dataclass(frozen=True)
class _Holder:
    """The words of the dataset that the documents of its assets hold alike."""

    told: Told
    title: str
    names: str
    ends: list[str]
    tags: str
    rest: str

    @classmethod
    def of(cls, told: Told) -> "_Holder":
        names = [told.row.title or "", told.row.slug]
        title, slug = (words_of(name) for name in names)
        of_names = [one for name in names for one in name_words(name)]
        tags = joined(read(told.tags))
        return cls(
            told,
            title=joined(title),
            names=joined([*title, *slug, *of_names]),
            ends=endings([*title, *slug]),
            tags=tags,
            rest=whole_of([joined(title), joined(slug), tags, joined(told.people)]),
        )


def _document(holder: _Holder, asset: Row, fields: list[Row]) -> Document:
    values, of_file = _of_file(asset.format, asset.kind, asset.gfw_type)
    name, uri = asset.name or "", (asset.uri or "")[:_URI_LIMIT]
    # What an asset without a name is called by lies at the end of its address.
    called = name or uri.rstrip("/").rpartition("/")[2]
    of_name, of_uri = words_of(name), words_of(uri)
    of_called = of_name if called is name else words_of(called)
    of_columns = joined([column_words(*field[1:]) for field in fields])
    said = joined(words_of(asset.description[:TEXT_LIMIT])) if asset.description else ""
    whole = whole_of([joined(of_name), holder.rest, said, of_file, joined(of_uri), of_columns])
    return document_of(
        holder.told,
        asset,
        asset.created_at,
        asset.updated_at,
        values,
        Values(
            found_by={"flag": _flags(asset)},
            numbers={"address": address_number(asset.own_id if asset.uri is None else asset.uri)},
        ),
        text=whole,
        exact=whole,
        title=whole_of([joined(of_name), holder.title]),
        names=joined([*of_called, *name_words(called), holder.names]),
        ends=joined([*endings(of_called), *holder.ends]),
        tags=holder.tags,
        columns=of_columns,
    )


@lru_cache(maxsize=10_000)
def _of_file(format_: str | None, kind: str, gfw_type: str) -> tuple[Values, str]:
    """The whole values and the words of what a file is, which is the same for many."""
    types = sorted({kind, gfw_type})
    return values_of_files([format_], types), joined(read([format_, *types]))


def _flags(asset: Row) -> list[str]:
    flags = {LATEST: asset.is_latest, DEFAULT: asset.is_default, GFW_KNOWN: asset.is_gfw_known}
    return [flag for flag, holds in flags.items() if holds]
