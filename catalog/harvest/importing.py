"""One import: lines read, put into the store a stretch at a time, and what became of each told as it happens."""

import gzip
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from catalog.access import Viewer
from catalog.changes.journal import writing
from catalog.changes.putting import Outcome, Placing, prepare, put_many
from catalog.harvest.records import LINE_LIMIT, Record, Refused, read_record

BATCH = 1_000
# Reading and rendering stop for the store after so long, so that a reader sees progress.
_SECONDS = 2.0
_GZIP = b"\x1f\x8b"


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


def import_lines(
    viewer: Viewer, lines: Iterable[bytes], placing: Placing, *, say: Say, is_dry_run: bool = False
) -> Report:
    """Put the records of `lines` into the store; each batch is committed by itself, in a dry run it is undone."""
    report = Report()
    seen: set[int] = set()
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip())
    while batch := _read(numbered, report, say):
        prepare([record.put for _, record in batch])
        while batch:
            outcomes = _put([record for _, record in batch], viewer, placing, seen, is_dry_run)
            for (n, record), (outcome, reason) in zip(batch, outcomes, strict=False):
                report.counts[outcome] += 1
                if reason:
                    say(n, record.name, f"refused: {reason}")
            batch = batch[len(outcomes) :]
    return report


def _read(numbered: Iterator[tuple[int, bytes]], report: Report, say: Say) -> list[tuple[int, Record]]:
    """The next records that can be put; those that cannot are told and counted. Empty at the end."""
    batch: list[tuple[int, Record]] = []
    begun = time.monotonic()
    for n, line in numbered:
        try:
            record = read_record(line)
        except Refused as refused:
            report.counts[Outcome.REFUSED] += 1
            say(n, "", f"refused: {refused}")
            continue
        for warning in record.warnings:
            say(n, record.name, f"warning: {warning}")
        report.warnings += len(record.warnings)
        batch.append((n, record))
        if len(batch) == BATCH or time.monotonic() - begun > _SECONDS:
            break
    return batch


class _DryRun(Exception):
    """Undoes the transaction around it."""


def _put(
    records: list[Record], viewer: Viewer, placing: Placing, seen: set[int], is_dry_run: bool
) -> list[tuple[Outcome, str | None]]:
    outcomes: list[tuple[Outcome, str | None]] = []
    try:
        with writing():
            outcomes = put_many(viewer, [record.put for record in records], placing, seen)
            if is_dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcomes


@contextmanager
def opened(
    path: Path | None, standard_input: BinaryIO
) -> Iterator[tuple[Iterator[bytes], Callable[[], int], int | None]]:
    """The lines of a file, plain or gzip, or of standard input; how many bytes are read; of how many, where that is known."""
    raw = standard_input if path is None else path.open("rb")
    try:
        peeked = raw.peek(2)[:2] if hasattr(raw, "peek") else b""
        file = gzip.open(raw) if peeked == _GZIP else raw
        yield (
            _lines(file),
            (raw.tell if path is not None else lambda: 0),
            (path.stat().st_size if path is not None else None),
        )
    finally:
        if path is not None:
            raw.close()


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines, each cut a little beyond what a record may have, so that none fills the memory."""
    while line := file.readline(LINE_LIMIT + 2):
        if len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            while (rest := file.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                pass
        yield line
