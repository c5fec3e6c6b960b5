"""What the forms of several pages share: texts made fit, and a password that has to be the viewer's own."""

from collections.abc import Mapping

from wtforms import Field

from catalog.errors import CatalogError, Invalid, TooMany
from catalog.identity import is_own_password
from catalog.pages.filters import plural
from catalog.vocabulary.text import tidy

Refusal = tuple[int, Mapping[str, str]]
"""The status of a form that is shown again, and headers that go with it."""

WRONG: Refusal = (422, {})


def tidied(given: str | None) -> str:
    """A text as it was typed, made fit to be stored."""
    return tidy(given or "")


def faulty_password(field: Field) -> Refusal | None:
    """None where `field` holds the password of whoever sent this request; else it says why it is refused."""
    try:
        if is_own_password(field.data or ""):
            return None
    except TooMany as error:
        return hasty(field, error)
    field.errors = ["This is not your present password"]
    return WRONG


def hasty(field: Field, error: TooMany) -> Refusal:
    """The refusal of a password that came too soon after too many wrong ones; `field` says when to come back."""
    field.errors = [f"Too many wrong passwords. Try again in {in_words(error.retry_after)}"]
    return 429, {"Retry-After": str(error.retry_after)}


def blame(field: Field, error: CatalogError) -> Refusal:
    """The refusal of what `field` holds, which says what the catalog said of it."""
    faults = error.faults if isinstance(error, Invalid) else ()
    field.errors = [fault.message for fault in faults] or [error.message]
    return WRONG


def in_words(seconds: int) -> str:
    """How long to wait, rounded up: 40 seconds, 15 minutes, 2 hours."""
    if seconds <= 90:
        return plural(seconds, "second")
    minutes = -(-seconds // 60)
    return plural(minutes, "minute") if minutes <= 90 else plural(-(-minutes // 60), "hour")
