"""How processes treat the memory that the C library gives them; nothing where there is another one than GNU's."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import CDLL

# For `mallopt`: how many stretches of memory the threads of a process share. By default each thread keeps one of its
# own, however large it was once.
_ARENA_MAX, _ARENAS = -8, 2
# What takes so many seconds has taken much memory too.
_LONG = 1.0


def share_arenas() -> None:
    """Let the threads of this process share few stretches of memory."""
    with suppress(AttributeError, OSError):
        CDLL(None).mallopt(_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give back to the system what this process has used and needs no more."""
    gc.collect()
    with suppress(AttributeError, OSError):
        CDLL(None).malloc_trim(0)


@contextmanager
def given_back() -> Iterator[None]:
    """A stretch after which memory is given back, if it took long."""
    begun = time.monotonic()
    yield
    if time.monotonic() - begun > _LONG:
        give_back()
