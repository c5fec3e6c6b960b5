"""Passwords hashed and compared by argon2id, at most two at once in a process: each takes much memory."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app

_PLACES = BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """What the store keeps of `password`."""
    with _PLACES:
        return _hasher().hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether `password` is the one behind `password_hash`; without a hash it takes as long, and is not."""
    with _PLACES:
        try:
            return _hasher().verify(password_hash or _some_hash(), password) and password_hash is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


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
