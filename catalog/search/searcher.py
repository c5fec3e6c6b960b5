"""One state of an index, as it is asked: what damaged files make Tantivy do there is told in one way."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

import tantivy
from tantivy import Document, Query

T = TypeVar("T")
# With what Tantivy begins of files that hold something else than it wrote; its other faults are ours, in what we asked.
_OF_FILES = ("An IO error", "Data corrupted", "Failed to open", "Internal error", "A thread holding the locked")


class DamagedIndex(BaseException):
    """The files of an index hold something else than was written.

    It is no Exception, so that nobody who answers faults answers this one: who asked is answered without the index.
    """


class Searcher:
    """What an index holds at one time. Each method does as that of Tantivy's searcher; DamagedIndex where it breaks."""

    def __init__(self, searcher: tantivy.Searcher, *, is_ahead: bool = False) -> None:
        self.is_ahead = is_ahead
        """Whether it holds changes that the present transaction does not see: what it tells is not to be kept."""
        self._searcher = searcher
        self._found: dict[Hashable, Any] = {}

    def once(self, key: Hashable, find: Callable[[], T]) -> T:
        """What `find` finds out about this state, by a `key` of its own: found once."""
        if key not in self._found:
            self._found[key] = find()
        return self._found[key]

    @property
    def num_docs(self) -> int:
        """How many documents there are."""
        return self._searcher.num_docs

    def search(self, query: Query, limit: int = 10, **more: Any) -> tantivy.SearchResult:
        """The hits of `query`, and how many there are."""
        return _asked(self._searcher.search, query, limit, **more)

    def aggregate(self, query: Query, asked: dict[str, Any]) -> dict[str, Any]:
        """What is counted of the documents that match `query`."""
        return _asked(self._searcher.aggregate, query, asked)

    def doc(self, address: Any) -> Document:
        """What is stored of a document."""
        return _asked(self._searcher.doc, address)

    def doc_freq(self, field: str, value: str) -> int:
        """In how many documents a word stands, those among them that were deleted of late."""
        return _asked(self._searcher.doc_freq, field, value)

    def fast_field_values(self, field: str, addresses: Sequence[Any]) -> list[Any]:
        """The value of a field in each of the documents at `addresses`."""
        return _asked(self._searcher.fast_field_values, field, addresses)

    def numbers(self, field: str, hits: Sequence[tuple[Any, Any]]) -> list[int]:
        """The number that a field has in each of `hits`, which are rows: every one has it."""
        found = self.fast_field_values(field, [address for _, address in hits])
        if None in found:
            raise DamagedIndex(f"a row without {field}")
        return found

    def terms_with_prefix(self, field: str, begun: str, **more: Any) -> list[tuple[str, int]]:
        """The words of a field that begin so, and in how many documents each stands."""
        return _asked(self._searcher.terms_with_prefix, field, begun, **more)


def _asked(ask: Callable[..., Any], *args: Any, **more: Any) -> Any:
    try:
        return ask(*args, **more)
    except (ValueError, OSError) as fault:
        if not str(fault).startswith(_OF_FILES):
            raise
        raise DamagedIndex(str(fault)) from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # Python has no other name for a panic
            raise
        raise DamagedIndex(str(fault)) from fault
