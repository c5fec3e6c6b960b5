"""Refusals as the Apify dialect words them: a type for programs, a sentence for people."""

from flask import Response, request

from catalog.dialects.wire import answer, refusal_headers, settings
from catalog.errors import (
    Busy,
    CatalogError,
    Invalid,
    NoSuchAddress,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Taken,
    TooLarge,
    TooMany,
    WrongMethod,
)
from catalog.headers import vary_by

# Status, type, and the sentence where the dialect has one of its own; an error's own class comes before those above it.
_ENVELOPES: dict[type[CatalogError], tuple[int, str, str | None]] = {
    Invalid: (400, "invalid-input", None),
    Taken: (400, "name-not-unique", None),
    NotSignedIn: (401, "token-not-valid", "Authentication token is not valid."),
    NotPermitted: (403, "permission-denied", "You do not have permission to perform this action."),
    NoSuchAddress: (
        404,
        "page-not-found",
        "We have bad news: there is no API endpoint at this URL. Did you specify it correctly?",
    ),
    NotFound: (404, "record-not-found", "The requested resource was not found."),
    WrongMethod: (405, "method-not-allowed", None),
    TooLarge: (413, "request-too-large", None),
    TooMany: (429, "rate-limit-exceeded", "You have exceeded the rate limit. Please try again later."),
    Busy: (503, "service-unavailable", None),
    CatalogError: (500, "internal-server-error", None),
}
# The order in which the dialect names methods; HEAD is answered wherever GET is, and never named.
_METHODS = ("OPTIONS", "GET", "POST", "PUT", "PATCH", "DELETE")


def statuses_of(kind: type[CatalogError]) -> tuple[int, ...]:
    """The statuses that a refusal of that kind can have."""
    return (_envelope(kind)[0],)


def refuse(error: CatalogError) -> Response:
    """`error` in the envelope of the dialect: `{"error": {"type", "message"}}`."""
    status, type_, sentence = _envelope(type(error))
    body = {"error": {"type": type_, "message": sentence or _sentence(error)}}
    response = answer(body, status, refusal_headers(error))
    vary_by(response, "Authorization", "X-API-Key")
    return response


def _envelope(kind: type[CatalogError]) -> tuple[int, str, str | None]:
    return next(_ENVELOPES[one] for one in kind.__mro__ if one in _ENVELOPES)


def _sentence(error: CatalogError) -> str:
    match error:
        case Invalid():
            return f"Invalid input: {error.faults[0].message if error.faults else error.message}"
        case WrongMethod():
            methods = ",".join(method for method in _METHODS if method in error.allowed)
            return f"This API end-point can only be accessed using the following HTTP methods: {methods}"
        case TooLarge():
            length = "unknown" if request.content_length is None else f"{request.content_length} bytes"
            limit = settings().body_limit
            return f"The POST payload is too large (limit: {limit} bytes, actual length: {length})."
    return error.message
