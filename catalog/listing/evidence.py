"""Why something was found, where its name and summary do not say it: the tag, the column or the passage."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_

from catalog.access import Viewer, visible_assets, visible_datasets
from catalog.db import db
from catalog.model import Asset, Dataset, Field, Organization, Tag
from catalog.search.marking import Hits, Marked, around, has_hit, marked
from catalog.vocabulary.prose import plain

# How many tags and columns are looked through for all rows of a page.
_MOST = 1_000
_SHORTEST = 3
_LONGEST = 20_000


@dataclass(frozen=True)
class Evidence:
    """What holds a hit, "tag", "column", "description", …, and its words with the hits marked."""

    what: str
    pieces: Marked


_Look = Callable[[Sequence[int]], dict[int, Evidence]]


def evidence_of(viewer: Viewer, datasets: Sequence[Dataset], hits: Hits) -> dict[int, Evidence]:
    """Of each of `datasets` where `hits` are, by dataset id; nothing where its card shows it."""
    unclear = [one.id for one in datasets if hits.words and not has_hit(_shown(one), hits)]
    known = {one.id: one for one in datasets}
    texts = {"overview": Dataset.overview, "source": Dataset.source}
    return _found(
        unclear,
        lambda ids: _by_tags(visible_datasets(viewer), Dataset.id, ids, hits),
        lambda ids: _by_columns(viewer, Asset.dataset_id, ids, hits),
        lambda ids: _by_texts(visible_datasets(viewer), Dataset.id, ids, texts, hits),
        lambda ids: _by_owners([known[id_] for id_ in ids], hits) if viewer.is_signed_in else {},
    )


def evidence_of_assets(viewer: Viewer, assets: Sequence[Asset], hits: Hits) -> dict[int, Evidence]:
    """Of each of `assets` where `hits` are, by asset id; nothing where its row shows it."""
    unclear = [one.id for one in assets if hits.words and not has_hit(_shown_of_asset(one), hits)]
    return _found(
        unclear,
        lambda ids: _by_columns(viewer, Asset.id, ids, hits),
        lambda ids: _by_texts(visible_assets(viewer), Asset.id, ids, {"description": Asset.description}, hits),
        lambda ids: _by_tags(visible_assets(viewer), Asset.id, ids, hits),
        lambda ids: _by_texts(_with_organizations(viewer), Asset.id, ids, {"organization": _CALLED}, hits),
    )


def _found(ids: Sequence[int], *looks: _Look) -> dict[int, Evidence]:
    """What the first of `looks` that finds anything of a row finds of it."""
    found: dict[int, Evidence] = {}
    for look in looks:
        rest = [id_ for id_ in ids if id_ not in found]
        found |= look(rest) if rest else {}
    return found


def _shown(dataset: Dataset) -> list[str | None]:
    return [dataset.title, dataset.slug, dataset.summary, dataset.party_key, dataset.party_title]


def _shown_of_asset(asset: Asset) -> list[str | None]:
    return [asset.name, asset.kind, asset.format, asset.uri, asset.dataset.title or asset.dataset.slug]


def _by_tags(visible: Select, key: ColumnElement[int], ids: Sequence[int], hits: Hits) -> dict[int, Evidence]:
    held = visible.where(key.in_(ids)).join(Tag, Tag.dataset_id == Dataset.id)
    return _first_hits("tag", held.with_only_columns(key, Tag.name).order_by(Tag.position), hits)


def _by_columns(viewer: Viewer, key: ColumnElement[int], ids: Sequence[int], hits: Hits) -> dict[int, Evidence]:
    held = visible_assets(viewer).where(key.in_(ids)).join(Field, Field.asset_id == Asset.id)
    held = held.with_only_columns(key, Field.name, Field.description)
    if begun := [word[:_SHORTEST] for word in hits.words if word.isascii() and len(word) >= _SHORTEST]:
        held = held.where(
            or_(
                *(
                    column.icontains(part, autoescape=True)
                    for part in begun
                    for column in (Field.name, Field.description)
                )
            )
        )
    return _first_hits("column", held.order_by(Asset.id, Field.position), hits)


def _by_texts(
    visible: Select, key: ColumnElement[int], ids: Sequence[int], texts: Mapping[str, ColumnElement], hits: Hits
) -> dict[int, Evidence]:
    found: dict[int, Evidence] = {}
    for id_, *said in db.session.execute(visible.where(key.in_(ids)).with_only_columns(key, *texts.values())):
        for what, text in zip(texts, said, strict=True):
            pieces = around(plain(text[:_LONGEST]), hits) if text and id_ not in found else None
            if pieces:
                found[id_] = Evidence(what, pieces)
    return found


_CALLED = Organization.title + " (" + Organization.key + ")"


def _with_organizations(viewer: Viewer) -> Select:
    return visible_assets(viewer).join(Organization, Organization.id == Dataset.organization_id)


def _by_owners(datasets: Sequence[Dataset], hits: Hits) -> dict[int, Evidence]:
    """Of what an organization publishes, who owns it, whom its card does not name."""
    names = {one.id: (one.owner.display_title, one.owner.handle) for one in datasets}
    return {
        id_: Evidence("owner", marked(name, hits))
        for id_, both in names.items()
        if (name := next((one for one in both if has_hit([one], hits)), None))
    }


def _first_hits(what: str, held: Select, hits: Hits) -> dict[int, Evidence]:
    """Of each id the first row that holds a hit: its name, or with it the text in which the hit is."""
    texts: Mapping[int, list[tuple[str, ...]]] = defaultdict(list)
    for id_, *said in db.session.execute(held.limit(_MOST)):
        texts[id_].append(tuple(text for text in said if text))
    return {
        id_: Evidence(what, [*marked(row[0], hits), *_described(row[1:], hits)])
        for id_, rows in texts.items()
        if (row := next((row for row in rows if has_hit(row, hits)), None))
    }


def _described(texts: Sequence[str], hits: Hits) -> Marked:
    pieces = around(plain(texts[0][:_LONGEST]), hits, length=100) if texts else None
    return [(": ", False), *pieces] if pieces else []
