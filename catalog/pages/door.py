"""What every page has: who looks at it, its static files, and headers that let it do no more than it needs."""

import hashlib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, redirect, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from catalog.access import VISITOR, Viewer
from catalog.identity import PAGES, current_viewer, recognise

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_YEAR = 365 * 24 * 3600


def page(view: Callable) -> Callable:
    """A view for a browser: its viewer is recognised first; a closed catalog leads visitors to the sign-in."""

    @wraps(view)
    def seen(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        viewer = recognise(PAGES)
        if not viewer.is_signed_in and not viewer.sees_public:
            return redirect(url_for("session.new", next=request.full_path.rstrip("?")), 303)
        return view(*args, **kwargs)

    return seen


def register(app: Flask) -> None:
    """Give `app` its static files, the names that templates use, and the headers of pages."""
    folder = Path(app.root_path) / "static"
    build = _hash_of(folder)

    @app.get("/static/<build>/<path:path>")
    def static(build: str, path: str) -> Response:
        """A static file; under its present address it never changes."""
        return send_from_directory(folder, path, max_age=_YEAR)

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        if request.endpoint == "static":
            response.cache_control.immutable = True
            response.cache_control.public = True
        if response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = _POLICY
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["X-Frame-Options"] = "DENY"
            response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
            response.cache_control.private = True
            response.cache_control.no_cache = True
            response.vary.update(("Cookie", "Authorization", "X-API-Key"))
        return response

    @app.context_processor
    def names() -> dict[str, Any]:
        return {"account": _account(), "has_public": settings().public_access}

    @app.template_global()
    def static_url(path: str) -> str:
        return url_for("static", build=build, path=path)


def settings():
    """The settings of the running catalog."""
    return current_app.extensions["catalog_settings"]


def page_viewer() -> Viewer:
    """Whoever looks at this page; a visitor where something went wrong before anybody was recognised."""
    return g.get("viewer", VISITOR)


def _account() -> Viewer | None:
    viewer = page_viewer()
    return viewer if viewer.is_signed_in else None


def _hash_of(folder: Path) -> str:
    """A short hash of all static files: it changes with any of them, and is part of their addresses."""
    seen = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        seen.update(str(file.relative_to(folder)).encode())
        seen.update(file.read_bytes())
    return seen.hexdigest()[:12]


__all__ = ["current_viewer", "page", "page_viewer", "register", "settings"]
