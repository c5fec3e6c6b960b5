"""Our errors as pages: each says what happened and has a way out."""

from flask import Response, make_response, redirect, render_template, request, url_for

from catalog.errors import (
    Broken,
    Busy,
    CatalogError,
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
from catalog.pages.door import page_viewer

_STATUS: tuple[tuple[type[CatalogError], int], ...] = (
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


def refuse(error: CatalogError) -> Response:
    """The page for `error`; a visitor who has to say who they are is led to the sign-in."""
    if (
        isinstance(error, NotSignedIn)
        and not error.is_given
        and request.method == "GET"
        and not page_viewer().is_signed_in
    ):
        return redirect(url_for("session.new", next=request.full_path.rstrip("?")), 303)
    if isinstance(error, StrangeHost):  # no address can be built for a host that is not ours
        return make_response(
            f"<!doctype html><html lang=en><title>Catalog</title><h1>Not here</h1><p>{error.message}", 400
        )
    status = next(code for kind, code in _STATUS if isinstance(error, kind))
    retry_after = error.retry_after if isinstance(error, TooMany | Busy) else None
    response = make_response(render_template("errors/error.html", status=status, retry_after=retry_after), status)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    if isinstance(error, WrongMethod):
        response.headers["Allow"] = ", ".join(error.allowed)
    return response
