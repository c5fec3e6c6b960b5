"""What is aimed at with a million datasets, and whether a measurement meets it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.asking import Figures


@dataclass(frozen=True)
class Measured:
    """What a question came to: asked by eight at once, by one at a time, and when nobody had asked before."""

    many: Figures
    one: Figures
    first: float | None = None
    """Milliseconds, the middle of those answers that nothing kept could help with."""


@dataclass(frozen=True)
class Beside:
    """What a question is held against: processor times in milliseconds, answers a second; None what is not known."""

    floor: float | None = None
    peer: float | None = None
    first_page: float | None = None
    small: float | None = None
    """The processor time of the same question to a small catalogue."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Bounds, of which each may be absent."""

    floor: float | None = None
    """Processor time: at most so many times that of the bare view."""
    peer: float | None = None
    """Answers a second: at least so many times those of the peer."""
    first_page: float | None = None
    """Processor time: at most so many times that of page 1."""
    p50: float | None = None
    p99: float | None = None
    """Milliseconds, at most."""
    growth: float | None = None
    """Processor time: at most so many times that with a small catalogue."""

    def verdicts(self, measured: Measured, beside: Beside) -> Iterator[str]:
        """Each bound in words and whether it is met; nothing of what cannot be known."""
        many, one = measured.many, measured.one
        if self.floor and beside.floor:
            yield said(f"CPU ≤ {self.floor:g} × floor", many.cpu <= self.floor * beside.floor)
        if self.peer and beside.peer:
            yield said(f"≥ {self.peer:g} × Datasette", many.rate >= self.peer * beside.peer)
        if self.first_page and beside.first_page:
            yield said(f"CPU ≤ {self.first_page:g} × page 1", many.cpu <= self.first_page * beside.first_page)
        if self.p50:
            yield said(f"p50 ≤ {self.p50:g} ms", many.p50 <= self.p50, is_met_alone=one.p50 <= self.p50)
        if self.p99:
            yield said(f"p99 ≤ {self.p99:g} ms", many.p99 <= self.p99, is_met_alone=one.p99 <= self.p99)
        if self.growth and beside.small:
            yield said(f"growth ≤ {self.growth:g}", many.cpu <= self.growth * beside.small)


def said(bound: str, is_met: bool, *, is_met_alone: bool = False) -> str:
    """A bound in words, and whether it is met: by eight callers at once, or only by one at a time."""
    return f"{bound}: {'ok' if is_met else 'ok by one at a time' if is_met_alone else 'missed'}"
