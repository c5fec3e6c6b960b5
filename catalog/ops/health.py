"""Whether the catalog is up, and whether it can serve: for whoever watches over it, without asking who they are."""

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow

from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from catalog import migrating
from catalog.db import db
from catalog.settings import Settings

# Asked often, by machines that may name any host: they take no turn at the database and leave no line in the log.
PATHS = ("/healthz", "/readyz")
# Seconds within which the database has to answer.
_PATIENCE = 2.0

bp = Blueprint("health", __name__)


def register(app: Flask) -> None:
    """Answer `PATHS` on `app`."""
    # One thread asks the database: while it hangs, those who come wait their time and are told so.
    app.extensions["catalog_watch"] = ThreadPoolExecutor(1, thread_name_prefix="catalog-readiness")
    app.register_blueprint(bp)


@bp.get("/healthz")
def live() -> Response:
    """That the process answers."""
    return _said({"status": "ok"}, 200)


@bp.get("/readyz")
def ready() -> Response:
    """That the database answers and has the newest schema; else which of them is missing."""
    missing = _missing()
    if missing is None:
        return _said({"status": "ok"}, 200)
    return _said({"status": "unready", "missing": missing}, 503)


def _missing() -> str | None:
    """What keeps the catalog from serving: `database` or `migrations`; None when nothing does."""
    settings: Settings = current_app.extensions["catalog_settings"]
    file = settings.database_file
    if file is not None and not file.exists():  # asking SQLite would make it
        return "database"
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    asked: Future[str | None] = current_app.extensions["catalog_watch"].submit(_revision, app)
    try:
        revision = asked.result(_PATIENCE)
    except (TooSlow, SQLAlchemyError):
        asked.cancel()
        return "database"
    return None if revision == migrating.newest_revision() else "migrations"


def _revision(app: Flask) -> str | None:
    with app.app_context():
        return migrating.revision_of(db.session.connection())


def _said(body: dict[str, str], status: int) -> Response:
    response = jsonify(body)
    response.status_code = status
    response.cache_control.no_store = True
    return response
