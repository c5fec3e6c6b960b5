"""The lines of a file, plain or gzip."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.harvest.parsing import LINE_LIMIT

_GZIP = b"\x1f\x8b"


class Unreadable(Exception):
    """The file is damaged, or gone; `line` is the number of the one that could not be read."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


@contextmanager
def opened(
    path: Path | None, standard_input: io.BufferedReader
) -> Iterator[tuple[Iterator[bytes], Callable[[], int], int | None]]:
    """The lines of a file or of standard input; how many bytes are read; of how many, where that is known.

    Reading them raises Unreadable where that is not possible.
    """
    if path is None:
        yield _lines(_unpacked(standard_input)), lambda: 0, None
        return
    with path.open("rb") as raw:
        yield _lines(_unpacked(raw)), raw.tell, path.stat().st_size if path.is_file() else None


def _unpacked(raw: io.BufferedReader) -> io.BufferedReader | gzip.GzipFile:
    return gzip.open(raw) if raw.peek(2)[:2] == _GZIP else raw


def _lines(file: io.BufferedReader | gzip.GzipFile) -> Iterator[bytes]:
    """The lines, each cut a little beyond what a record may have, so that none fills the memory."""
    number = 1
    try:
        while line := file.readline(LINE_LIMIT + 2):
            if len(line) > LINE_LIMIT and not line.endswith(b"\n"):
                while (rest := file.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                    pass
            yield line
            number += 1
    except (OSError, EOFError, zlib.error) as fault:
        raise Unreadable(str(fault), number) from fault
