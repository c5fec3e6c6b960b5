"""A clock for tests, set by hand."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Stands in for `datetime` where the catalog asks for the time."""

    def __init__(self) -> None:
        # Later than anything written before the clock was set, for no write is dated before the one before it.
        self.moment = datetime(2100, 5, 9, 12, tzinfo=UTC)

    def now(self, zone: object) -> datetime:
        """The moment that was set."""
        return self.moment

    def tick(self, **more: float) -> datetime:
        """Move on by `more` of timedelta, a second when nothing is said; the moment now."""
        self.moment += timedelta(**(more or {"seconds": 1}))
        return self.moment
