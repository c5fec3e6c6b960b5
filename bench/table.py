"""The table that a measurement ends with."""

from collections.abc import Sequence

from bench.asking import Figures

_HEAD = ("asked", "req/s", "p50 ms", "p99 ms", "CPU ms", "CPU / floor")


def table(rows: Sequence[tuple[str, Figures | str, float | None]]) -> str:
    """A line for each of `rows`: what was asked, its figures or why there are none, its floor's processor time."""
    written = [_HEAD, *(_cells(*row) for row in rows)]
    widths = [max(len(row[column]) for row in written) for column in range(len(_HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in written
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def _cells(asked: str, figures: Figures | str, floor: float | None) -> tuple[str, ...]:
    if isinstance(figures, str):
        return (asked, figures, "", "", "", "")
    over = f"{figures.cpu / floor:.1f}" if floor else ""
    return (asked, f"{figures.rate:.0f}", f"{figures.p50:.1f}", f"{figures.p99:.1f}", f"{figures.cpu:.2f}", over)
