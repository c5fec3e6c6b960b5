"""What every page has: who looks at it, its static files, and headers that let it do no more than it needs."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from catalog.access import VISITOR, Viewer, may_register
from catalog.clock import now
from catalog.errors import NotSignedIn
from catalog.headers import vary_by
from catalog.identity import FORMS, PAGES, current_viewer, recognise
from catalog.keeping import Kept, key_of, may_keep, response_of, shelf
from catalog.listing.generations import present_generations
from catalog.pages.static import StaticFiles

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def page(view: Callable) -> Callable:
    """A view for a browser: its viewer is recognised first; a closed catalog leads visitors to the sign-in."""

    @wraps(view)
    def seen(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        viewer = recognise(PAGES)
        if not viewer.is_signed_in and not viewer.sees_public:
            return to_sign_in()
        return view(*args, **kwargs)

    return seen


def kept(view: Callable[[], str]) -> Callable[[], ResponseReturnValue]:
    """A page that is made once for all who see the same of it, and again when something changed that they see.

    What differs from session to session, the secret of its forms, is put in anew. To who holds the page it is not sent
    again.
    """

    @wraps(view)
    def seen() -> ResponseReturnValue:
        if "_flashes" in session:
            return view()
        viewer = current_viewer()
        secret = generate_csrf() if viewer.is_signed_in else ""
        generations = present_generations(viewer)
        key = key_of(generations.seen, viewer, request.url_root, request.full_path, now().date())
        tag = key_of(key, session.get("csrf_token"))
        key = key_of(key, generations.counted)
        if request.if_none_match.contains_weak(tag) and not request.if_none_match.star_tag:
            response = Response(status=304, mimetype="text/html")
        elif held := shelf().find(key):
            response = response_of(held, secret)
        else:
            response = make_response(view())
            if may_keep():
                body = response.get_data()
                pieces = tuple(body.split(secret.encode())) if secret else (body,)
                shelf().keep(key, Kept(pieces, response.content_type))
        if may_keep():
            response.set_etag(tag, weak=True)
        return response

    return seen


def personal(view: Callable) -> Callable:
    """A view for the signed-in, to whose sign-in visitors are led; what a form sends counts by its session alone."""

    @wraps(view)
    def seen(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        viewer = recognise(PAGES if request.method in ("GET", "HEAD") else FORMS)
        if not viewer.is_signed_in:
            raise NotSignedIn()
        return view(*args, **kwargs)

    return seen


def to_sign_in() -> ResponseReturnValue:
    """The way to the sign-in, which leads back to where the reader is now."""
    return redirect(sign_in_href(), 303)


def sign_in_href() -> str:
    """The address of the sign-in that leads back to where the reader is now, if that is more than the first page.

    Who has just sent a form is led back to its page, where that has the address that the form was sent to.
    """
    here = request.root_path + request.full_path.rstrip("?")
    is_page = request.method in ("GET", "HEAD") or current_app.create_url_adapter(request).test(method="GET")
    is_way_back = is_page and request.blueprint not in ("home", "session")
    return url_for("session.new", next=here if is_way_back else None)


def register(app: Flask) -> None:
    """Give `app` its static files, the names that templates use, and the headers of pages."""
    files = StaticFiles(Path(app.root_path) / "static")

    @app.get("/static/<build>/<path:path>")
    def static(build: str, path: str) -> Response:
        """A static file; under its present address it never changes."""
        return files.answer(build, path)

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        if response.mimetype == "text/html":
            response.headers.setdefault("Content-Security-Policy", _POLICY)
            response.headers.setdefault("Referrer-Policy", "same-origin")
            response.headers["X-Frame-Options"] = "DENY"
            response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
            response.cache_control.private = True
            response.cache_control.no_cache = True
            vary_by(response, "Cookie", "Authorization", "X-API-Key")
        return response

    @app.context_processor
    def names() -> dict[str, Any]:
        registers = may_register(page_viewer(), settings().register_)
        return {"account": _account(), "is_open": settings().public_access, "may_register": registers}

    app.add_template_global(sign_in_href)

    @app.template_global()
    def static_url(path: str) -> str:
        return url_for("static", build=files.build, path=path)


def settings():
    """The settings of the running catalog."""
    return current_app.extensions["catalog_settings"]


def page_viewer() -> Viewer:
    """Whoever looks at this page; a visitor where something went wrong before anybody was recognised."""
    return g.get("viewer", VISITOR)


def _account() -> Viewer | None:
    viewer = page_viewer()
    return viewer if viewer.is_signed_in else None
