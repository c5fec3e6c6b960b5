"""Refusals as the GFW dialect words them: `status`, `message` and `detail`, the two forms that its clients read."""

from typing import Any

from flask import Response, request

from catalog.dialects.wire import answer, refusal_headers
from catalog.errors import (
    Busy,
    CatalogError,
    Fault,
    Invalid,
    NoSuchAddress,
    NotFound,
    NotPermitted,
    NotServed,
    NotSignedIn,
    Taken,
    TooLarge,
    TooMany,
    WrongMethod,
)

# Status, and the sentence where the dialect has one of its own; an error's own class comes before those above it.
_ANSWERS: dict[type[CatalogError], tuple[int, str | None]] = {
    Invalid: (400, None),
    Taken: (400, None),
    NotSignedIn: (401, None),
    NotPermitted: (401, None),
    NoSuchAddress: (404, "Not Found"),
    NotFound: (404, None),
    WrongMethod: (405, "Method Not Allowed"),
    TooLarge: (413, None),
    TooMany: (429, None),
    NotServed: (501, None),
    Busy: (503, None),
    CatalogError: (500, None),
}
_NOBODY = "Not authenticated"
_WRONG_TOKEN = "Unauthorized access - this operation requires user authentication via a token"


class WrongPassword(NotSignedIn):
    """The name or the password is wrong; which of the two nobody is told."""

    message = "Authentication failed"


class PastTheEnd(Invalid):
    """A page beyond the last one."""

    def __init__(self, number: int, page_count: int) -> None:
        sentence = f"Page number {number} is larger than the total page count: {page_count}"
        fault = Fault(("query", "page[number]"), sentence, "value_error.number.not_le", {"limit_value": page_count})
        super().__init__(sentence, [fault])


def statuses_of(kind: type[CatalogError]) -> tuple[int, ...]:
    """The statuses that a refusal of that kind can have: values at fault go before what is wrong as a whole."""
    status, _ = _answer_to(kind)
    return (status, 422) if issubclass(kind, Invalid) else (status,)


def refuse(error: CatalogError) -> Response:
    """`error` in the envelope of the dialect; several faults of one request all stand in it."""
    status, sentence = _answer_to(type(error))
    message: Any = sentence or _sentence(error)
    headers = refusal_headers(error)
    if status >= 500:
        return answer({"status": "error", "message": message}, status, headers)
    detail = message
    if isinstance(error, Invalid) and error.faults:
        status, detail = 422, [_entry(fault) for fault in error.faults]
        message = error.message if isinstance(error, PastTheEnd) else detail
    return answer({"status": "failed", "message": message, "detail": detail}, status, headers)


def _answer_to(kind: type[CatalogError]) -> tuple[int, str | None]:
    return next(_ANSWERS[one] for one in kind.__mro__ if one in _ANSWERS)


def _sentence(error: CatalogError) -> str:
    if isinstance(error, NotSignedIn) and not isinstance(error, WrongPassword):
        return _WRONG_TOKEN if error.is_given and _is_token_given() else _NOBODY
    return error.message


def _is_token_given() -> bool:
    """Whether what came is a token at all: another scheme than Bearer is none to the original."""
    scheme = request.headers.get("Authorization", "Bearer").split(" ", 1)[0]
    return scheme.lower() == "bearer"


def _entry(fault: Fault) -> dict[str, Any]:
    entry = {"loc": list(fault.loc), "msg": fault.message, "type": fault.kind}
    return entry | ({"ctx": fault.context} if fault.context else {})
