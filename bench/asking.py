"""Asks a server as many callers do, each on a connection of its own, and says how long it took them."""

import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import connection, get_context

from bench.processes import cpu_seconds
from bench.running import Serving
from bench.wire import Connection, Request

CALLERS = 8


@dataclass(frozen=True)
class Figures:
    """What a stretch of requests came to; times are in milliseconds."""

    rate: float
    p50: float
    p99: float
    cpu: float
    """Processor time of the server, and of its database where that is another process, for a request."""


class Callers:
    """Processes that wait to be told what to ask; they end with the block.

    They are copies of this one, so the block begins before this process has other threads.
    """

    def __init__(self) -> None:
        self._context = get_context("fork")
        self._pipes: list[connection.Connection] = []

    def __enter__(self) -> "Callers":
        for _ in range(CALLERS):
            mine, theirs = self._context.Pipe()
            self._pipes.append(mine)
            self._context.Process(target=_wait_and_ask, args=(theirs, self._pipes), daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        for pipe in self._pipes:
            pipe.close()

    def ask(self, served: Serving, requests: Sequence[Request], seconds: float, number: int = CALLERS) -> Figures:
        """Let so many of them send `requests` round and round for so long; RuntimeError for an answer that is no 200.

        Each begins at another one.
        """
        messages, pipes = [request.bytes() for request in requests], self._pipes[:number]
        before, begun = cpu_seconds(*served.processes), time.monotonic()
        for place, pipe in enumerate(pipes):
            at = place * len(messages) // number
            pipe.send((served.port, messages[at:] + messages[:at], seconds))
        answers = [pipe.recv() for pipe in pipes]
        spent, passed = cpu_seconds(*served.processes) - before, time.monotonic() - begun
        if faults := [answer for answer in answers if isinstance(answer, str)]:
            raise RuntimeError(faults[0])
        times = sorted(taken for answer in answers for taken in answer)
        return Figures(
            rate=len(times) / passed,
            p50=times[len(times) // 2] * 1000,
            p99=times[int(len(times) * 0.99)] * 1000,
            cpu=spent / len(times) * 1000,
        )


def _wait_and_ask(pipe: connection.Connection, not_ours: Sequence[connection.Connection]) -> None:
    """Do what comes through `pipe`, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began this ends it
    for other in not_ours:
        other.close()
    while True:
        try:
            port, messages, seconds = pipe.recv()
        except EOFError:
            return
        try:
            with Connection(port) as asked:
                pipe.send(_ask(asked, messages, seconds))
        except OSError as failed:
            pipe.send(f"no answer: {failed}")


def _ask(asked: Connection, messages: Sequence[bytes], seconds: float) -> list[float] | str:
    """How long each answer took; a status that is no 200, with what was asked."""
    taken: list[float] = []
    until = time.monotonic() + seconds
    while not taken or time.monotonic() < until:
        message = messages[len(taken) % len(messages)]
        begun = time.perf_counter()
        status, _ = asked.ask(message)
        taken.append(time.perf_counter() - begun)
        if status != b"200":
            return f"{status.decode()}: {message.splitlines()[0].decode()}"
    return taken
