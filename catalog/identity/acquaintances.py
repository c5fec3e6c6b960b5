"""Whom this process recognised lately, so that who comes again is not looked up in three tables each time."""

from dataclasses import dataclass
from datetime import datetime

from catalog.access import Viewer
from catalog.keeping import Memory
from catalog.listing.generations import Moved

# Each with what may be seen put into words, some 12 kB.
_MOST = 2_000


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


Acquaintances = Memory[bytes | str, Known]
"""Those of one process, by what they bear: the hash of a token's secret, or the name of a session."""


def nobody_yet() -> Acquaintances:
    """The acquaintances of a process that begins."""
    return Memory(_MOST)
