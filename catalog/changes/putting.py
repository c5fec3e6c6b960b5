"""Records from elsewhere put into the store, many in one transaction: new ones made, known ones brought up to date."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from sqlalchemy import func, insert, select, tuple_

from catalog.access import Viewer
from catalog.changes.drafts import DatasetDraft
from catalog.changes.journal import record, writing
from catalog.changes.naming import free_key, free_slug, taken_slugs
from catalog.changes.revising import bring, load_whole, names_of
from catalog.changes.settling import SettledDataset, found_by, settle
from catalog.changes.storing import Placed, store
from catalog.db import db
from catalog.model import Alias, Dataset, Organization, SourceRecord, Visibility
from catalog.vocabulary.slugs import make_key, numbered
from catalog.vocabulary.text import bounded, cut, fold

_TITLE_LIMIT = 200
# A transaction takes records this many at a time until it has lasted this long.
_TOGETHER = 100
_SECONDS = 1.2


class Outcome(StrEnum):
    """What became of a record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    EDITED = "edited here"


@dataclass(frozen=True, kw_only=True, eq=False)
class Put:
    """A record to put: where it is from, a fingerprint of all that it says, and what it says."""

    source: str
    native_id: str | None
    path: str | None
    fingerprint: bytes
    draft: DatasetDraft
    organization: str | None = None
    """The title of the organization that it names."""

    @cached_property
    def settled(self) -> SettledDataset:
        """The draft as rows. Costly: `prepare` asks for it before any transaction waits."""
        return settle(self.draft)

    @property
    def key(self) -> tuple[str, ...]:
        """What the record is known by: its source's id, else its slug."""
        return (self.source, self.native_id) if self.native_id is not None else (self.draft.slug,)


@dataclass(frozen=True, kw_only=True)
class Placing:
    """Where new datasets go. With `is_by_record` each goes to the organization that its record names."""

    owner_id: int
    organization_id: int | None = None
    visibility: Visibility = Visibility.INTERNAL
    is_by_record: bool = False
    with_overwrite: bool = False


def prepare(puts: Sequence[Put]) -> None:
    """Do beforehand what `put_many` will need of those of `puts` that the store does not hold as they are."""
    prints = {put.fingerprint for put in puts}
    held = set(db.session.scalars(select(SourceRecord.fingerprint).where(SourceRecord.fingerprint.in_(prints))))
    for put in puts:
        if put.fingerprint not in held:
            put.settled  # noqa: B018 - computed here, kept for the transaction


def put_many(
    viewer: Viewer, puts: Sequence[Put], placing: Placing, seen: set[int] | None = None
) -> list[tuple[Outcome, str | None]]:
    """What became of the first of `puts`, in order, with the reason where one was refused; in one transaction.

    It ends before it has lasted long, so that others can write; whoever calls goes on with those that are left. `seen`
    holds the ids of the datasets that this run has met: records of one file that share a native id are several datasets.
    """
    seen = set() if seen is None else seen
    outcomes: list[tuple[Outcome, str | None]] = []
    begun = time.monotonic()
    with writing() as at:
        for some in _without_repeats(puts):
            outcomes += _put(viewer, some, placing, seen, at)
            if time.monotonic() - begun > _SECONDS:
                break
    return outcomes


def _without_repeats(puts: Sequence[Put]) -> Iterator[list[Put]]:
    """`puts` in short stretches in which no record and no slug occurs twice: a later one finds the earlier one stored."""
    some: list[Put] = []
    seen: set[tuple[str, ...]] = set()
    for put in puts:
        names = {put.key, (put.draft.slug,)}
        if names & seen or len(some) == _TOGETHER:
            yield some
            some, seen = [], set()
        some.append(put)
        seen |= names
    if some:
        yield some


def _put(
    viewer: Viewer, puts: Sequence[Put], placing: Placing, seen: set[int], at: datetime
) -> list[tuple[Outcome, str | None]]:
    known = _known(puts, seen)
    holders = _holders(put.draft.slug for put in puts)
    new: list[Put] = []
    outcomes: list[tuple[Outcome, str | None]] = []
    for put in puts:
        held = known.get(put)
        if put.native_id is None and (held := held or holders.get(put.draft.slug)):
            if reason := _why_not_taken_over(put, held, placing):
                outcomes.append((Outcome.REFUSED, reason))
                continue
        if held is None:
            new.append(put)
            outcomes.append((Outcome.CREATED, None))
        else:
            seen.add(held.dataset_id)
            outcomes.append((_refresh(viewer, held, put, placing, at), None))
    seen.update(_create(viewer, new, placing, at))
    return outcomes


