"""Bodies of requests read by half of the threads at most, so that those that never end do not hold up everybody."""

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from catalog.errors import Busy
from catalog.settings import Settings

Application = Callable[[dict[str, Any], Callable], Iterable[bytes]]


class Bodies:
    """An application in which reading a body takes a place, of which there are fewer than threads."""

    def __init__(self, application: Application, settings: Settings) -> None:
        self._application = application
        self._places = BoundedSemaphore(max(1, settings.threads // 2))

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        environ["wsgi.input"] = _Body(environ["wsgi.input"], self._places)
        return self._application(environ, start_response)


class _Body:
    """What `stream` brings; the server waits for it as long as its client stays connected."""

    def __init__(self, stream: BinaryIO, places: BoundedSemaphore) -> None:
        self._stream, self._places = stream, places

    def read(self, size: int = -1) -> bytes:
        """What arrived; Busy when all places are taken."""
        if not self._places.acquire(blocking=False):
            raise Busy("Too many requests are still arriving. Please try again in a moment.", retry_after=5)
        try:
            return self._stream.read(size)
        finally:
            self._places.release()
