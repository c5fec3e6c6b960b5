"""The front door: wires the parts of the catalog together into one Flask application, and starts the command line."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from catalog import dialects, identity, pages, tally
from catalog.db import connect, turn
from catalog.dialects.wire import Readers
from catalog.errors import NoSuchAddress
from catalog.json import OrJson
from catalog.keeping import Memory, room_of
from catalog.listing import tallies
from catalog.listing.shared_counts import SharedCounts
from catalog.listing.written import Written
from catalog.ops import health, hosts, logs, request_ids
from catalog.ops.bodies import Bodies
from catalog.ops.damage import WithoutDamage
from catalog.ops.limits import Limits
from catalog.ops.packing import pack
from catalog.search.index import set_up_indexes
from catalog.settings import Settings

if TYPE_CHECKING:
    app: Flask

# What is answered without the database needs no turn at it.
_WITHOUT_TURN = ("/static/", "/ping", *health.PATHS)


class Catalog(Flask):
    """Flask, all of whose functions are ordinary ones."""

    def ensure_sync(self, func: Callable) -> Callable:
        """`func` as it is: to look whether each of fifteen is a coroutine takes a twentieth of an answer."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The catalog as an application, set up by `settings` or, without them, by the environment."""
    settings = settings or Settings()
    app = Catalog(__name__, instance_path=str(settings.folder), static_folder=None)
    app.json = OrJson(app)
    app.extensions["catalog_settings"] = settings
    app.extensions["catalog_settings_text"] = repr(settings)
    # Half of it for whole answers, half for the rows that they are made of.
    app.extensions["catalog_shelf"] = Memory(settings.answer_memory // 2, room_of)
    app.extensions["catalog_written"] = Written(settings.answer_memory // 2)
    app.extensions["catalog_shared_counts"] = SharedCounts()
    app.extensions["catalog_reaching"] = tallies.new_memory()
    app.extensions["catalog_readers"] = Readers(settings.stream_readers)
    app.extensions["catalog_limits"] = Limits()
    app.config.update(
        SECRET_KEY=settings.signing_key(),
        MAX_CONTENT_LENGTH=settings.body_limit,
        MAX_FORM_MEMORY_SIZE=settings.body_limit,
    )
    logs.set_up(app, settings)
    request_ids.set_up(app, settings)
    hosts.set_up(app, settings)
    connect(app, settings)
    tally.set_up(app)
    set_up_indexes(app, settings)
    identity.set_up(app, settings)
    _refuse_illegible(app)
    _take_turns(app)
    health.register(app)
    pages.register(app)
    dialects.register(app, datasets_page=pages.datasets_index, assets_page=pages.assets_index, refuse_page=pages.refuse)
    pages.protect(app, "gfw", "gfw_absent", "apify", "org")
    app.after_request(pack)
    app.wsgi_app = Bodies(WithoutDamage(app, app.wsgi_app), settings)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops)
    return app


def main() -> None:
    """The console script `catalog`."""
    from catalog.cli import catalog

    catalog(prog_name="catalog")


def _refuse_illegible(app: Flask) -> None:
    @app.before_request
    def refuse() -> None:
        """No address of ours holds a null character, which PostgreSQL cannot even be asked for."""
        if "\0" in request.path:
            raise NoSuchAddress


def _take_turns(app: Flask) -> None:
    """Requests that read take turns at the database, where it wants that; their bodies are sent outside of the turn."""

    @app.before_request
    def begin() -> None:
        if request.method in ("GET", "HEAD") and not request.path.startswith(_WITHOUT_TURN):
            g.turn = turn(app)
            g.turn.__enter__()

    @app.teardown_request
    def end(exception: BaseException | None) -> None:
        if "turn" in g:
            g.pop("turn").__exit__(None, None, None)


def __getattr__(name: str) -> Any:
    """`app`, made when somebody asks for it: importing this module makes no files and opens no database."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    made = globals()["app"] = create_app()
    tally.start(made)
    return made


if __name__ == "__main__":
    main()
