"""Commands that run the catalog and look after it."""

import os
import socket
import sys
from collections.abc import Sequence
from importlib import import_module
from ipaddress import ip_address
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from catalog import migrating
from catalog.access import Viewer
from catalog.cli.base import in_catalog, is_unreachable, read_settings, say, where
from catalog.identity import viewer_of
from catalog.listing import comparing, tallies
from catalog.listing.searching import search_indexes
from catalog.memory import settle, share_arenas
from catalog.search.index import SearchIndex
from catalog.settings import Settings, unknown_variables

_MOST_WORKERS = 4
# Seconds that requests have to end in when the server is told to.
_PATIENCE = 5
_UNCOUNTED = (
    "CATALOG_PUBLIC_URL is https and CATALOG_PROXY_HOPS is 0. Behind a reverse proxy all callers would have one "
    "address, and anybody could make everybody wait: set CATALOG_PROXY_HOPS to the number of proxies in front."
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on.")
@click.option(
    "--workers", type=click.IntRange(1, 256), help=f"Processes. Without it: one a processor, at most {_MOST_WORKERS}."
)
def serve(host: str, port: int, workers: int | None) -> None:
    """Serve the catalog."""
    settings = read_settings()
    for line in _strange_names():
        say(f"Warning: {line}")
    _ready(settings)
    address = _free_address(host, port)
    settings.signing_key()  # made before the workers start, so that all have the same
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import logger

    say(f"Catalog serves on http://{f'[{host}]' if ':' in host else host}:{port} from {where(settings)}")
    if not ip_address(address).is_loopback and not (settings.trusted_hosts or settings.public_url):
        say("Only requests to localhost are answered: name others by CATALOG_PUBLIC_URL or CATALOG_TRUSTED_HOSTS.")
    server = Granian(
        "app:app",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or min(os.cpu_count() or 1, _MOST_WORKERS),
        blocking_threads=settings.threads,
        websockets=False,
        log_level=settings.log_level,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE,
    )
    # So many threads are meant: see docs/decisions/003-turns-at-sqlite.md.
    logger.addFilter(lambda record: "Configuration allows spawning" not in record.getMessage())
    _application()  # before workers are forked: they share what it takes, and answer at once
    settle()
    server.serve(target_loader=_application, wrap_loader=False)


@click.command()
def check() -> None:
    """Say whether everything is in order: settings, instance folder, database, migrations. Exit status 1 when not.

    A note tells what may be meant so.
    """
    settings = read_settings()
    strange = _strange_names()
    findings = [
        (not strange, "settings", "; ".join(strange) or "all known"),
        (*_instance(settings),),
        *_store(settings),
    ]
    for is_well, what, words in findings:
        print(f"{'ok   ' if is_well else 'WRONG'} {what}: {words}")
    if settings.is_https and not settings.proxy_hops:
        print(f"note  proxies: {_UNCOUNTED}")
    if not all(is_well for is_well, _, _ in findings):
        sys.exit(1)


def _application() -> Any:
    """The application, made once: ours, also where the present folder holds another `app.py`."""
    share_arenas()
    return import_module("app").app


def _free_address(host: str, port: int) -> str:
    """The address of `host`; refused where somebody listens: workers share theirs, also with another server's."""
    try:
        family, kind, protocol, _, address = min(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as failed:
        raise click.ClickException(f"Port {port} of {host} cannot be used: {failed.strerror}.") from None
    return address[0]


def _strange_names() -> list[str]:
    return [
        f"{name} is not a setting{f'; did you mean {near}?' if near else ''}"
        for name, near in unknown_variables().items()
    ]


def _instance(settings: Settings) -> tuple[bool, str, str]:
    folder = settings.folder
    if not folder.is_dir():
        return False, "instance folder", f"{folder} does not exist; run: catalog db upgrade"
    is_ours = os.access(folder, os.W_OK | os.X_OK)
    return is_ours, "instance folder", f"{folder}{'' if is_ours else ' cannot be written to'}"


def _store(settings: Settings) -> list[tuple[bool, str, str]]:
    file = settings.database_file
    if file is not None and not file.exists():  # asking SQLite would make it
        return [(False, "database", f"{where(settings)} does not exist; run: catalog db upgrade")]
    present, newest, fault = _revisions()
    if fault:
        return [(False, "database", f"{where(settings)} cannot be used: {fault}")]
    migrations = (
        f"at {present}"
        if present == newest
        else f"at {present or 'nothing'}, newest is {newest}; run: catalog db upgrade"
    )
    findings = [(True, "database", f"{where(settings)} answers"), (present == newest, "migrations", migrations)]
    return [*findings, _totals(), *_indexes()] if present == newest else findings


@in_catalog()
def _totals() -> tuple[bool, str, str]:
    """Whether the totals that the database keeps are what counting gives."""
    wrong = tallies.differences()
    return not wrong, "totals", "; ".join(wrong) or "as counted"


@in_catalog()
def _indexes() -> list[tuple[bool, str, str]]:
    """How far each search index has followed.

    It is wrong where it holds every change and not every row, or shows somebody what access does not.
    """
    viewers = [Viewer(), *map(viewer_of, comparing.some_users())]
    return [_index(held, form.count(), viewers) for form, held in search_indexes().items()]


def _index(held: SearchIndex, number: int, viewers: Sequence[Viewer]) -> tuple[bool, str, str]:
    name, state = f"search index of {held.form.noun}s", held.state()
    if state.folder is None:
        return True, name, "none yet: it is built by the first search, or by: catalog index rebuild"
    if not state.is_fresh:
        return True, name, f"{state.last - state.mark} changes behind: it follows with the next search"
    wrong = f"{state.documents} of {number}" if state.documents != number else comparing.differing(held, viewers)
    if wrong:
        return False, name, f"{wrong}; run: catalog index rebuild"
    return True, name, f"holds every change, {number} {held.form.noun}s, as access has it for {len(viewers)} viewers"


@in_catalog(needs_store=False)
def _revisions() -> tuple[str | None, str, str]:
    try:
        return migrating.present_revision(), migrating.newest_revision(), ""
    except DBAPIError as failed:
        if not is_unreachable(failed):
            raise
        return None, "", " ".join(str(failed.orig).split())


@in_catalog()
def _ready(settings: Settings) -> None:
    """Refuses where the store is not up to date."""
