"""Logs without secrets: a line a request, and a filter over everything that is logged, as text or as JSON."""

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from flask import Flask, Response, g, has_request_context, request

from catalog.ops.health import PATHS
from catalog.settings import Settings

_SECRET_PARAMETER = re.compile(r"(?i)(token|x-api-key|api_?key|signature|password|secret)(=|%(?:25)*3D)[^&\s\"'<>]*")
_SECRET_HEADER = re.compile(r"(?i)\b(authorization|x-api-key|cookie)(['\"]?\s*[:=]\s*)(?!\[redacted\])[^\r\n,}]+")
# A row that PostgreSQL could not take, which it quotes.
_SECRET_ROW = re.compile(r"(?m)^(DETAIL:\s+(?:Failing row contains|Key) ).*")
_HASH = re.compile(r"\$argon2[a-z]*\$[^\s'\")]+")
_OUR_TOKEN = re.compile(r"catalog_[A-Za-z0-9]{20,}")
# An API key, or the seal of a download, which leads to the data whoever holds it.
_SECRET_IN_PATH = re.compile(r"(/(?:auth/apikeys?|downloads)/)[^?\s\"']+")

_REQUESTS = "catalog.requests"


def redacted(text: str) -> str:
    """`text` with every secret that may stand in an address, a header or a row of the database replaced."""
    text = _SECRET_PARAMETER.sub(r"\1\2[redacted]", text)
    text = _SECRET_HEADER.sub(r"\1\2[redacted]", text)
    text = _SECRET_IN_PATH.sub(r"\1[redacted]", text)
    text = _SECRET_ROW.sub(r"\1[redacted]", text)
    text = _HASH.sub("[redacted]", text)
    return _OUR_TOKEN.sub("[redacted]", text)


class Redaction(logging.Formatter):
    """Lines with time, level, the request's name and message, secrets and line breaks of strangers removed."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record, its traceback included."""
        record.request_id = g.get("request_id", "-") if has_request_context() else "-"
        line = super().format(record)
        return line if _is_of_request(record) else redacted(line)


class JsonLines(Redaction):
    """The same as one JSON object a line, with what is known of the request."""

    def format(self, record: logging.LogRecord) -> str:
        """The object of one record; its traceback is one text in it."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if _is_of_request(record) else redacted(record.getMessage()),
            **_of_request(),
            **getattr(record, "outcome", {}),
        }
        # Redacted before it is written as JSON, whose quotation marks a secret's end may be.
        if record.exc_info:
            said["traceback"] = redacted(self.formatException(record.exc_info))
        if record.stack_info:
            said["stack"] = redacted(record.stack_info)
        return json.dumps(said)


def set_up(app: Flask, settings: Settings) -> None:
    """Log to standard error at the level set, and each request of `app` in a line."""
    root = logging.getLogger()
    ours = [handler for handler in root.handlers if isinstance(handler.formatter, Redaction)]
    if not ours:
        ours = [logging.StreamHandler(sys.stderr)]
        root.addHandler(ours[0])
    ours[0].setFormatter(_formatter(settings.log_format))
    root.setLevel(settings.log_level.upper())
    logging.getLogger("alembic").setLevel(logging.WARNING)
    requests = logging.getLogger(_REQUESTS)

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def log(response: Response) -> Response:
        level = logging.DEBUG if request.path in PATHS else logging.INFO
        if requests.isEnabledFor(level):
            spent = (time.perf_counter() - g.begun) * 1000 if "begun" in g else 0.0
            said = (request.method, _address(), response.status_code, spent)
            outcome = {"status": response.status_code, "ms": round(spent, 1)}
            requests.log(level, "%s %s %s %.0f ms", *said, extra={"outcome": outcome})
        return response


def _formatter(kind: str) -> Redaction:
    is_json = kind == "json" or (kind == "auto" and not sys.stderr.isatty())
    return JsonLines() if is_json else Redaction()


def _is_of_request(record: logging.LogRecord) -> bool:
    """Whether it is the line of a request, whose address was redacted by itself, where its end was known."""
    return record.name == _REQUESTS


def _of_request() -> dict[str, Any]:
    """What is known of the present request; of its viewer the ids alone."""
    if not has_request_context():
        return {}
    viewer = g.get("viewer")
    known = {
        "request_id": g.get("request_id"),
        "method": request.method,
        "path": _address(),
        "user": viewer.user_id if viewer else None,
        "token": viewer.token_id if viewer else None,
        "dialect": g.get("dialect"),
    }
    return {key: value for key, value in known.items() if value is not None}


def _address() -> str:
    return _legible(request.full_path.rstrip("?"))


def _legible(address: str) -> str:
    """`address` on one line, decoded as often as it was encoded, so that no spelling of a secret's name passes."""
    for _ in range(3):
        address = unquote(address)
    return redacted(address).encode("unicode_escape").decode()
