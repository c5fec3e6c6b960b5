"""How the Apify dialect reads the values of a query: its numbers, flags and words, each with what it may be."""

import re
from collections.abc import Mapping
from enum import StrEnum
from math import isfinite
from typing import Annotated, Any, NoReturn, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from catalog.errors import Fault, Invalid

# The dialect's numbers are doubles. Python's own reading of them would take `1_000`, digits of other scripts and `nan`.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WORDS = {"1": True, "true": True, "0": False, "false": False}
# What may be the name of an element: a part of what XML allows.
_ELEMENT = "[A-Za-z_][A-Za-z0-9_.-]{0,99}"


class Params(BaseModel):
    """The parameters of an operation, each as it counts, under the names that it has in addresses."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel)

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> Self:
        """What `given` asks for; Invalid with the values that cannot be used. An empty value is none."""
        names = (field.alias for field in cls.model_fields.values())
        try:
            return cls.model_validate({name: given[name] for name in names if given.get(name, "").strip()})
        except ValidationError as wrong:
            raise Invalid(faults=[_fault(one) for one in wrong.errors()]) from None


def _fault(error: Mapping[str, Any]) -> Fault:
    name, text = error["loc"][0], str(error["input"])[:60]
    return Fault(("query", name), f'"{name}" must be {error["msg"]}, not "{text}".', "value")


def _number(given: str) -> int:
    """A number that is not negative, its fraction cut off."""
    text = given.strip()
    if text.isascii() and text.isdigit():
        return int(text[:400])
    number = float(text) if _NUMBER.fullmatch(text) else -1.0
    if number < 0 or not isfinite(number):
        _refuse("a number from 0 on")
    return int(number)


def _flag(given: str) -> bool:
    text = given.strip().lower()
    if text not in _WORDS:
        _refuse("one of 1, true, 0, false")
    return _WORDS[text]


def _element(given: str) -> str:
    if not re.fullmatch(_ELEMENT, given):
        _refuse("the name of an XML element: a letter, then letters, digits, dots and hyphens")
    return given


def one_of(words: type[StrEnum]) -> tuple[BeforeValidator, WithJsonSchema]:
    """What reads one of `words`, spelled exactly so, and what describes it."""

    def read(given: str) -> StrEnum:
        if given not in list(words):
            _refuse(f"one of {', '.join(words)}")
        return words(given)

    return BeforeValidator(read), WithJsonSchema({"type": "string", "enum": list(words)})


def _refuse(expected: str) -> NoReturn:
    raise PydanticCustomError("value", expected)


Number = Annotated[int, BeforeValidator(_number), WithJsonSchema({"type": "number", "minimum": 0})]
Flag = Annotated[
    bool, BeforeValidator(_flag), WithJsonSchema({"anyOf": [{"type": "boolean"}, {"type": "integer", "enum": [0, 1]}]})
]
Element = Annotated[str, BeforeValidator(_element), WithJsonSchema({"type": "string", "pattern": f"^{_ELEMENT}$"})]
