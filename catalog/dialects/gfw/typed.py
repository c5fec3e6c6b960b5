"""What sources said in whatever type, in the type that the GFW dialect writes; null where that cannot be."""

import math
from typing import Any

# From here on a number stands for several whole ones, and soon no reader's integer holds it.
_EXACT = 2**53


def number_of(value: Any) -> float | int | None:
    """A finite number, also one written as text; without a point where it is whole."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def whole_of(value: Any) -> int | None:
    """A whole number; None for a fraction, and for what is too large to be exact."""
    number = number_of(value)
    return number if isinstance(number, int) else None


def text_of(value: Any) -> str | None:
    """A text, or a number as text."""
    if isinstance(value, str):
        return value
    number = number_of(value)
    return None if number is None else str(number)


def texts_of(value: Any) -> list[str] | None:
    """A list of texts, without what is none in it; None for what is no list."""
    if not isinstance(value, list):
        return None
    return [text for one in value if (text := text_of(one)) is not None]


def object_of(value: Any) -> dict[str, Any] | None:
    """An object."""
    return value if isinstance(value, dict) else None
