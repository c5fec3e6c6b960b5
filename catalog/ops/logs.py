"""Logs without secrets: one line a request, and a filter over everything that is logged."""

import logging
import re
import sys
import time
from urllib.parse import unquote

from flask import Flask, Response, g, request

from catalog.settings import Settings

_SECRET_PARAMETER = re.compile(r"(?i)(token|x-api-key|api_?key|signature|password|secret)(=|%(?:25)*3D)[^&\s\"'<>]*")
_SECRET_HEADER = re.compile(r"(?i)\b(authorization|x-api-key|cookie)(['\"]?\s*[:=]\s*)[^\r\n,}]+")
_OUR_TOKEN = re.compile(r"catalog_[A-Za-z0-9]{20,}")
_KEY_IN_PATH = re.compile(r"(/auth/apikeys?/)[^?\s\"']+")


def redacted(text: str) -> str:
    """`text` with every secret that may stand in an address or a header replaced."""
    text = _SECRET_PARAMETER.sub(r"\1\2[redacted]", text)
    text = _SECRET_HEADER.sub(r"\1\2[redacted]", text)
    text = _KEY_IN_PATH.sub(r"\1[redacted]", text)
    return _OUR_TOKEN.sub("[redacted]", text)


class Redaction(logging.Formatter):
    """Lines with time, level and message, secrets and line breaks of strangers removed."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record, its traceback included."""
        return redacted(super().format(record))


def set_up(app: Flask, settings: Settings) -> None:
    """Log to standard error at the level set, and each request of `app` in a line."""
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, Redaction) for handler in root.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Redaction("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root.addHandler(handler)
    root.setLevel(settings.log_level.upper())
    logging.getLogger("alembic").setLevel(logging.WARNING)
    requests = logging.getLogger("catalog.requests")

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def log(response: Response) -> Response:
        if requests.isEnabledFor(logging.INFO):
            address = _legible(request.full_path.rstrip("?"))
            spent = (time.perf_counter() - g.begun) * 1000 if "begun" in g else 0.0
            requests.info("%s %s %s %.0f ms", request.method, address, response.status_code, spent)
        return response


def _legible(address: str) -> str:
    """`address` on one line, decoded as often as it was encoded, so that no spelling of a secret's name passes."""
    for _ in range(3):
        address = unquote(address)
    return redacted(address).encode("unicode_escape").decode()
