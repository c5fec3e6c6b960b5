"""Which dataset of the store a record from elsewhere is, and whether it may be taken for it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select

from catalog.changes.met import Met
from catalog.changes.puts import Placing, Put
from catalog.db import db
from catalog.model import Alias, Dataset, SourceRecord


@dataclass(frozen=True)
class Held:
    """A dataset that a record may be, whose it is, and the record that it came from, if any."""

    dataset_id: int
    owner_id: int
    record: SourceRecord | None


def known(puts: Sequence[Put], met: Met, asked: Mapping[tuple[str, ...], Collection[str]]) -> dict[Put, Held]:
    """The datasets that `puts` were before: known by source and native id, and among several of one id by slug."""
    held = _records_like(puts)
    found: dict[Put, Held] = {}
    for put in puts:
        alike = held.get((put.source, put.native_id), [])
        new_here = [one for one in alike if one.dataset_id not in met]
        called_so = [one for one in alike if one.record.asked == put.draft.slug]
        if put.native_id is None:
            candidates = called_so
        else:
            candidates = (
                [one for one in called_so if one.record.fingerprint == put.fingerprint]
                or [one for one in called_so if one in new_here]
                or _called_otherwise(new_here, asked[put.key])
            )
        if candidates:
            found[put] = candidates[0]
    return found


def holders(slugs: Iterable[str]) -> dict[str, Held]:
    """The datasets that have these slugs, or had them once; one that is gone for good belongs to nobody."""
    wanted = list(slugs)
    if not wanted:
        return {}
    present = select(Dataset.slug, Dataset.id, Dataset.owner_id).where(Dataset.slug.in_(wanted))
    former = (
        select(Alias.slug, func.coalesce(Dataset.id, 0), func.coalesce(Dataset.owner_id, 0))
        .outerjoin(Dataset, Dataset.id == Alias.dataset_id)
        .where(Alias.slug.in_(wanted))
    )
    rows = [*db.session.execute(former), *db.session.execute(present)]
    records = select(SourceRecord).where(SourceRecord.dataset_id.in_([key for _, key, _ in rows]))
    by_id = {row.dataset_id: row for row in db.session.scalars(records)}
    return {slug: Held(key, owner_id, by_id.get(key)) for slug, key, owner_id in rows}


def prints_held(puts: Sequence[Put]) -> set[bytes]:
    """The fingerprints of the records that the store holds with the sources and native ids of `puts`."""
    found: set[bytes] = set()
    for condition in _asked_for(puts):
        found.update(db.session.scalars(select(SourceRecord.fingerprint).where(condition)))
    return found


def why_not(put: Put, held: Held, is_known: bool, placing: Placing, met: Met) -> str | None:
    """Why a record without an id of its own may not be taken for `held`, which has its slug; None where it may."""
    if put.native_id is not None:
        return None
    whose = None
    if held.owner_id != placing.owner_id:
        whose = "owner"
    elif held.record is not None and not is_known:
        whose = "source" if held.record.source != put.source else "record"
    if whose:
        return f"the slug “{put.draft.slug}” belongs to another {whose}, and the record has no id of its own"
    is_same = held.record is not None and held.record.fingerprint == put.fingerprint
    return put.why_not_again if held.dataset_id in met and not is_same else None


def _called_otherwise(alike: Sequence[Held], asked: Collection[str]) -> list[Held]:
    """The dataset of a record that its source calls otherwise now: the only one that no other record asks for."""
    left = [one for one in alike if one.record.asked not in asked]
    return left if len(left) == 1 else []


def _records_like(puts: Sequence[Put]) -> dict[tuple[str, str | None], list[Held]]:
    """The datasets held with the sources and native ids of `puts`; those without an id by the slug asked for."""
    found: dict[tuple[str, str | None], list[Held]] = {}
    for condition in _asked_for(puts):
        rows = (
            select(SourceRecord, Dataset.owner_id)
            .join(Dataset, Dataset.id == SourceRecord.dataset_id)
            .where(condition)
            .order_by(SourceRecord.dataset_id)
        )
        for row, owner_id in db.session.execute(rows):
            found.setdefault((row.source, row.native_id), []).append(Held(row.dataset_id, owner_id, row))
    return found


def _asked_for(puts: Sequence[Put]) -> Iterator[ColumnElement[bool]]:
    """The conditions on records that are known by what `puts` are known by.

    One for each source: SQLite looks through all records for a list of pairs, and uses the index for each part of one.
    """
    by_id: dict[str, list[str]] = {}
    by_slug: dict[str, list[str]] = {}
    for put in puts:
        if put.native_id is None:
            by_slug.setdefault(put.source, []).append(put.draft.slug)
        else:
            by_id.setdefault(put.source, []).append(put.native_id)
    for source, ids in by_id.items():
        yield and_(SourceRecord.source == source, SourceRecord.native_id.in_(ids))
    for source, slugs in by_slug.items():
        yield and_(SourceRecord.source == source, SourceRecord.native_id.is_(None), SourceRecord.asked.in_(slugs))
