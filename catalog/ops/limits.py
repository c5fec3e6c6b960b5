"""How often one caller may ask one dialect: a token bucket each, in the memory of this process."""

import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from threading import Lock

from catalog.access import Viewer
from catalog.errors import TooMany
from catalog.settings import Settings
from catalog.vocabulary.networks import network_of

# Callers remembered at a time; whoever was away longest is forgotten first, with a full bucket.
_CALLERS = 20_000


@dataclass
class _Bucket:
    left: float
    at: float


class Limits:
    """The buckets of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def spend(self, dialect: str, caller: str, rate: float, burst: float) -> None:
        """Take one request of `caller`, who may send `rate` a second and those of `burst` seconds at once.

        TooMany when there is none left.
        """
        now, most = time.monotonic(), max(1.0, rate * burst)
        with self._lock:
            bucket = self._buckets.pop((dialect, caller), None) or _Bucket(most, now)
            bucket.left = min(most, bucket.left + (now - bucket.at) * rate)
            bucket.at = now
            self._buckets[(dialect, caller)] = bucket  # last among the remembered
            if len(self._buckets) > _CALLERS:
                del self._buckets[next(iter(self._buckets))]
            if bucket.left < 1:
                raise TooMany(retry_after=max(1, round((1 - bucket.left) / rate + 0.5)))
            bucket.left -= 1


def spend(limits: Limits, dialect: str, viewer: Viewer, address: str, settings: Settings) -> None:
    """Count one request of whoever sent it: by token, else by address; callers on this machine only if set so."""
    if settings.rate_limit <= 0 or (not settings.rate_limit_loopback and is_loopback(address)):
        return
    caller = f"token {viewer.token_id}" if viewer.token_id is not None else f"address {network_of(address)}"
    limits.spend(dialect, caller, settings.rate_limit, settings.rate_limit_burst)


@lru_cache(1_000)
def is_loopback(address: str) -> bool:
    """Whether `address` is this machine's own."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
