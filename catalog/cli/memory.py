"""How processes treat the memory that the C library gives them; nothing where there is another one than GNU's."""

import gc
from contextlib import suppress
from ctypes import CDLL

# For `mallopt`: how many stretches of memory the threads of a process share. By default each thread keeps one of its
# own, however large it was once.
_ARENA_MAX, _ARENAS = -8, 2


def share_arenas() -> None:
    """Let the threads of this process share few stretches of memory."""
    with suppress(AttributeError, OSError):
        CDLL(None).mallopt(_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give back to the system what this process has used and needs no more."""
    gc.collect()
    with suppress(AttributeError, OSError):
        CDLL(None).malloc_trim(0)
