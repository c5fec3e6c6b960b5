"""What a request may ask of the list of datasets, read by the rules of the Apify dialect."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import NoReturn

from catalog.access import Ownership
from catalog.errors import Fault, Invalid
from catalog.listing.criteria import DatasetCriteria, DatasetSort
from catalog.listing.paging import Order, Window

# The most rows of one answer, and how many there are when the request does not say.
MOST = 1000
# The dialect's numbers are doubles. Python's own reading of them would take `1_000`, digits of other scripts and `nan`.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WORDS = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True, kw_only=True)
class ListParams:
    """The parameters of `GET /v2/datasets`, each as it counts."""

    offset: int
    limit: int
    desc: bool
    unnamed: bool
    ownership: Ownership | None

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "ListParams":
        """What `given` asks for; Invalid with the first value that cannot be used. An empty value is none."""
        return cls(
            offset=_number(given, "offset"),
            limit=min(_number(given, "limit") or MOST, MOST),
            desc=_flag(given, "desc"),
            unnamed=_flag(given, "unnamed"),
            ownership=_ownership(given),
        )

    def criteria(self, *, unnamed_hides_empty: bool) -> DatasetCriteria:
        """Which datasets: those that reach the viewer otherwise than by being open to everybody."""
        return DatasetCriteria(
            ownership=self.ownership,
            only_reaching=True,
            with_unnamed=self.unnamed,
            only_with_items=self.unnamed and unnamed_hides_empty,
        )

    def order(self) -> Order:
        """By age, oldest first unless `desc`."""
        return DatasetSort.CREATED.order(is_descending=self.desc)

    def window(self) -> Window:
        """Which rows."""
        return Window(self.offset, self.limit)


def _number(given: Mapping[str, str], name: str) -> int:
    """A number that is not negative, its fraction cut off; 0 when none is given."""
    text = given.get(name, "").strip()
    if not text:
        return 0
    if text.isascii() and text.isdigit():
        return int(text[:400])
    number = float(text) if _NUMBER.fullmatch(text) else -1.0
    if number < 0 or not isfinite(number):
        _refuse(name, text, "a number from 0 on")
    return int(number)


def _flag(given: Mapping[str, str], name: str) -> bool:
    text = given.get(name, "").strip().lower()
    if text and text not in _WORDS:
        _refuse(name, text, "one of 1, true, 0, false")
    return _WORDS.get(text, False)


def _ownership(given: Mapping[str, str]) -> Ownership | None:
    text = given.get("ownership", "")
    if text and text not in list(Ownership):
        _refuse("ownership", text, f"one of {', '.join(Ownership)}")
    return Ownership(text) if text else None


def _refuse(name: str, text: str, expected: str) -> NoReturn:
    raise Invalid(faults=[Fault(("query", name), f'"{name}" must be {expected}, not "{text[:60]}".', "value")])
