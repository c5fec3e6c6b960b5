"""What the three dialects do alike on the wire: who comes in, JSON out, whole lists streamed, unchanged answers not sent again."""

import hashlib
from collections.abc import Callable, Iterator
from functools import wraps
from threading import BoundedSemaphore
from typing import Any

import orjson
from flask import Flask, Response, current_app, request

from catalog.changes.journal import last_seq
from catalog.db import turn
from catalog.errors import Busy
from catalog.identity import Door, current_viewer, recognise
from catalog.ops.limits import spend
from catalog.settings import Settings

_JSON = "application/json"


def settings() -> Settings:
    """The settings of the running catalog."""
    return current_app.extensions["catalog_settings"]


def base_url() -> str:
    """The address under which this reader reaches the catalog, without a slash at its end."""
    return (settings().public_url or request.url_root).rstrip("/")


def through(door: Door, dialect: str) -> Callable[[Callable], Callable]:
    """A view that first recognises its viewer at `door` and spends one request of theirs in `dialect`."""

    def wrap(view: Callable) -> Callable:
        @wraps(view)
        def seen(*args: Any, **kwargs: Any) -> Any:
            viewer = recognise(door)
            spend(current_app.extensions["catalog_limits"], dialect, viewer, request.remote_addr or "", settings())
            return view(*args, **kwargs)

        return seen

    return wrap


def last_values() -> dict[str, str]:
    """The query's parameters by name, the last value of each that is repeated."""
    return {name: values[-1] for name, values in request.args.lists()}


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`body` as JSON, its keys in the order given."""
    return Response(orjson.dumps(body), status, headers, content_type=_JSON)


def conditional(
    make: Callable[[], Response], *, is_private: bool, max_age: int = 0, varies_by: tuple[str, ...] = ()
) -> Response:
    """The answer of `make`, or 304 when the caller holds it already.

    An answer stays the same while nobody writes, for viewers who see the same: the journal's last number, the viewer's
    principals and the address make its tag, with the request's headers that are named in `varies_by`.
    """
    seen = "\n".join(
        (
            str(last_seq()),
            current_viewer().principals,
            base_url(),
            request.full_path,
            request.headers.get("Accept", ""),
            repr(settings()),
            *(request.headers.get(name, "") for name in varies_by),
        )
    )
    tag = hashlib.sha256(seen.encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = make()
    response.set_etag(tag, weak=True)
    response.cache_control.max_age = max_age
    response.cache_control.private = True if is_private else None
    response.vary.update(("Authorization", "X-API-Key", *varies_by))
    return response


class Readers:
    """The places for readers of whole lists in one process; whoever finds none is asked to come back."""

    def __init__(self, places: int) -> None:
        self._places = BoundedSemaphore(places)

    def admit(self) -> Callable[[], None]:
        """Take a place and return what gives it back; Busy when all places are taken."""
        if not self._places.acquire(blocking=False):
            raise Busy(
                "Too many readers of whole lists at the moment. Please ask for pages, or try again later.",
                retry_after=5,
            )
        return self._places.release


class _Body:
    """The chunks of a streamed answer; the server closes it at the end, also when the reader is gone or never began."""

    def __init__(self, chunks: Iterator[bytes], release: Callable[[], None]) -> None:
        self._chunks, self._release = chunks, release

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def close(self) -> None:
        """Give the reader's place back, once."""
        release, self._release = self._release, lambda: None
        release()


def stream(batches: Iterator[bytes], *, opening: bytes, closing: bytes) -> Response:
    """A JSON list that is sent while it is read: `opening`, the batches separated by commas, `closing`.

    Each batch is read in its own short transaction and in its thread's turn, so that a slow reader holds neither; the first
    one at once, so that what is wrong with the database is answered as an error. `batches` must not need the request.
    """
    app: Flask = current_app._get_current_object()  # the rest is read after this request is over
    release = app.extensions["catalog_readers"].admit()
    try:
        first = next(batches, None)
    except BaseException:
        release()
        raise

    def chunks() -> Iterator[bytes]:
        yield opening + (first or b"")
        batch = first
        while batch is not None:
            with turn(app), app.app_context():
                batch = next(batches, None)
            if batch is not None:
                yield b"," + batch
        yield closing

    return Response(_Body(chunks(), release), content_type=_JSON)
