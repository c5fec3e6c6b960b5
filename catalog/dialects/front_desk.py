"""`/datasets` and `/assets` belong to two readers: browsers get the page, scripts the GFW dialect."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import quote

from flask import Blueprint, Flask, make_response, redirect, request
from flask.typing import ResponseReturnValue

from catalog.dialects import gfw
from catalog.headers import is_html_named, vary_by

View = Callable[[], ResponseReturnValue]

# The addresses where a page and a dialect meet.
SHARED = ("/datasets", "/assets")

bp = Blueprint("front_desk", __name__)


def open_desk(app: Flask, *, datasets_page: View, assets_page: View) -> None:
    """Answer the two addresses on `app`, by the page for those who name HTML, else as the GFW dialect does."""
    for path, page, dialect in (("datasets", datasets_page, gfw.get_datasets), ("assets", assets_page, gfw.get_assets)):
        app.add_url_rule(f"/{path}", endpoint=f"{path}.index", view_func=_either(page, dialect), methods=["GET"])
    app.register_blueprint(bp)


@bp.get("/datasets.json")
def datasets_json() -> ResponseReturnValue:
    """The list of datasets as JSON, also for a browser."""
    return gfw.get_datasets()


@bp.get("/assets.json")
def assets_json() -> ResponseReturnValue:
    """The list of assets as JSON, also for a browser."""
    return gfw.get_assets()


@bp.get("/datasets/", endpoint="datasets_slash")
@bp.get("/assets/", endpoint="assets_slash")
def without_slash() -> ResponseReturnValue:
    """The address without the slash, its query kept."""
    query = quote(request.query_string, safe="%=&?/:+,;@!$'()*~[]")
    return redirect(request.root_path + request.path.rstrip("/") + (f"?{query}" if query else ""), 307)


def _either(page: View, dialect: View) -> View:
    @wraps(dialect)
    def view() -> ResponseReturnValue:
        response = make_response(page() if is_html_named(request) else dialect())
        vary_by(response, "Accept")
        return response

    return view
