"""Where a measurement is, said on standard error."""

import sys
import time

_BEGUN = time.monotonic()


def progress(what: str) -> None:
    """Say what is being done now, and after how many seconds."""
    print(f"{time.monotonic() - _BEGUN:7.0f} s  {what}", file=sys.stderr, flush=True)