@dataclass(frozen=True)
class _Held:
    """A dataset that a record may be, whose it is, and the record that it came from, if any."""

    dataset_id: int
    owner_id: int
    record: SourceRecord | None


def _known(puts: Sequence[Put], seen: set[int]) -> dict[Put, _Held]:
    """The datasets that `puts` were before: known by source and native id, and among several of one id by slug."""
    rows = _records_like(puts)
    exact = {put: held for put in puts if (held := rows.get((put.source, put.native_id), {}).get(put.draft.slug))}
    spoken_for = seen | {held.dataset_id for held in exact.values()}
    for put in puts:
        if put not in exact and put.native_id is not None:
            alike = rows.get((put.source, put.native_id), {}).values()
            left = [held for held in alike if held.dataset_id not in spoken_for]
            if len(left) == 1:  # the same record, called otherwise by its source now
                exact[put] = left[0]
                spoken_for.add(left[0].dataset_id)
    return exact


def _records_like(puts: Sequence[Put]) -> dict[tuple[str, str | None], dict[str, _Held]]:
    """The datasets held with the sources and native ids of `puts`, by those and by the slug that they asked for."""
    by_id = [(put.source, put.native_id) for put in puts if put.native_id is not None]
    by_slug = [(put.source, put.draft.slug) for put in puts if put.native_id is None]
    found: dict[tuple[str, str | None], dict[str, _Held]] = {}
    for condition in (
        tuple_(SourceRecord.source, SourceRecord.native_id).in_(by_id),
        SourceRecord.native_id.is_(None) & tuple_(SourceRecord.source, SourceRecord.asked).in_(by_slug),
    ):
        rows = select(SourceRecord, Dataset.owner_id).join(Dataset, Dataset.id == SourceRecord.dataset_id).where(condition)
        for row, owner_id in db.session.execute(rows):
            found.setdefault((row.source, row.native_id), {})[row.asked] = _Held(row.dataset_id, owner_id, row)
    return found


def _holders(slugs: Iterable[str]) -> dict[str, _Held]:
    """The datasets that have these slugs, or had them once; one that is gone for good belongs to nobody."""
    wanted = list(slugs)
    present = select(Dataset.slug, Dataset.id, Dataset.owner_id).where(Dataset.slug.in_(wanted))
    former = (
        select(Alias.slug, func.coalesce(Dataset.id, 0), func.coalesce(Dataset.owner_id, 0))
        .outerjoin(Dataset, Dataset.id == Alias.dataset_id)
        .where(Alias.slug.in_(wanted))
    )
    rows = [*db.session.execute(former), *db.session.execute(present)]
    records = select(SourceRecord).where(SourceRecord.dataset_id.in_([key for _, key, _ in rows]))
    by_id = {row.dataset_id: row for row in db.session.scalars(records)}
    return {slug: _Held(key, owner_id, by_id.get(key)) for slug, key, owner_id in rows}


def _why_not_taken_over(put: Put, holder: _Held, placing: Placing) -> str | None:
    is_theirs = holder.owner_id != placing.owner_id
    record = holder.record
    is_of_another = record is not None and (record.source, record.native_id) != (put.source, None)
    if not is_theirs and not is_of_another:
        return None
    whose = "owner" if is_theirs else "source"
    return f"the slug “{put.draft.slug}” belongs to another {whose}, and the record has no id of its own"


def _refresh(viewer: Viewer, held: _Held, put: Put, placing: Placing, at: datetime) -> Outcome:
    is_edited = held.record is None or held.record.is_edited
    if is_edited and not placing.with_overwrite:
        return Outcome.EDITED
    if not is_edited and held.record.fingerprint == put.fingerprint:
        return Outcome.UNCHANGED
    dataset = load_whole(held.dataset_id)
    wanted = settle(put.draft, settled=names_of(dataset))
    texts = wanted.columns
    wanted = replace(
        wanted, columns={**texts, **found_by(texts["title"], dataset.slug, texts["subtitle"], texts["overview"])}
    )
    what = bring(dataset, wanted, at)
    if held.record is None:
        _remember([(held.dataset_id, put)], at)
    else:
        held.record.fingerprint, held.record.is_edited, held.record.imported_at, held.record.path = (
            put.fingerprint,
            False,
            at,
            put.path,
        )
    if not what:
        return Outcome.UNCHANGED
    record(viewer, "revise", held.dataset_id, what)
    return Outcome.UPDATED


