"""The datasets that one import has met, of which there may be millions."""

from collections import defaultdict
from collections.abc import Iterable

# So many ids lie in one piece, a bit each.
_PIECE = 2**16


class Met:
    """A set of ids, whole numbers from 0 on, in a few bits each.

    A set of Python would take a hundred bytes, and by an object here and there keep the memory of all that records are
    read into.
    """

    def __init__(self) -> None:
        self._pieces: defaultdict[int, bytearray] = defaultdict(lambda: bytearray(_PIECE // 8))

    def add(self, id_: int) -> None:
        """Put an id in."""
        piece, at = divmod(id_, _PIECE)
        self._pieces[piece][at >> 3] |= 1 << (at & 7)

    def update(self, ids: Iterable[int]) -> None:
        """Put several in."""
        for id_ in ids:
            self.add(id_)

    def __contains__(self, id_: int) -> bool:
        piece, at = divmod(id_, _PIECE)
        return piece in self._pieces and bool(self._pieces[piece][at >> 3] & 1 << (at & 7))
