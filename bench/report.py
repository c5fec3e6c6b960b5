"""What was measured of a store: a row for each question, and facts about the store and the server."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.targets import Beside, Measured, Target


@dataclass(frozen=True)
class Row:
    """A question and its measure, or why there is none; what it is held against, and its target."""

    name: str
    measured: Measured | str
    beside: Beside = field(default_factory=Beside)
    target: Target = field(default_factory=Target)

    @property
    def has_failed(self) -> bool:
        """Whether an answer was asked for and did not come."""
        return isinstance(self.measured, str) and self.measured.startswith("failed")


@dataclass(frozen=True)
class Fact:
    """Something about the store or the server, in words; its target and whether that is met."""

    name: str
    figure: str
    verdict: str = ""


@dataclass
class Report:
    """The figures of one store."""

    title: str
    facts: list[Fact] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def cpu_of(self, name: str) -> float | None:
        """The processor time of a question in milliseconds; None where it was not measured."""
        return next((one.many.cpu for one in self._measured(name)), None)

    def rate_of(self, name: str) -> float | None:
        """Answers a second to a question; None where it was not measured."""
        return next((one.many.rate for one in self._measured(name)), None)

    def _measured(self, name: str) -> Iterator[Measured]:
        yield from (row.measured for row in self.rows if row.name == name and isinstance(row.measured, Measured))
