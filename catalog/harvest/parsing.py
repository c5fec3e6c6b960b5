"""Lines parsed into JSON objects; what JSON can write is kept, even where our numbers and texts cannot hold it."""

import hashlib
import json
from math import isfinite
from typing import Any

import orjson

LINE_LIMIT = 4_000_000
# orjson writes values up to 254 levels deep, and the journal holds them a few levels deeper than records do.
_ROOM = 4
_INTEGERS = range(-(2**63), 2**64)


class Refused(ValueError):
    """The record cannot be kept; the text says why, `name` what the record is called where that is known."""

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason)
        self.name = name


def parse(line: bytes) -> tuple[dict[str, Any], list[str]]:
    """The object that `line` writes, and remarks on what was replaced in it; Refused when it is none."""
    line = line.strip()
    if len(line) > LINE_LIMIT:
        raise Refused(f"the record is longer than {LINE_LIMIT:,} bytes")
    try:
        given, remarks = orjson.loads(line), []
    except orjson.JSONDecodeError as fault:
        given, remarks = _parse_leniently(line, fault)
    if not isinstance(given, dict):
        raise Refused("not a JSON object")
    return given, remarks


def fingerprint(given: dict[str, Any]) -> bytes:
    """SHA-256 of all that `given` says, in whatever order; Refused when it is nested too deeply to be stored."""
    value: Any = given
    for _ in range(_ROOM):
        value = [value]
    try:
        return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).digest()
    except orjson.JSONEncodeError:
        raise Refused("nested too deeply") from None


def _parse_leniently(line: bytes, fault: orjson.JSONDecodeError) -> tuple[Any, list[str]]:
    """What orjson refuses and JSON allows: numbers beyond every range, halves of characters; and a byte order mark."""
    remarks: list[str] = []

    def number(written: str) -> int | float | str:
        if len(written) <= 20 and written.lstrip("-").isdecimal() and int(written) in _INTEGERS:
            return int(written)
        if isfinite(value := float(written)):
            return value
        remarks.append(f"the number {written[:20]} is beyond every range; kept as a text")
        return written

    def constant(written: str) -> None:
        raise ValueError(written)

    def whole(value: Any) -> Any:
        if isinstance(value, str):
            mended = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            if mended != value:
                remarks.append("half a character was replaced by \ufffd")
            return mended
        if isinstance(value, list):
            return [whole(item) for item in value]
        if isinstance(value, dict):
            return {whole(key): whole(item) for key, item in value.items()}
        return value

    try:
        parsed = json.loads(line.decode("utf-8-sig"), parse_int=number, parse_float=number, parse_constant=constant)
        return whole(parsed), remarks
    except RecursionError:
        raise Refused("nested too deeply") from None
    except ValueError:
        raise Refused(f"not JSON: {fault.msg}, at column {fault.colno}") from None
