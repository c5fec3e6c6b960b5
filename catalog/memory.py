"""How processes treat the memory that the C library gives them; nothing where there is another one than GNU's."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import CDLL

# For `mallopt`: how many stretches of memory the threads of a process share. By default each thread keeps one of its
# own, however large it was once.
_ARENA_MAX, _ARENAS = -8, 2
# Larger pieces are taken from the system one by one and given back at once. By default the bound rises with what was
# freed, and whole lists leave holes that stay.
_MMAP_THRESHOLD, _LARGE = -3, 256 * 1024
# So many objects more before cycles are looked for, in a process that makes many that hold none.
_OBJECTS = 300_000
# What takes so many seconds has taken much memory too.
_LONG = 1.0


def share_arenas() -> None:
    """Let the threads of this process share few stretches of memory."""
    with suppress(AttributeError, OSError):
        for setting in ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _LARGE)):
            CDLL(None).mallopt(*setting)


def give_back() -> None:
    """Give back to the system what this process has used and needs no more."""
    gc.collect()
    with suppress(AttributeError, OSError):
        CDLL(None).malloc_trim(0)


def settle() -> None:
    """Look for cycles no more among all that there is now, which stays; processes that fork from here share it."""
    gc.collect()
    gc.freeze()


@contextmanager
def given_back() -> Iterator[None]:
    """A stretch after which memory is given back, if it took long."""
    begun = time.monotonic()
    yield
    if time.monotonic() - begun > _LONG:
        give_back()


@contextmanager
def rarely_collected() -> Iterator[None]:
    """A stretch of a process that does nothing else in which cycles are rarely looked for.

    Records, rows and documents hold none, and there are a hundred thousand objects of them at once, which would be
    looked through many times: a sixth of the time that it takes to make documents for an index.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_OBJECTS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
