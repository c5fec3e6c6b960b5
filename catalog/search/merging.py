"""Whether threads of Tantivy's own merge parts of an index, which Tantivy tells nobody: read off its folder."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_LIST = "meta.json"
# Of fewer parts Tantivy merges none.
_FEWEST = 8
# A part that nothing was written to for so many seconds is of a merge that was broken off.
_OLD = 5.0
# So many seconds after a commit every merge that it gave rise to has begun to write.
_BEGINNING = 0.1


class Merging:
    """What is merged in the folder of an index from now on, by the process that may write to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._since = time.monotonic()
        self._known = {part for part, _ in self._files()}

    def may_begin(self) -> None:
        """Now something was committed, which may be merged."""
        self._since = time.monotonic()

    def goes_on(self) -> bool:
        """Whether a part grows that the index does not hold yet; asked between commits, which make parts too."""
        with suppress(OSError, ValueError):  # the folder was taken away, and no merge of it matters any more
            held = self._held()
            self._known |= held
            return len(held) >= _FEWEST and (self._begins() or self._grows())
        return False

    def _begins(self) -> bool:
        return time.monotonic() - self._since < _BEGINNING

    def _grows(self) -> bool:
        return any(time.time() - changed < _OLD for part, changed in self._files() if part not in self._known)

    def _held(self) -> set[str]:
        segments = json.loads((self._folder / _LIST).read_text())["segments"]
        return {segment["segment_id"].replace("-", "") for segment in segments}

    def _files(self) -> Iterator[tuple[str, float]]:
        """Files of parts: of which part, and when they were written to last."""
        for file in self._folder.glob("*.*"):
            if not file.name.startswith((".", _LIST)):
                with suppress(FileNotFoundError):  # merged meanwhile
                    yield file.name.partition(".")[0], file.stat().st_mtime
