"""Sign-ins that failed, counted by account and address together: from some number on, the next has to wait."""

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
from catalog.vocabulary.networks import network_of

_FORGOTTEN_AFTER = timedelta(days=1)
# Beyond this many doublings every delay is longer than the longest.
_DOUBLINGS = 30


def key_of(name: str, address: str | None) -> bytes:
    """What failures of the account called `name`, folded, from `address` are counted under.

    It goes by the name as it was given: were a handle and an e-mail counted together, a delay would tell that both are
    one account's.
    """
    return sha256(f"{name}\0{network_of(address or '')}".encode(errors="replace")).digest()


def refuse_hasty(key: bytes) -> None:
    """Nothing when a sign-in may be tried now; TooMany, with how long to wait, before its time."""
    _refuse_hasty(db.session.get(Failure, key), now())


def settle(key: bytes, *, is_right: bool) -> None:
    """Count a password that was wrong, or forget those before one that is right.

    TooMany where another failure came in while this password was looked at: of many that are sent at once, no more are
    told right from wrong than of those sent one after another.
    """
    with writing() as at:
        db.session.execute(delete(Failure).where(Failure.last_at <= at - _FORGOTTEN_AFTER))
        held = db.session.get(Failure, key)
        _refuse_hasty(held, at)
        if held is not None and is_right:
            db.session.delete(held)
        elif held is not None:
            held.number, held.last_at = held.number + 1, at
        elif not is_right:
            db.session.add(Failure(key=key, number=1, last_at=at))


def _refuse_hasty(held: Failure | None, at: datetime) -> None:
    if held is None:
        return
    left = (held.last_at + timedelta(seconds=_delay(held.number)) - at).total_seconds()
    if left > 0:
        raise TooMany(retry_after=ceil(left))


def _delay(number: int) -> int:
    """Seconds to wait after so many failures: none at first, then 1, 2, 4 and on, up to the longest."""
    settings = current_app.extensions["catalog_settings"]
    doublings = number - settings.sign_in_attempts - 1
    return 0 if doublings < 0 else min(settings.sign_in_delay, 2 ** min(doublings, _DOUBLINGS))
