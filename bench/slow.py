"""Whole, unpaged lists: when they begin, and how everybody else fares while twenty readers take theirs slowly."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from select import select
from threading import Event, Thread

from bench.asking import Callers, Figures
from bench.running import Serving
from bench.wire import Connection, Request

READERS = 20
_BYTES_A_SECOND = 20_000
_PAUSE = 0.1
_BUFFER = 8192
_WHOLE = Request("/datasets").bytes()


def first_byte(served: Serving, number: int = 10) -> float:
    """Milliseconds until the first byte of the body of the whole list has come; the middle of some."""
    return statistics.median(_first_byte(served.port) for _ in range(number))


def ping_beside(served: Serving, callers: Callers, seconds: float, weigh: Callable[[], int]) -> tuple[Figures, int]:
    """How `/ping` is answered to one caller while READERS read the whole list, and what `weigh` says then."""
    with _reading(served.port):
        return callers.ask(served, [Request("/ping")], seconds, number=1), weigh()


@contextmanager
def _reading(port: int) -> Iterator[None]:
    """READERS of the whole list, each at its own slow pace, until the block ends."""
    is_over = Event()
    with ExitStack() as connections:
        opened = [connections.enter_context(Connection(port, buffer=_BUFFER)) for _ in range(READERS)]
        for one in opened:
            one.send(_WHOLE)
        reader = Thread(target=_read_slowly, args=(opened, is_over), daemon=True)
        reader.start()
        time.sleep(3 * _PAUSE)
        yield
        is_over.set()
        reader.join()


def _read_slowly(opened: list[Connection], is_over: Event) -> None:
    while opened and not is_over.wait(_PAUSE):
        ready, _, _ = select(opened, [], [], 0)
        for one in ready:
            try:
                one.receive(int(_BYTES_A_SECOND * _PAUSE))
            except OSError:  # read to its end
                opened.remove(one)


def _first_byte(port: int) -> float:
    with Connection(port) as connection:
        begun = time.perf_counter()
        connection.send(_WHOLE)
        _, body = connection.head()
        if not body:
            connection.receive(1)
        return (time.perf_counter() - begun) * 1000
