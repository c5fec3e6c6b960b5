"""Whom this process recognised lately, so that who comes again is not looked up in three tables each time."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from catalog.access import Viewer
from catalog.listing.generations import Moved

_MOST = 10_000


@dataclass(frozen=True)
class Known:
    """Who bears a credential, as long as it lasts and nothing touches the account."""

    viewer: Viewer
    expires_at: datetime | None
    row_id: int
    """The token or session that it is."""
    account: Moved = None
    """The last change that touched the account when it was looked up."""

    def lasts_at(self, moment: datetime) -> bool:
        """Whether the credential has not run out by then."""
        return self.expires_at is None or self.expires_at > moment


class Acquaintances:
    """Those of one process, by what they bear: the hash of a token's secret, or the name of a session."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[bytes | str, Known] = OrderedDict()

    def find(self, key: bytes | str) -> Known | None:
        """Who bore that when they were looked up last."""
        with self._lock:
            return self._known.get(key)

    def keep(self, key: bytes | str, known: Known) -> None:
        """Remember whoever bears that; whoever was met longest ago is forgotten first."""
        with self._lock:
            self._known[key] = known
            self._known.move_to_end(key)
            if len(self._known) > _MOST:
                self._known.popitem(last=False)

    def forget(self, key: bytes | str) -> None:
        """Look whoever bears that up again."""
        with self._lock:
            self._known.pop(key, None)

    def clear(self) -> None:
        """Look everybody up again."""
        with self._lock:
            self._known.clear()
