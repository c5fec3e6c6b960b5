"""Headers that nearly every request and answer bears, read and written once for all that are alike."""

from functools import lru_cache

from flask import Request, Response
from werkzeug.datastructures import Accept, MIMEAccept
from werkzeug.http import parse_accept_header, parse_set_header

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
# Browsers and clients send a few dozen different ones; whoever sends long ones of their own takes little memory.
_MANY = 100


def vary_by(response: Response, *names: str) -> None:
    """Name the headers of a request by which `response` differs, beside those that are named already."""
    response.headers["Vary"] = _named_too(response.headers.get("Vary", ""), names)


def is_html_named(request: Request) -> bool:
    """Whether the caller names HTML among what it accepts; `*/*` names nothing."""
    return _names_html(request.headers.get("Accept", ""))


def is_gzip_taken(request: Request) -> bool:
    """Whether the caller can unpack gzip."""
    return _takes_gzip(request.headers.get("Accept-Encoding", ""))


@lru_cache(_MANY)
def _named_too(before: str, names: tuple[str, ...]) -> str:
    named = parse_set_header(before)
    named.update(names)
    return named.to_header()


@lru_cache(_MANY)
def _names_html(accepted: str) -> bool:
    read = parse_accept_header(accepted, MIMEAccept)
    return not _PAGES.isdisjoint(kind.partition(";")[0].strip().lower() for kind, quality in read if quality > 0)


@lru_cache(_MANY)
def _takes_gzip(accepted: str) -> bool:
    return parse_accept_header(accepted, Accept).quality("gzip") > 0
