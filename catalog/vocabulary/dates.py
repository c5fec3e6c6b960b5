"""Dates as sources write them: as moments to sort by, and as texts that say no more than is known."""

import re
from datetime import UTC, date, datetime

from catalog.vocabulary.memory import remembering
from catalog.vocabulary.text import tidy

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_WORDS = {
    word: month
    for month, words in enumerate(
        (
            ("jan", "january", "januar", "jänner"),
            ("feb", "february", "februar"),
            ("mar", "march", "märz"),
            ("apr", "april"),
            ("may", "mai"),
            ("jun", "june", "juni"),
            ("jul", "july", "juli"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october", "okt", "oktober"),
            ("nov", "november"),
            ("dec", "december", "dez", "dezember"),
        ),
        start=1,
    )
    for word in words
}

_YEAR = re.compile(r"(\d{4})", re.ASCII)
_YEAR_AND_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?", re.ASCII)
# "Mittwoch, 26. Juni 2013 - 13:25", "9 May 2025", "May 2025", "May 9, 2025": the order of the parts is in no doubt.
_DAY_IN_WORDS = re.compile(
    r"(?:[^\W\d]+\.?,? )?(?P<day>\d{1,2})\.? (?P<month>[^\W\d]+)\.?,? (?P<year>\d{4})"
    r"(?:(?: - |, | )(?P<hour>\d{1,2}):(?P<minute>\d\d)(?: Uhr)?)?"
)
_MONTH_IN_WORDS = re.compile(r"(?P<month>[^\W\d]+)\.?(?: (?P<day>\d{1,2}),)?,? (?P<year>\d{4})")


@remembering(5_000)
def parse_moment(text: str | None) -> datetime | None:
    """The moment that `text` names, aware and in UTC; the earliest one of a day, a month or a year.

    A time without a zone is taken as UTC. None when the text names no moment for certain, or one that no calendar
    here can hold.
    """
    written = tidy(text or "")
    try:
        moment = _from_iso(written) or _from_words(written)
        if moment is None:
            return None
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def as_known(text: str) -> str:
    """`text` as a reader is shown it: "2020", "Jul 2026", "9 May 2025"; words as they were written."""
    written = tidy(text)
    if parse_moment(written) is None:
        return written
    if found := _YEAR_AND_MONTH.fullmatch(written):
        return f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    if found := _ISO_DAY.fullmatch(written):
        return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"
    return written


def _from_iso(written: str) -> datetime | None:
    if found := _YEAR.fullmatch(written):
        return datetime(int(found[1]), 1, 1)
    if found := _YEAR_AND_MONTH.fullmatch(written):
        return datetime(int(found[1]), int(found[2]), 1)
    return datetime.fromisoformat(written) if _ISO_DAY.fullmatch(written) else None


def _from_words(written: str) -> datetime | None:
    found = _DAY_IN_WORDS.fullmatch(written) or _MONTH_IN_WORDS.fullmatch(written)
    if not found or (month := _MONTH_WORDS.get(found["month"].lower())) is None:
        return None
    day = date(int(found["year"]), month, int(found["day"] or 1))
    hour, minute = (found.groupdict().get(part) or 0 for part in ("hour", "minute"))
    return datetime(day.year, day.month, day.day, int(hour), int(minute))