def _create(viewer: Viewer, puts: Sequence[Put], placing: Placing, at: datetime) -> list[int]:
    if not puts:
        return []
    slugs = _free_slugs([put.draft.slug for put in puts])
    names = _free_names(placing.owner_id, slugs)
    organizations = _organizations(puts, at) if placing.is_by_record else {}
    placed = [
        Placed(
            dataset=put.settled if slug == put.draft.slug else _called(put.settled, slug),
            slug=slug,
            name=name,
            owner_id=placing.owner_id,
            organization_id=organizations.get(_known_by(put.organization))
            if placing.is_by_record and put.organization
            else placing.organization_id,
            visibility=placing.visibility,
        )
        for put, slug, name in zip(puts, slugs, names, strict=True)
    ]
    ids = store(placed, at)
    _remember(list(zip(ids, puts, strict=True)), at)
    for key, slug in zip(ids, slugs, strict=True):
        record(viewer, "register", key, {"slug": [None, slug], "visibility": [None, placing.visibility.value]})
    return ids


def _called(settled: SettledDataset, slug: str) -> SettledDataset:
    texts = settled.columns
    return replace(settled, columns={**texts, **found_by(texts["title"], slug, texts["subtitle"], texts["overview"])})


def _free_slugs(wanted: Sequence[str]) -> list[str]:
    taken = taken_slugs(wanted)
    free: list[str] = []
    for slug in wanted:
        candidate, n = slug if slug not in taken else free_slug(slug), 1
        while candidate in free:
            n += 1
            candidate = free_slug(numbered(slug, n))
        free.append(candidate)
    return free


def _free_names(owner_id: int, slugs: Sequence[str]) -> list[str]:
    """The slugs as names of the owner's storages, numbered where the owner calls another one so."""
    found = select(Dataset.name_folded).where(
        Dataset.owner_id == owner_id, Dataset.name_folded.in_([fold(slug) for slug in slugs])
    )
    taken = set(db.session.scalars(found))
    names: list[str] = []
    for slug in slugs:
        candidate, n = slug, 1
        while fold(candidate) in taken:
            n += 1
            candidate = f"{slug}_{n}"
            if db.session.scalar(
                select(Dataset.id).where(Dataset.owner_id == owner_id, Dataset.name_folded == fold(candidate))
            ):
                taken.add(fold(candidate))
        taken.add(fold(candidate))
        names.append(candidate)
    return names


def _organizations(puts: Sequence[Put], at: datetime) -> dict[str, int]:
    """The organizations that `puts` name, by folded title; those that do not exist are founded, without members."""
    titles = {_known_by(put.organization): put.organization for put in puts if put.organization}
    found = (
        select(Organization.folded, Organization.id)
        .where(Organization.folded.in_(list(titles)))
        .order_by(Organization.id.desc())
    )
    ids = {folded: key for folded, key in db.session.execute(found)}
    for folded, title in titles.items():
        if folded not in ids:
            organization = Organization(
                key=free_key(make_key(title)),
                title=cut(title, _TITLE_LIMIT),
                folded=folded,
                extra={"title": title} if len(title) > _TITLE_LIMIT else None,
                created_at=at,
                updated_at=at,
            )
            db.session.add(organization)
            db.session.flush()
            ids[folded] = organization.id
    return ids


def _known_by(title: str) -> str:
    return bounded(fold(title))


def _remember(known: Sequence[tuple[int, Put]], at: datetime) -> None:
    rows = [
        {
            "dataset_id": key,
            "source": put.source,
            "native_id": put.native_id,
            "asked": put.draft.slug,
            "path": put.path,
            "fingerprint": put.fingerprint,
            "imported_at": at,
            "is_edited": False,
        }
        for key, put in known
    ]
    db.session.execute(insert(SourceRecord), rows)
