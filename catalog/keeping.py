"""Answers made once for all to whom they are the same, and kept in the memory of this process while they are right.

What an answer is kept by has to say everything that it depends on: who may see what, how fresh that is, the address.
"""

import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial, wraps
from threading import Lock
from typing import Generic, TypeVar

from flask import Response, current_app, g, has_request_context

K, V = TypeVar("K"), TypeVar("V")
Rule = Callable[[K], V]
_KEEPS_NOT = "catalog_keeps_not"


def once_for_each(rule: Rule[K, V]) -> Rule[K, V]:
    """`rule`, whose answer is kept with the thing that it was asked about, and made once for each.

    For what takes longer to put into words of the database than to ask it: a viewer is known for many requests.
    """

    @wraps(rule)
    def answered(thing: K) -> V:
        kept, name = vars(thing), f"_{rule.__name__}"
        if name not in kept:
            kept[name] = rule(thing)
        return kept[name]

    return answered


def trimmed(written: bytes) -> bytes:
    """`written` in no more memory than it takes: what orjson wrote is handed over in the room that it wrote in, up to
    ten times as large."""
    return bytes(memoryview(written))


@dataclass
class Kept:
    """One answer: its body in pieces, between which stands what differs from reader to reader; and that body packed.

    Several pieces are of one reader each: there are many like it, and they are kept small.
    """

    pieces: tuple[bytes, ...]
    content_type: str
    headers: tuple[tuple[str, str], ...] = ()
    packed: bytes | None = None
    """Of a body in one piece, once somebody wanted it so."""
    size: int = field(init=False)

    def __post_init__(self) -> None:
        smaller = partial(zlib.compress, level=1) if self.is_of_one_reader else trimmed
        self.pieces = tuple(map(smaller, self.pieces))
        self.size = sum(map(len, self.pieces))

    @property
    def is_of_one_reader(self) -> bool:
        """Whether it is in several pieces."""
        return len(self.pieces) > 1


class Memory(Generic[K, V]):
    """Holds what is found by keys, up to so much; what was asked for longest ago goes first."""

    def __init__(self, most: int, size: Callable[[V], int] = lambda value: 1) -> None:
        self._most, self._size_of = most, size
        self._lock = Lock()
        self._held: OrderedDict[K, V] = OrderedDict()
        self._size = 0

    def find(self, key: K) -> V | None:
        """What is kept by `key`; None where nothing is."""
        with self._lock:
            if (value := self._held.get(key)) is not None:
                self._held.move_to_end(key)
            return value

    def keep(self, key: K, value: V) -> None:
        """Keep `value` in the place of what was kept by `key`, unless it alone would take a quarter of the room."""
        if self._size_of(value) * 4 > self._most:
            return
        with self._lock:
            self._forget(key)
            self._held[key] = value
            self._size += self._size_of(value)
            while self._size > self._most:
                self._forget(next(iter(self._held)))

    def forget(self, key: K) -> None:
        """Keep nothing by `key`."""
        with self._lock:
            self._forget(key)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()
            self._size = 0

    def _forget(self, key: K) -> None:
        if (gone := self._held.pop(key, None)) is not None:
            self._size -= self._size_of(gone)


def room_of(kept: Kept) -> int:
    """The bytes that an answer takes, those of its packed form and of what is around it among them."""
    return kept.size + kept.size // 4 + 1_000


def shelf() -> Memory[str, Kept]:
    """The answers that this process keeps."""
    return current_app.extensions["catalog_shelf"]


def key_of(*parts: object) -> str:
    """One short text for all that an answer depends on."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def keep_not() -> None:
    """What this request is answered may differ in a moment though nothing changes: it is not to be kept."""
    if has_request_context():
        setattr(g, _KEEPS_NOT, True)


def may_keep() -> bool:
    """Whether what this request is answered is right for as long as nothing changes."""
    return not g.get(_KEEPS_NOT, False)


def response_of(kept: Kept, between: str = "") -> Response:
    """The answer as it was made, with what stands `between` its pieces for this reader."""
    pieces = map(zlib.decompress, kept.pieces) if kept.is_of_one_reader else kept.pieces
    response = Response(between.encode().join(pieces), content_type=kept.content_type)
    response.headers.extend(kept.headers)
    if not kept.is_of_one_reader:
        g.catalog_kept = kept
    return response


def packed(plain: bytes, pack: Callable[[bytes], bytes]) -> bytes:
    """`plain` as `pack` packs it; what is kept is packed once."""
    kept: Kept | None = g.pop("catalog_kept", None)
    if kept is None or kept.pieces[0] != plain:
        return pack(plain)
    if kept.packed is None:
        kept.packed = pack(plain)
    return kept.packed
