"""Sign-ins that failed, counted by account and address, and by address alone: from some number on, the next waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from flask import current_app
from sqlalchemy import delete

from catalog.changes.journal import writing
from catalog.clock import now
from catalog.db import db
from catalog.errors import TooMany
from catalog.model import Failure
from catalog.vocabulary.networks import is_remote, network_of

# Beyond this many doublings every delay is longer than the longest.
_DOUBLINGS = 30


@dataclass(frozen=True)
class Count:
    """What failures are counted under, how many of them cost nothing, and whether a right password forgets them."""

    key: bytes
    free: int
    is_forgiven: bool


def counts_of(name: str, address: str | None) -> list[Count]:
    """Under what a failure of the account called `name`, folded, from `address` is counted.

    It goes by the name as it was given: were a handle and an e-mail counted together, a delay would tell that both are
    one account's. Failures of an address with whatever names are counted too, and no right password forgets those, or
    whoever has an account could go on guessing others'; callers on this machine are not counted so, for behind a proxy
    whose hop is not set everybody is one of them.
    """
    settings, network = current_app.extensions["catalog_settings"], network_of(address or "")
    counts = [Count(_digest(f"{name}\0{network}"), settings.sign_in_attempts, is_forgiven=True)]
    if settings.sign_in_network_attempts and is_remote(address or ""):
        counts.append(Count(_digest(network), settings.sign_in_network_attempts, is_forgiven=False))
    return counts


def refuse_hasty(counts: Sequence[Count]) -> None:
    """Nothing when a sign-in may be tried now; TooMany, with how long to wait, before its time."""
    _refuse_hasty([(count, db.session.get(Failure, count.key)) for count in counts], now())


def settle(counts: Sequence[Count], *, is_right: bool) -> None:
    """Count a password that was wrong, or forget those before one that is right.

    TooMany where another failure came in while this password was looked at: of many that are sent at once, no more are
    told right from wrong than of those sent one after another.
    """
    with writing() as at:
        db.session.execute(delete(Failure).where(Failure.last_at <= at - _memory()))
        before = [(count, db.session.get(Failure, count.key)) for count in counts]
        _refuse_hasty(before, at)
        for count, held in before:
            if not is_right:
                _add(count, held, at)
            elif held is not None and count.is_forgiven:
                db.session.delete(held)


def _add(count: Count, held: Failure | None, at: datetime) -> None:
    if held is None:
        db.session.add(Failure(key=count.key, number=1, last_at=at))
    else:
        held.number, held.last_at = held.number + 1, at


def _refuse_hasty(before: Sequence[tuple[Count, Failure | None]], at: datetime) -> None:
    waits = [held.last_at + timedelta(seconds=_delay(count, held)) - at for count, held in before if held is not None]
    left = max((wait.total_seconds() for wait in waits), default=0)
    if left > 0:
        raise TooMany(ceil(left), "Too many wrong passwords. Please try again later.")


def _delay(count: Count, held: Failure) -> int:
    """Seconds to wait after so many failures: none at first, then 1, 2, 4 and on, up to the longest."""
    doublings = held.number - count.free - 1
    longest = current_app.extensions["catalog_settings"].sign_in_delay
    return 0 if doublings < 0 else min(longest, 2 ** min(doublings, _DOUBLINGS))


def _memory() -> timedelta:
    """For how long a failure is remembered: never less than the longest wait."""
    settings = current_app.extensions["catalog_settings"]
    return max(timedelta(hours=settings.sign_in_memory_hours), timedelta(seconds=settings.sign_in_delay))


def _digest(text: str) -> bytes:
    return sha256(text.encode(errors="replace")).digest()
