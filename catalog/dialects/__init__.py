"""The catalog as three public APIs speak it; whatever goes wrong is answered in the dialect of the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_cors import CORS
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import RequestRedirect

from catalog.dialects import apify, downloads, gfw, org
from catalog.dialects.front_desk import SHARED, View, open_desk
from catalog.dialects.openapi import open_documents
from catalog.dialects.wire import spend_by_address
from catalog.errors import (
    Broken,
    Busy,
    CatalogError,
    Invalid,
    NoSuchAddress,
    StrangeHost,
    TooLarge,
    TooMany,
    WrongMethod,
)
from catalog.headers import is_html_named, vary_by

Refuse = Callable[[CatalogError], Response]


@dataclass(frozen=True)
class _Speaker:
    """A dialect at the addresses below its prefixes: its key and how it refuses."""

    prefixes: tuple[str, ...]
    key: str
    refuse: Refuse


_SPEAKERS = (
    _Speaker(("/v2",), apify.DIALECT.key, apify.refuse),
    _Speaker(("/api/v1",), org.DIALECT.key, org.refuse),
    _Speaker(gfw.PREFIXES, gfw.DIALECT.key, gfw.refuse),
)


# Where browsers are led too, though a dialect gives the address: those who name HTML are refused by a page.
_SHARED_WITH_PAGES = (_Speaker(("/downloads",), org.DIALECT.key, org.refuse),)


def register(app: Flask, *, datasets_page: View, assets_page: View, refuse_page: Refuse) -> None:
    """Open the three dialects on `app`; they share two addresses with pages, and `refuse_page` refuses the rest."""
    open_desk(app, datasets_page=datasets_page, assets_page=assets_page)
    for blueprint in (*gfw.BLUEPRINTS, apify.bp, org.bp, downloads.bp):
        app.register_blueprint(blueprint)
    open_documents(app, (gfw.DIALECT, apify.DIALECT, org.DIALECT))

    def answer(exception: Exception) -> ResponseReturnValue:
        if isinstance(exception, RequestRedirect):
            return exception.get_response(request.environ)
        return _refuse_for(request.path, refuse_page)(_counted(translated(exception)))

    app.register_error_handler(Exception, answer)
    _open_to_other_sites(app)


def _open_to_other_sites(app: Flask) -> None:
    """Let scripts of any site read what the dialects answer, never by their reader's cookie. Pages stay closed."""

    @app.after_request  # runs after the one that CORS adds
    def close_pages(response: Response) -> Response:
        if request.path in SHARED:
            vary_by(response, "Accept")  # refusals differ by it too
        if request.path in SHARED and is_html_named(request):
            del response.headers["Access-Control-Allow-Origin"]
        return response

    named = "X-Request-Id"
    counts = [f"X-Apify-Pagination-{word}" for word in ("Count", "Desc", "Limit", "Offset", "Total")]
    resources = {
        r"/v2(/|$)": {"expose_headers": [*counts, named]},
        r"/api/v1(/|$)": {"expose_headers": [named]},
        r"/(datasets|assets)/?$": {"expose_headers": [named]},
        rf"({'|'.join(gfw.PREFIXES)}|/openapi)(/|$)": {"expose_headers": [named]},
    }
    always = {"origins": "*", "send_wildcard": True, "always_send": False, "max_age": 600}
    CORS(app, resources=resources, **always, intercept_exceptions=False)


def translated(exception: Exception) -> CatalogError:
    """`exception` in our own words; what we have no word for is logged and is Broken."""
    match exception:
        case CatalogError():
            return exception
        case SecurityError():
            return StrangeHost()
        case HTTPException(code=404):
            return NoSuchAddress()
        case HTTPException(code=405):
            return WrongMethod(exception.valid_methods or ())
        case HTTPException(code=413):
            return TooLarge()
        case HTTPException(code=code) if code is not None and 400 <= code < 500:
            return Invalid(exception.description)
    current_app.log_exception((type(exception), exception, exception.__traceback__))
    if isinstance(exception, OperationalError) or (
        isinstance(exception, DBAPIError) and exception.connection_invalidated
    ):
        return Busy()
    return Broken()


def _counted(refusal: CatalogError) -> CatalogError:
    """`refusal`, counted where no view of the dialect answers the address; TooMany instead of one too many."""
    speaker = _speaking_at(request.path, _SPEAKERS)
    if speaker is None or request.routing_exception is None:
        return refusal
    try:
        spend_by_address(speaker.key)
    except TooMany as too_many:
        return too_many
    return refusal


def _refuse_for(path: str, refuse_page: Refuse) -> Refuse:
    if speaker := _speaking_at(path, _SPEAKERS):
        return speaker.refuse
    if is_html_named(request):
        return refuse_page
    speaker = _speaking_at(path, _SHARED_WITH_PAGES)
    return speaker.refuse if speaker else gfw.refuse


def _speaking_at(path: str, speakers: Sequence[_Speaker]) -> _Speaker | None:
    """The one of `speakers` whose prefix `path` has; None where no prefix fits."""
    for speaker in speakers:
        if any(path == prefix or path.startswith(f"{prefix}/") for prefix in speaker.prefixes):
            return speaker
    return None
