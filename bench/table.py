"""What was measured, as Markdown: the machine, then two tables for each store."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.report import Report, Row
from bench.targets import Measured

_FACTS = ("store and server", "figure", "target")
_ROWS = (
    "asked",
    "req/s",
    "p50",
    "p99",
    "p50 alone",
    "p99 alone",
    "p50 first",
    "CPU",
    "CPU / floor",
    "growth",
    "target",
)
_GROWTH = _ROWS.index("growth")
_BEGIN, _END = "<!-- figures: `make bench` writes from here -->", "<!-- figures: to here -->"


def written(command: str, reports: Sequence[Report]) -> str:
    """The machine and the command, and the tables of each report."""
    parts = [f"`{command}`, {datetime.now(UTC):%Y-%m-%d}, on {machine()}."]
    for report in reports:
        facts = [(fact.name, fact.figure, fact.verdict) for fact in report.facts]
        parts += [f"### {report.title}", _table(_FACTS, facts), _table(*_questions(report.rows))]
    return "\n\n".join(parts)


def put(path: Path, text: str) -> None:
    """Put `text` between the marks of a file; ValueError where it has none."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"{path} lacks the lines {_BEGIN} and {_END}")
    path.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def machine() -> str:
    """The machine in words."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.release().partition('-')[0]}"
    return (
        f"{len(os.sched_getaffinity(0))} cores ({model}), {memory:.0f} GB, {system}, Python {platform.python_version()}"
    )


def _questions(rows: Sequence[Row]) -> tuple[Sequence[str], list[Sequence[str]]]:
    """The head and the rows; without growth where there is no small catalogue to grow from."""
    cells = [_cells(row) for row in rows]
    if any(row.beside.small for row in rows):
        return _ROWS, cells
    return _without_growth(_ROWS), [_without_growth(row) for row in cells]


def _without_growth(cells: Sequence[str]) -> Sequence[str]:
    return (*cells[:_GROWTH], *cells[_GROWTH + 1 :])


def _cells(row: Row) -> Sequence[str]:
    measured, beside = row.measured, row.beside
    if not isinstance(measured, Measured):
        return (row.name, measured, *("" for _ in _ROWS[2:]))
    many, one = measured.many, measured.one
    return (
        row.name,
        f"{many.rate:.0f}",
        *(f"{figure:.1f}" for figure in (many.p50, many.p99, one.p50, one.p99)),
        f"{measured.first:.1f}" if measured.first is not None else "",
        f"{many.cpu:.2f}",
        _ratio(many.cpu, beside.floor),
        _ratio(many.cpu, beside.small),
        "; ".join(row.target.verdicts(measured, beside)),
    )


def _ratio(cpu: float, other: float | None) -> str:
    return f"{cpu / other:.1f}" if other else ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cells = [[cell.replace("|", "\\|") for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in cells]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])
