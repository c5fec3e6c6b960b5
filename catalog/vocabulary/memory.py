"""Answers that are remembered: what many records say alike is worked out once."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Answer = TypeVar("Answer")

# Longer texts are rarely said twice, and to remember them would take memory.
_SHORT = 500


def remembering(number: int) -> Callable[[Callable[[str | None], Answer]], Callable[[str | None], Answer]]:
    """Make a function of one text remember its last `number` answers to short ones."""

    def wrap(function: Callable[[str | None], Answer]) -> Callable[[str | None], Answer]:
        remembered = lru_cache(number)(function)

        @wraps(function)
        def answer(text: str | None) -> Answer:
            return remembered(text) if text is None or len(text) <= _SHORT else function(text)

        return answer

    return wrap
