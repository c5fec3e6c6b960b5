"""The catalog as three public APIs speak it; whatever goes wrong is answered in the dialect of the address."""

from collections.abc import Callable

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException

from catalog.dialects import apify, gfw, org
from catalog.dialects.front_desk import View, front_desk, wants_html
from catalog.errors import Broken, Busy, CatalogError, Invalid, NoSuchAddress, TooLarge, WrongMethod

Refuse = Callable[[CatalogError], Response]

_PREFIXES: tuple[tuple[tuple[str, ...], Refuse], ...] = (
    (("/v2",), apify.refuse),
    (("/api/v1",), org.refuse),
    (("/dataset", "/asset", "/auth", "/ping"), gfw.refuse),
)


def register(app: Flask, *, datasets_page: View, assets_page: View, refuse_page: Refuse) -> None:
    """Open the three dialects on `app`, which share two addresses with pages; what no dialect answers `refuse_page` does."""
    for blueprint in (front_desk(datasets_page, assets_page), gfw.bp, apify.bp, org.bp):
        app.register_blueprint(blueprint)

    def answer(exception: Exception) -> Response:
        return _refuse_for(request.path, refuse_page)(translated(exception))

    app.register_error_handler(Exception, answer)


def translated(exception: Exception) -> CatalogError:
    """`exception` in our own words; what we have no word for is logged and is Broken."""
    match exception:
        case CatalogError():
            return exception
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


def _refuse_for(path: str, refuse_page: Refuse) -> Refuse:
    for prefixes, refuse in _PREFIXES:
        if any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes):
            return refuse
    return refuse_page if wants_html(request) else gfw.refuse
