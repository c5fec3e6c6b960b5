"""Values of records read as what they should be; what is odd is remarked on."""

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from catalog.vocabulary.dates import parse_moment
from catalog.vocabulary.text import tidy

_STATUSES = ("saved", "pending", "failed")
# The largest number that a database can count to.
MOST = 2**63 - 1


class Remarks:
    """Reads the values of one record, and keeps what is to be said of the odd ones."""

    def __init__(self, said: Iterable[str] = ()) -> None:
        self._said = list(said)

    def add(self, remark: str) -> None:
        """Say `remark` too."""
        self._said.append(remark)

    def all(self) -> tuple[str, ...]:
        """Everything that was remarked, once each."""
        return tuple(dict.fromkeys(self._said))

    def text(self, value: Any, what: str) -> str | None:
        """`value` as text; what is no text is kept as its JSON."""
        if value is None:
            return None
        if not isinstance(value, str):
            self.add(f"{what} is not a text; kept as written")
            value = ", ".join(value) if _is_texts(value) else json.dumps(value, ensure_ascii=False)
        return tidy(value) or None

    def flag(self, value: Any, what: str, default: bool) -> bool:
        """`value` where it is true or false, else `default`."""
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.add(f"{what} is neither true nor false; taken as {str(default).lower()}")
        return default

    def count(self, value: Any, what: str) -> int | None:
        """`value` as a number of things that a database can hold; None for anything else."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        number = _whole_number(value)
        if number is not None and 0 <= number <= MOST:
            return number
        self.add(f"{what} {str(value)[:40]!r} is not a number of things")
        return None

    def measure(self, value: Any, what: str) -> float | None:
        """`value` as a finite number; None for anything else."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            number = float(value) if not isinstance(value, bool) else math.nan
        except (ValueError, TypeError, OverflowError):
            number = math.nan
        if math.isfinite(number):
            return number
        self.add(f"{what} {str(value)[:40]!r} is not a number")
        return None

    def day(self, value: Any, what: str) -> date | None:
        """The day that `value` names, the first one of a month or a year; None for anything else."""
        text = self.text(value, what)
        moment = parse_moment(text)
        if text is not None and moment is None:
            self.add(f"{what} {text[:40]!r} is not a date")
        return moment.date() if moment else None

    def date_text(self, value: Any, what: str) -> str | None:
        """`value` as written, date or not."""
        text = self.text(value, what)
        if text is not None and parse_moment(text) is None:
            self.add(f"{what} {text[:40]!r} is not a date; kept as written")
        return text

    def status(self, value: Any, what: str) -> str:
        """One of the words for how far a thing has come."""
        if value is None or value in _STATUSES:
            return value or "saved"
        self.add(f"{what} status {str(value)[:40]!r} is not one of {', '.join(_STATUSES)}; taken as saved")
        return "saved"

    def object(self, value: Any, what: str) -> dict[str, Any]:
        """`value` where it is an object, else an empty one."""
        if value is None or isinstance(value, dict):
            return value or {}
        self.add(f"{what} is not an object; kept as written")
        return {}


def odd(said: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """What is `said` of `columns` in words that those could not take as they are."""
    return {
        key: said[key]
        for key, value in columns.items()
        if said.get(key) not in (None, "") and str(said[key]).strip().lower() != str(value).lower()
    }


def _whole_number(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal() and len(value) <= 40:
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
