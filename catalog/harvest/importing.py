"""One import: lines read, put into the store a stretch at a time, and what became of each told as it happens."""

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from catalog.access import Viewer
from catalog.changes.journal import writing
from catalog.changes.met import Met
from catalog.changes.puts import Outcome, Placing, Put
from catalog.changes.putting import prepare, put_many
from catalog.db import writing_much
from catalog.harvest.lines import Unreadable
from catalog.harvest.parsing import Refused
from catalog.harvest.reading import Line, Reading
from catalog.harvest.records import Record
from catalog.memory import rarely_collected

BATCH = 1_000
# Reading and rendering stop for the store after so long, so that a reader sees progress, and after so many bytes.
_SECONDS = 2.0
_BYTES = 8_000_000
# After so many batches cycles are looked for: a few are left by each, and what hangs on them adds up.
_BETWEEN_COLLECTIONS = 20
# Writers that wait for SQLite look every tenth of a second whether it is free.
_PAUSE = 0.12


@dataclass
class Report:
    """What an import did so far."""

    counts: Counter = field(default_factory=Counter)
    warnings: int = 0

    def line(self) -> str:
        """The counts as the last line of an import says them."""
        always = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REFUSED)
        parts = [f"{outcome} {self.counts[outcome]}" for outcome in always]
        parts += [f"warnings {self.warnings}"] if self.warnings else []
        parts += [f"{Outcome.EDITED} {self.counts[Outcome.EDITED]}"] if self.counts[Outcome.EDITED] else []
        return ", ".join(parts)


# Called with the line's number, the record's name, and what is to be said of it.
Say = Callable[[int, str, str], None]
Outcomes = list[tuple[Outcome, str | None]]


def import_lines(
    viewer: Viewer, lines: Iterable[bytes], placing: Placing, *, say: Say, is_dry_run: bool = False
) -> Report:
    """Put the records of `lines` into the store; each batch is committed by itself, in a dry run it is undone."""
    report = Report()
    put = _Rehearsal() if is_dry_run else put_many
    met = Met()
    with writing_much(), rarely_collected(), Reading(lines) as reading:
        for number, batch in enumerate(iter(partial(_read, reading, report, say), []), 1):
            reading.is_ahead = prepare([record.put for _, record in batch])
            while batch:
                outcomes = put(viewer, [record.put for _, record in batch], placing, met)
                for (n, record), (outcome, reason) in zip(batch, outcomes, strict=False):
                    report.counts[outcome] += 1
                    if reason:
                        say(n, record.name, f"refused: {reason}")
                batch = batch[len(outcomes) :]
                if batch:
                    time.sleep(_PAUSE)
            if number % _BETWEEN_COLLECTIONS == 0:
                gc.collect()
    return report


def _read(reading: Reading, report: Report, say: Say) -> list[tuple[int, Record]]:
    """The next records that can be put; those that cannot are told and counted. Empty at the end."""
    batch: list[tuple[int, Record]] = []
    begun, size = time.monotonic(), 0
    try:
        for line in reading:
            if record := _record(line, report, say):
                batch.append((line.number, record))
                size += line.size
                if len(batch) == BATCH or size > _BYTES or time.monotonic() - begun > _SECONDS:
                    break
    except Unreadable as fault:
        report.counts[Outcome.REFUSED] += 1
        say(fault.line, "", f"refused: the file cannot be read from here on: {fault}")
    return batch


def _record(line: Line, report: Report, say: Say) -> Record | None:
    if isinstance(line.read, Refused):
        report.counts[Outcome.REFUSED] += 1
        say(line.number, line.read.name, f"refused: {line.read}")
        return None
    for warning in line.read.warnings:
        say(line.number, line.read.name, f"warning: {warning}")
    report.warnings += len(line.read.warnings)
    return line.read


class _Undone(Exception):
    """Undoes the transaction around it."""


class _Rehearsal:
    """Puts records and undoes it; remembers what would be there, so that later records of the run meet it."""

    def __init__(self) -> None:
        self._made: dict[str, set[bytes]] = {}

    def __call__(self, viewer: Viewer, puts: Sequence[Put], placing: Placing, met: Met) -> Outcomes:
        """What `put_many` would answer."""
        remembered = {put: outcome for put in puts if (outcome := self._remembered(put))}
        stored: Outcomes = []
        try:
            with writing():
                stored = put_many(viewer, [put for put in puts if put not in remembered], placing, met)
                raise _Undone
        except _Undone:
            pass
        outcomes: Outcomes = []
        following = iter(stored)
        for put in puts:
            outcome = remembered.get(put) or next(following, None)
            if outcome is None:
                break
            outcomes.append(outcome)
            if outcome[0] is Outcome.CREATED:
                self._made.setdefault(put.draft.slug, set()).add(put.fingerprint)
        return outcomes

    def _remembered(self, put: Put) -> tuple[Outcome, str | None] | None:
        made = self._made.get(put.draft.slug, set())
        if put.fingerprint in made:
            return Outcome.UNCHANGED, None
        return (Outcome.REFUSED, put.why_not_again) if made and put.native_id is None else None
