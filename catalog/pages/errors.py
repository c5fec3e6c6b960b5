"""Our errors as pages: each says what happened and has a way out."""

from contextlib import suppress

from flask import Response, g, make_response, render_template, request
from markupsafe import escape

from catalog.errors import (
    Broken,
    Busy,
    CatalogError,
    Gone,
    Invalid,
    NotFound,
    NotPermitted,
    NotSignedIn,
    StrangeHost,
    Taken,
    TooLarge,
    TooMany,
    WrongMethod,
)
from catalog.identity import PAGES, recognise
from catalog.pages.door import page_viewer, to_sign_in

_STATUS: tuple[tuple[type[CatalogError], int], ...] = (
    (Gone, 410),
    (NotFound, 404),
    (NotSignedIn, 401),
    (NotPermitted, 403),
    (Invalid, 400),
    (Taken, 409),
    (WrongMethod, 405),
    (TooLarge, 413),
    (TooMany, 429),
    (Busy, 503),
    (Broken, 500),
)

_ELSEWHERE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Not here · Catalog</title></head>
<body><h1>Not here</h1><p>{}</p><p>If you ask for help, quote <code>{}</code></p></body>
</html>
"""


def refuse(error: CatalogError) -> Response:
    """The page for `error`; a visitor who has to say who they are is led to the sign-in."""
    if (
        isinstance(error, NotSignedIn)
        and not error.is_given
        and request.method in ("GET", "HEAD")
        and not page_viewer().is_signed_in
    ):
        return to_sign_in()
    if isinstance(error, StrangeHost):  # no address can be built for a host that is not ours
        return make_response(_ELSEWHERE.format(escape(error.message), g.request_id), 400)
    _recognise_before(error)
    status = next(code for kind, code in _STATUS if isinstance(error, kind))
    retry_after = error.retry_after if isinstance(error, TooMany | Busy) else None
    response = make_response(render_template("errors/error.html", status=status, retry_after=retry_after), status)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    if isinstance(error, WrongMethod):
        response.headers["Allow"] = ", ".join(error.allowed)
    return response


def _recognise_before(error: CatalogError) -> None:
    """Whoever asked, where the request was refused before anybody looked; a wrong credential is a visitor's here."""
    if "viewer" in g or isinstance(error, Busy | Broken):
        return
    with suppress(NotSignedIn):
        recognise(PAGES)
