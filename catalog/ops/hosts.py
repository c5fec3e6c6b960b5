"""Which host names the catalog answers to: loopback always, the public address, and those that its operator admits."""

from urllib.parse import urlsplit

from flask import Flask, request

from catalog.errors import StrangeHost
from catalog.ops.health import PATHS
from catalog.settings import Settings

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def set_up(app: Flask, settings: Settings) -> None:
    """Refuse requests to `app` that name another host, whatever the port; who watches over it may name any."""
    public = [urlsplit(settings.public_url).netloc] if settings.public_url else []
    admitted = _LOOPBACK | {name_of(host) for host in (*settings.trusted_hosts, *public)}

    @app.before_request
    def admit() -> None:
        if request.path not in PATHS and not is_admitted(name_of(request.host), admitted):
            raise StrangeHost


def is_admitted(name: str, admitted: frozenset[str] | set[str]) -> bool:
    """Whether `name` is one of `admitted`, or under one that begins with a dot."""
    return name in admitted or any(f".{name}".endswith(one) for one in admitted if one.startswith("."))


def name_of(host: str) -> str:
    """The name in a Host header, without port, brackets and last dot, in small letters."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].rstrip(".") if host.count(":") <= 1 else host
