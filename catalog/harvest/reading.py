"""Lines read into records in their order: a few by this process itself, many by others beside it."""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType

from catalog.harvest.lines import Unreadable
from catalog.harvest.workers import Read, Worker, read

CHUNK = 1_000
# A chunk of lines ends after so many bytes, and after so long when they come slowly.
_BYTES = 8_000_000
_SECONDS = 2.0
# Others read from this chunk on, two of them at most: one process writes what two read, more would wait for it.
_WITHOUT_WORKERS = 2
_WORKERS = 2

Chunk = Sequence[tuple[int, bytes]]


@dataclass(frozen=True)
class Line:
    """A line of a file: its number from 1, its bytes, and what they say."""

    number: int
    size: int
    read: Read


class Reading:
    """The records of lines, one after another, until `Unreadable`; none of the processes that read outlives it.

    With `is_ahead`, which may be changed on the way, records come settled as rows where others read them.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.is_ahead = True
        self._chunks = self._cut(lines)
        self._workers: list[Worker] = []
        self._asked: deque[tuple[Worker, Chunk]] = deque()
        self._fault: Unreadable | None = None
        self._lines = self._read()

    def __enter__(self) -> "Reading":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.end()

    def __iter__(self) -> Iterator[Line]:
        return self._lines

    def _read(self) -> Iterator[Line]:
        yield from self._read_alone()
        for worker in self._workers:
            self._ask(worker)
        while self._asked:
            yield from self._answers(*self._asked.popleft())
        if self._fault is not None:
            raise self._fault

    def _read_alone(self) -> Iterator[Line]:
        """The first lines: all of a small file, else those that come until the workers are up."""
        for number, chunk in enumerate(self._chunks, 1):
            if number == _WITHOUT_WORKERS and len(chunk) == CHUNK:
                for _ in range(_number_of_workers()):
                    self._workers.append(Worker())
            yield from _lines(chunk, (read(line) for _, line in chunk))
            if self._workers and all(worker.is_up() for worker in self._workers):
                return

    def _ask(self, worker: Worker) -> None:
        """Give a worker the next chunk, if there is one."""
        if (chunk := next(self._chunks, None)) is not None:
            worker.ask([line for _, line in chunk], with_rows=self.is_ahead)
            self._asked.append((worker, chunk))

    def _answers(self, worker: Worker, chunk: Chunk) -> Iterator[Line]:
        """What a worker read of a chunk; it goes on with another before use is made of the last of it."""
        while chunk:
            answers = worker.answers()
            part, chunk = chunk[: len(answers)], chunk[len(answers) :]
            if not chunk:
                self._ask(worker)
            yield from _lines(part, answers)

    def _cut(self, lines: Iterable[bytes]) -> Iterator[Chunk]:
        """The lines that are not blank, with their numbers, a chunk at a time; what ends them early is kept."""
        chunk: list[tuple[int, bytes]] = []
        size, begun = 0, time.monotonic()
        try:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                chunk.append((number, line))
                size += len(line)
                if len(chunk) == CHUNK or size > _BYTES or time.monotonic() - begun > _SECONDS:
                    yield chunk
                    chunk, size, begun = [], 0, time.monotonic()
        except Unreadable as fault:
            self._fault = fault
        if chunk:
            yield chunk


def _lines(chunk: Chunk, answers: Iterable[Read]) -> Iterator[Line]:
    for (number, line), answer in zip(chunk, answers, strict=True):
        yield Line(number, len(line), answer)


def _number_of_workers() -> int:
    """As many as there are processors beside the one on which this process writes; one at least."""
    return max(1, min(_WORKERS, len(os.sched_getaffinity(0)) - 1))
