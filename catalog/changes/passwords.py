"""Passwords hashed and compared by argon2id, at most two at once in a process: each takes much memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from catalog.errors import Busy

_PLACES = BoundedSemaphore(2)
# So many may stand in line; more would hold all threads of the process, and everybody else with them.
_LINE = BoundedSemaphore(8)


def hash_password(password: str) -> str:
    """What the store keeps of `password`."""
    with _in_turn():
        return _hasher().hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether `password` is the one behind `password_hash`; without a hash it takes as long, and is not."""
    with _in_turn():
        try:
            return _hasher().verify(password_hash or _some_hash(), password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


@contextmanager
def _in_turn() -> Iterator[None]:
    if not _LINE.acquire(blocking=False):
        raise Busy("Many people are signing in at the moment. Please try again shortly.", retry_after=2)
    try:
        with _PLACES:
            yield
    finally:
        _LINE.release()


def _hasher() -> PasswordHasher:
    settings = current_app.extensions["catalog_settings"]
    return _hasher_of(settings.password_memory_kib, settings.password_passes)


@cache
def _hasher_of(memory_kib: int, passes: int) -> PasswordHasher:
    return PasswordHasher(memory_cost=memory_kib, time_cost=passes, parallelism=1 if memory_kib < 64 else 4)


def _some_hash() -> str:
    return _hash_of_nobody(_hasher())


@cache
def _hash_of_nobody(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody")
