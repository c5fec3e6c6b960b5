"""A name for each request, by which a reader can quote it and an operator can find its lines in the log."""

import re
import secrets

from flask import Flask, Response, g, request

from catalog.settings import Settings

HEADER = "X-Request-Id"
_ID = re.compile(r"[0-9a-fA-F]{32}")


def set_up(app: Flask, settings: Settings) -> None:
    """Name each request of `app` in `g.request_id`, and say the name in the answer's header."""

    @app.before_request
    def begin() -> None:
        g.request_id = _given(settings) or secrets.token_hex(16)

    @app.after_request
    def tell(response: Response) -> Response:
        if "request_id" in g:
            response.headers[HEADER] = g.request_id
        return response


def _given(settings: Settings) -> str | None:
    """The name that a proxy gave, in 32 hexadecimal digits; callers without a trusted proxy choose none."""
    given = request.headers.get(HEADER, "")
    return given.lower() if settings.proxy_hops and _ID.fullmatch(given) else None
