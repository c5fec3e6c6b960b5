"""Records from elsewhere put into the store, many in one transaction: new ones made, known ones brought up to date."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.access import Viewer
from catalog.changes.bulk import insert_rows
from catalog.changes.journal import record, writing
from catalog.changes.matching import Held, holders, known, prints_held, why_not
from catalog.changes.met import Met
from catalog.changes.naming import free_names, free_slugs
from catalog.changes.publishing import known_by, publishers
from catalog.changes.puts import Outcome, Placing, Put
from catalog.changes.revising import bring, finish, load_whole, names_of
from catalog.changes.settling import called, settle
from catalog.changes.storing import Placed, store
from catalog.model import SourceRecord

# A transaction takes records this many at a time, fewer when they have to be compared, until it has lasted this long.
_TOGETHER = 500
_COMPARED_TOGETHER = 25
_SECONDS = 1.0

Outcomes = list[tuple[Outcome, str | None]]


@dataclass(frozen=True)
class _Run:
    """Who puts records where, at which moment, and what is known of the others of the run."""

    viewer: Viewer
    placing: Placing
    at: datetime
    met: Met
    asked: Mapping[tuple[str, ...], Collection[str]]


def prepare(puts: Sequence[Put]) -> bool:
    """Do beforehand what `put_many` will need of those of `puts` that the store does not hold as they are.

    Whether there are any: of the next records of the same source as much can be expected.
    """
    held = prints_held(puts)
    new = [put for put in puts if put.fingerprint not in held]
    for put in new:
        put.settled  # noqa: B018 - computed here, kept for the transaction
    return bool(new)


def put_many(viewer: Viewer, puts: Sequence[Put], placing: Placing, met: Met | None = None) -> Outcomes:
    """What became of the first of `puts`, in order, with the reason where one was refused; in one transaction.

    It ends before it has lasted long, so that others can write; whoever calls goes on with those that are left. `met`
    holds the datasets that this run has met: records of one file that share a native id are several ones.
    """
    asked: dict[tuple[str, ...], set[str]] = {}
    for put in puts:
        asked.setdefault(put.key, set()).add(put.draft.slug)
    outcomes: Outcomes = []
    with writing() as at:
        run = _Run(viewer, placing, at, Met() if met is None else met, asked)
        begun = time.monotonic()
        while len(outcomes) < len(puts) and time.monotonic() - begun < _SECONDS:
            outcomes += _put(run, _stretch(puts[len(outcomes) :]))
    return outcomes


def _stretch(puts: Sequence[Put]) -> Sequence[Put]:
    """The first of `puts`, as long as none is to find another: a later record finds an earlier one stored."""
    keys: set[tuple[str, ...]] = set()
    slugs: set[str] = set()
    for n, put in enumerate(puts[:_TOGETHER]):
        if put.key in keys or (put.native_id is None and put.draft.slug in slugs):
            return puts[:n]
        keys |= {put.key, (put.draft.slug,)} if put.native_id is None else {put.key}
        slugs.add(put.draft.slug)
    return puts[:_TOGETHER]


def _put(run: _Run, puts: Sequence[Put]) -> Outcomes:
    before = known(puts, run.met, run.asked)
    named = holders(put.draft.slug for put in puts if put.native_id is None and put not in before)
    outcomes: dict[Put, tuple[Outcome, str | None]] = {}
    new: list[Put] = []
    compared: dict[Put, Held] = {}
    for put in puts:
        held = before.get(put) or (named.get(put.draft.slug) if put.native_id is None else None)
        if held is None:
            new.append(put)
            outcomes[put] = Outcome.CREATED, None
        elif reason := why_not(put, held, put in before, run.placing, run.met):
            outcomes[put] = Outcome.REFUSED, reason
        else:
            run.met.add(held.dataset_id)
            outcomes[put] = _without_comparing(put, held, run.placing), None
            if outcomes[put][0] is Outcome.UPDATED:
                compared[put] = held
        if len(compared) == _COMPARED_TOGETHER:
            break
    run.met.update(_create(run, new))
    outcomes |= {put: (outcome, None) for put, outcome in _revise(run, compared).items()}
    return list(outcomes.values())


def _without_comparing(put: Put, held: Held, placing: Placing) -> Outcome:
    """What becomes of a record that is `held`, as far as that can be told: it is updated, unless nothing differs."""
    is_edited = held.record is None or held.record.is_edited
    if is_edited and not placing.with_overwrite:
        return Outcome.EDITED
    if not is_edited and held.record.fingerprint == put.fingerprint:
        return Outcome.UNCHANGED
    return Outcome.UPDATED


def _revise(run: _Run, puts: Mapping[Put, Held]) -> dict[Put, Outcome]:
    datasets = {dataset.id: dataset for dataset in load_whole([held.dataset_id for held in puts.values()])}
    outcomes: dict[Put, Outcome] = {}
    for put, held in puts.items():
        dataset = datasets[held.dataset_id]
        wanted = settle(put.draft, names=names_of(dataset), columns=put.settled.columns)
        what = bring(dataset, called(wanted, dataset.slug), run.at)
        if held.record is None:
            _remember([(held.dataset_id, put)], run.at)
        else:
            for key, value in _remembered(put, run.at).items():
                setattr(held.record, key, value)
        if what:
            record(run.viewer, "revise", held.dataset_id, what)
        outcomes[put] = Outcome.UPDATED if what else Outcome.UNCHANGED
    finish(datasets.values())
    return outcomes


def _create(run: _Run, puts: Sequence[Put]) -> list[int]:
    if not puts:
        return []
    placing = run.placing
    slugs = free_slugs([put.draft.slug for put in puts])
    names = free_names(placing.owner_id, slugs)
    titles = [put.organization for put in puts if put.organization] if placing.is_by_record else []
    organizations = publishers(run.viewer, titles, run.at)
    placed = [
        Placed(
            dataset=put.settled if slug == put.draft.slug else called(put.settled, slug),
            slug=slug,
            name=name,
            owner_id=placing.owner_id,
            organization_id=organizations.get(known_by(put.organization or ""), placing.organization_id),
            visibility=placing.visibility,
        )
        for put, slug, name in zip(puts, slugs, names, strict=True)
    ]
    ids = store(placed, run.at)
    _remember(list(zip(ids, puts, strict=True)), run.at)
    for key, slug in zip(ids, slugs, strict=True):
        record(run.viewer, "register", key, {"slug": [None, slug], "visibility": [None, placing.visibility.value]})
    return ids


def _remember(puts: Sequence[tuple[int, Put]], at: datetime) -> None:
    insert_rows(SourceRecord.__table__, [{"dataset_id": key, **_remembered(put, at)} for key, put in puts])


def _remembered(put: Put, at: datetime) -> dict[str, object]:
    return {
        "source": put.source,
        "native_id": put.native_id,
        "asked": put.draft.slug,
        "path": put.path,
        "fingerprint": put.fingerprint,
        "imported_at": at,
        "is_edited": False,
    }
