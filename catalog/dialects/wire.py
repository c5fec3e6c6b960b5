"""What the three dialects do alike on the wire: who comes in, JSON out, whole lists streamed, nothing sent twice."""

from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from threading import BoundedSemaphore
from typing import Any

import orjson
from flask import Flask, Response, current_app, g, request
from werkzeug.sansio.utils import get_current_url

from catalog.access import VISITOR, Viewer
from catalog.db import turn_of_batches
from catalog.errors import Busy, CatalogError, NotSignedIn, TooMany, WrongMethod
from catalog.headers import is_gzip_taken, vary_by
from catalog.identity import Door, current_viewer, recognise
from catalog.keeping import Kept, key_of, may_keep, response_of, shelf
from catalog.listing.generations import present_generations
from catalog.ops.limits import spend
from catalog.ops.packing import SMALLEST, pack_chunks
from catalog.settings import Settings

_JSON = "application/json"
# Bytes of a streamed answer that are handed to the server at a time: granian keeps about five such pieces waiting.
_PIECE = 65_536


def settings() -> Settings:
    """The settings of the running catalog."""
    return current_app.extensions["catalog_settings"]


def base_url() -> str:
    """The address under which this reader reaches the catalog, without a slash at its end."""
    return (settings().public_url or _root(request.scheme, request.host, request.root_path)).rstrip("/")


@lru_cache
def _root(scheme: str, host: str, root_path: str) -> str:
    return get_current_url(scheme, host, root_path)


def through(door: Door, dialect: str) -> Callable[[Callable], Callable]:
    """A view that first recognises its viewer at `door` and spends one request of theirs in `dialect`.

    Who comes with a credential that is refused spends one of their address.
    """

    def wrap(view: Callable) -> Callable:
        @wraps(view)
        def seen(*args: Any, **kwargs: Any) -> Any:
            g.dialect = dialect
            _spend(dialect, _recognised(dialect, door))
            return view(*args, **kwargs)

        return seen

    return wrap


def _recognised(dialect: str, door: Door) -> Viewer:
    try:
        return recognise(door)
    except NotSignedIn:
        spend_by_address(dialect)
        raise


def spend_by_address(dialect: str) -> None:
    """Count one request in `dialect` of whoever sent this one, whatever they bear; TooMany where none is left."""
    _spend(dialect, VISITOR)


def _spend(dialect: str, viewer: Viewer) -> None:
    spend(current_app.extensions["catalog_limits"], dialect, viewer, request.remote_addr or "", settings())


def last_values() -> dict[str, str]:
    """The query's parameters by name, the last value of each that is repeated."""
    return {name: values[-1] for name, values in request.args.lists()}


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`body` as JSON, its keys in the order given."""
    return Response(orjson.dumps(body), status, headers, content_type=_JSON)


def whole(number: int) -> int | orjson.Fragment:
    """`number` as JSON, also beyond the 64 bits that the writer takes by itself."""
    return number if abs(number) < 2**63 else orjson.Fragment(str(number))


def refusal_headers(error: CatalogError) -> dict[str, str]:
    """The headers of a refusal in every dialect: nobody keeps it; how to sign in, what to send, when to come back."""
    headers = {"Cache-Control": "private, no-store"}
    match error:
        case NotSignedIn():
            headers["WWW-Authenticate"] = "Bearer"
        case WrongMethod():
            headers["Allow"] = ", ".join(error.allowed)
        case TooMany() | Busy():
            headers["Retry-After"] = str(error.retry_after)
    return headers


def conditional(
    make: Callable[[], Response],
    *,
    is_private: bool,
    max_age: int = 0,
    varies_by: tuple[str, ...] = (),
    about: object = "",
    viewer: Viewer | None = None,
    is_kept: bool = False,
    is_of_what_reaches: bool = False,
) -> Response:
    """The answer of `make`, or 304 when the caller holds it already; where it `is_kept`, made once for all.

    An answer stays the same for viewers who see the same, while no change touches them: the last change that did, their
    principals and the address make its tag, with the request's headers that are named in `varies_by`, and with `about`:
    what was read out of the address, where the same words mean something else tomorrow. `viewer` is whoever may see
    it, where that is not whoever sent the request. Of an answer that `is_of_what_reaches` the viewer, and of nothing
    that is open to others alone, changes of the rest make no other one.
    """
    viewer = viewer or current_viewer()
    generations = present_generations(viewer)
    tag = key_of(
        generations.reaching if is_of_what_reaches else generations.seen,
        viewer.principals,
        base_url(),
        request.full_path,
        request.headers.get("Accept", ""),
        current_app.extensions["catalog_settings_text"],
        *(request.headers.get(name, "") for name in varies_by),
        about,
    )
    # `*` is held by everybody, also by those to whom the answer would be a refusal: it is made anew for them.
    is_held = not request.if_none_match.star_tag and request.if_none_match.contains_weak(tag)
    answered = _not_again if is_held else make
    response = _kept(key_of(tag, generations.counted), make) if is_kept and not is_held else answered()
    if may_keep():
        response.set_etag(tag, weak=True)
    response.cache_control.private = True if is_private else None
    response.cache_control.max_age = max_age
    vary_by(response, "Authorization", "X-API-Key", *varies_by)
    return response


def _not_again() -> Response:
    return Response(status=304, content_type=_JSON)


def _kept(key: str, make: Callable[[], Response]) -> Response:
    """The answer that is kept by `key`, else that of `make`; one that is sent while it is read is never kept."""
    if held := shelf().find(key):
        return response_of(held)
    response = make()
    if response.is_sequence and response.status_code == 200 and may_keep():
        headers = tuple((name, value) for name, value in response.headers if not name.startswith("Content-"))
        shelf().keep(key, Kept((response.get_data(),), response.content_type, headers))
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
        release, self._release = self._release, _nothing
        release()

    __del__ = close  # for callers inside this process, such as tests, who drop an answer without closing it


def _nothing() -> None:
    """The place was given back already."""


def stream(batches: Iterator[bytes], *, opening: bytes, closing: bytes) -> Response:
    """A JSON list that is sent while it is read: `opening`, the batches separated by commas, `closing`.

    Each batch is read in its own short transaction and in its thread's turn, so that a slow reader holds neither; the
    first one at once, so that what is wrong with the database is answered as an error. `batches` must not need the
    request.
    """
    app: Flask = current_app._get_current_object()  # the rest is read after this request is over
    release = app.extensions["catalog_readers"].admit()
    try:
        first = next(batches, None)
    except BaseException:
        release()
        raise
    chunks = _chunks(app, first, batches, opening, closing)
    is_packed = first is not None and len(first) >= SMALLEST and is_gzip_taken(request)
    response = Response(_Body(pack_chunks(chunks) if is_packed else chunks, release), content_type=_JSON)
    if is_packed:
        response.content_encoding = "gzip"
    return response


def _chunks(
    app: Flask, first: bytes | None, batches: Iterator[bytes], opening: bytes, closing: bytes
) -> Iterator[bytes]:
    yield opening
    batch, first = first, None  # a slow reader keeps one batch waiting, not two
    while batch is not None:
        yield from (batch[at : at + _PIECE] for at in range(0, len(batch), _PIECE))
        batch = None
        try:
            with turn_of_batches(app), app.app_context():
                batch = next(batches, None)
        except Exception:
            app.logger.exception("a list broke off while it was sent")  # its reader sees that the end is missing
            raise
        if batch is not None:
            yield b","
    yield closing
