"""Measures one store: the bare views, the peer, then every question to the catalog while others write."""

import statistics
import time
from collections.abc import Mapping, Sequence
from itertools import chain

from bench import peer
from bench.asking import Callers
from bench.facts import of_making, of_memory, of_start, of_whole_lists
from bench.progress import progress
from bench.questions import Question, assets, lists, look, pages
from bench.report import Report, Row
from bench.running import Serving, catalog, floor
from bench.searches import searches
from bench.stores import Store
from bench.targets import Beside, Measured
from bench.wire import HTML, Connection, Request
from bench.writing import Writer, writing

FLOOR = {
    "bare view of 25 rows, JSON by SQLAlchemy Core": Request("/core"),
    "bare view of 25 rows, page by Jinja": Request("/jinja", accept=HTML),
}
FIRST_PAGE = "GFW datasets, page 1, visitor"
_WARM = 0.15
# How many answers that nothing kept could help with are waited for.
_FIRSTS = 8


def measure(store: Store, callers: Callers, seconds: float, *, only: str = "", small: Report | None = None) -> Report:
    """What there is to measure of a store, of the questions those with `only` in their names.

    `small` is what was measured of a small store.
    """
    report = Report(f"{store.database}, {store.number:,} datasets", facts=list(of_making(store)))
    report.rows += _floor(store, callers, seconds)
    report.rows += _peer(store, callers, seconds)
    with catalog(store.environment, store.process) as served:
        report.facts.append(of_start(served))
        known = look(served.port, store.made.accounts)
        with writing(store.environment, store.number) as writer:
            for question in chain(*(part(known) for part in (lists, assets, pages, searches))):
                if only in question.name:
                    progress(question.name)
                    measured = _tried(served, callers, question.requests, seconds, writer)
                    report.rows.append(Row(question.name, measured, _beside(question, report, small), question.target))
            report.facts += of_whole_lists(served, store, callers, seconds)
            report.facts += of_memory(served, store)
    return report


def _floor(store: Store, callers: Callers, seconds: float) -> list[Row]:
    with floor(store.environment, store.url, store.process) as served:
        return _rows(served, callers, FLOOR, seconds)


def _peer(store: Store, callers: Callers, seconds: float) -> list[Row]:
    if store.file is None:
        return []  # it reads SQLite alone
    if not peer.PROGRAM.exists():
        return [Row(name, "not installed: make peer") for name in peer.REQUESTS]
    with peer.datasette(store.file, store.environment) as served:
        return _rows(served, callers, peer.REQUESTS, seconds)


def _rows(served: Serving, callers: Callers, asked: Mapping[str, Request], seconds: float) -> list[Row]:
    rows = []
    for name, request in asked.items():
        progress(name)
        rows.append(Row(name, _tried(served, callers, [request], seconds)))
    return rows


def _tried(
    served: Serving, callers: Callers, requests: Sequence[Request], seconds: float, writer: Writer | None = None
) -> Measured | str:
    """The measure of `requests`; the failure in words where an answer fails."""
    try:
        callers.ask(served, requests[:-_FIRSTS] or requests, min(_WARM, seconds))  # what is made once is made now
        first = _first(served, requests[-_FIRSTS:], writer, seconds) if writer else None
        one = callers.ask(served, requests, seconds / 2, number=1)
        return Measured(callers.ask(served, requests, seconds), one, first)
    except RuntimeError as failed:
        return f"failed: {failed}"


def _first(served: Serving, requests: Sequence[Request], writer: Writer, seconds: float) -> float:
    """The middle of the milliseconds until an answer, each right after a change of what everybody sees.

    Where there are enough addresses, nobody has asked for these before.
    """
    taken: list[float] = []
    until = time.monotonic() + 2 * seconds
    with Connection(served.port) as asked:
        while len(taken) < _FIRSTS and (not taken or time.monotonic() < until):
            request = requests[len(taken) % len(requests)]
            writer.write()
            begun = time.perf_counter()
            status, _ = asked.ask(request.bytes())
            taken.append((time.perf_counter() - begun) * 1000)
            if status != b"200":
                raise RuntimeError(f"{status.decode()}: {request.path}")
    return statistics.median(taken)


def _beside(question: Question, report: Report, small: Report | None) -> Beside:
    core, jinja = FLOOR
    in_json, in_page, _ = peer.REQUESTS
    is_page = question.requests[0].is_of_browser
    return Beside(
        floor=report.cpu_of(jinja if is_page else core),
        peer=report.rate_of(in_page if is_page else in_json),
        first_page=report.cpu_of(FIRST_PAGE),
        small=small.cpu_of(question.name) if small else None,
    )
