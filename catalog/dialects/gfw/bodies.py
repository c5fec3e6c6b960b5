"""What is sent to the GFW dialect, read and refused in the original's words."""

from typing import Annotated, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from catalog.errors import Fault, Invalid

_DOMAIN = r"^(\*|(\*\.)?([A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]+(:[0-9]{1,5})?)$"
_EMAIL = r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+$"
_MOST_DOMAINS = 100
Text = Annotated[str, Field(max_length=200)]
# What pydantic 2 calls a fault, as pydantic 1 does: its kind, its words, and what it says beside them.
_WORDS: dict[str, tuple[str, str, tuple[str, str] | None]] = {
    "missing": ("value_error.missing", "field required", None),
    "extra_forbidden": ("value_error.extra", "extra fields not permitted", None),
    "string_type": ("type_error.str", "str type expected", None),
    "list_type": ("type_error.list", "value is not a valid list", None),
    "model_type": ("type_error.dict", "value is not a valid dict", None),
    "string_pattern_mismatch": (
        "value_error.str.regex",
        'string does not match regex "{pattern}"',
        ("pattern", "pattern"),
    ),
    "string_too_long": (
        "value_error.any_str.max_length",
        "ensure this value has at most {max_length} characters",
        ("max_length", "limit_value"),
    ),
    "string_too_short": (
        "value_error.any_str.min_length",
        "ensure this value has at least {min_length} characters",
        ("min_length", "limit_value"),
    ),
    "too_long": (
        "value_error.list.max_items",
        "ensure this value has at most {max_length} items",
        ("max_length", "limit_value"),
    ),
}


class KeyBody(BaseModel):
    """The body of `POST /auth/apikey`; other keys than these are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    alias: Annotated[str, Field(min_length=1, max_length=100)] = Field(description="What its owner calls the key.")
    organization: Text = Field(description="For whom it is.")
    email: Annotated[str, Field(max_length=200, pattern=_EMAIL)] = Field(description="Whom to write to about it.")
    domains: list[Annotated[str, Field(max_length=200, pattern=_DOMAIN)]] = Field(
        max_length=_MOST_DOMAINS,
        description="Hosts of the pages that use it, such as `*.example.org`; none is any.",
    )

    @classmethod
    def parse(cls, sent: bytes) -> Self:
        """What was `sent`; Invalid with everything that is wrong in it."""
        if not sent.strip():
            raise Invalid(faults=[Fault(("body",), "field required", "value_error.missing")])
        try:
            return cls.model_validate(orjson.loads(sent))
        except ValidationError as wrong:
            raise Invalid(faults=[_in_words(fault) for fault in wrong.errors()]) from None
        except orjson.JSONDecodeError as wrong:
            raise Invalid(faults=[Fault(("body", wrong.pos), "JSON decode error", "value_error.jsondecode")]) from None


def read_sign_in(form: dict[str, str]) -> tuple[str, str]:
    """The name and the password of a sign-in; Invalid where one is missing."""
    missing = [name for name in ("username", "password") if not form.get(name)]
    if missing:
        raise Invalid(faults=[Fault(("body", name), "field required", "value_error.missing") for name in missing])
    return form["username"], form["password"]


def _in_words(fault: dict) -> Fault:
    kind, message, limit = _WORDS.get(fault["type"], ("value_error", fault["msg"], None))
    said = fault.get("ctx", {})
    context = {limit[1]: said[limit[0]]} if limit else None
    return Fault(("body", *fault["loc"]), message.format_map(said), kind, context)
