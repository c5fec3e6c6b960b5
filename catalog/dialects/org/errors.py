"""Refusals as the org dialect words them: a code, a sentence, a type, and each fault of a request that is wrong."""

from typing import Any

from flask import Response

from catalog.dialects.wire import answer, refusal_headers
from catalog.errors import (
    Busy,
    CatalogError,
    Fault,
    Gone,
    Invalid,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Taken,
    TooLarge,
    TooMany,
    WrongMethod,
)
from catalog.headers import vary_by

# Status and type; an error's own class comes before those above it.
_ENVELOPES: dict[type[CatalogError], tuple[int, str]] = {
    Invalid: (400, "app_error"),
    NotSignedIn: (401, "authentication_error"),
    NotPermitted: (403, "authorization_error"),
    NotFound: (404, "not_found_error"),
    Gone: (410, "not_found_error"),
    WrongMethod: (405, "app_error"),
    Taken: (409, "already_exists_error"),
    TooLarge: (413, "app_error"),
    TooMany: (429, "rate_limit_error"),
    Busy: (503, "app_error"),
    CatalogError: (500, "app_error"),
}
_FAULTY = (422, "validation_error")


def statuses_of(kind: type[CatalogError]) -> tuple[int, ...]:
    """The statuses that a refusal of that kind can have: values at fault go before what is wrong as a whole."""
    status, _ = _envelope(kind)
    return (status, _FAULTY[0]) if issubclass(kind, Invalid) else (status,)


def refuse(error: CatalogError) -> Response:
    """`error` in the envelope of the dialect: `{"code", "detail", "type"}`, and `errors` where values are at fault."""
    faults = error.faults if isinstance(error, Invalid) else ()
    status, type_ = _FAULTY if faults else _envelope(type(error))
    body: dict[str, Any] = {"code": status, "detail": _detail(error, faults), "type": type_}
    if faults:
        body["errors"] = [{"loc": list(fault.loc), "msg": fault.message, "type": fault.kind} for fault in faults]
    response = answer(body, status, refusal_headers(error))
    vary_by(response, "Authorization", "X-API-Key")
    return response


def _envelope(kind: type[CatalogError]) -> tuple[int, str]:
    return next(_ENVELOPES[one] for one in kind.__mro__ if one in _ENVELOPES)


def _detail(error: CatalogError, faults: tuple[Fault, ...]) -> str:
    """One sentence, because the client shows it as it is."""
    if isinstance(error, NotSignedIn):
        return "Authentication failed"
    return "; ".join(f"{fault.loc[-1]}: {fault.message}" for fault in faults) or error.message
