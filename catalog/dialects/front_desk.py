"""`/datasets` and `/assets` belong to two readers: browsers get the page, scripts the GFW dialect."""

from collections.abc import Callable

from flask import Blueprint, Request, Response, redirect, request
from flask.typing import ResponseReturnValue

from catalog.dialects import gfw

View = Callable[[], ResponseReturnValue]


def wants_html(request: Request) -> bool:
    """Whether the caller names HTML among what it accepts; `*/*` names nothing."""
    accepted = {value.lower() for value, quality in request.accept_mimetypes if quality > 0}
    return bool(accepted & {"text/html", "application/xhtml+xml"})


def front_desk(datasets_page: View, assets_page: View) -> Blueprint:
    """The two addresses and their JSON twins, with the pages to show to a browser."""
    desk = Blueprint("front_desk", __name__)

    @desk.get("/datasets")
    def datasets() -> ResponseReturnValue:
        return datasets_page() if wants_html(request) else gfw.get_datasets()

    @desk.get("/assets")
    def assets() -> ResponseReturnValue:
        return assets_page() if wants_html(request) else gfw.get_assets()

    @desk.get("/datasets.json")
    def datasets_json() -> ResponseReturnValue:
        return gfw.get_datasets()

    @desk.get("/assets.json")
    def assets_json() -> ResponseReturnValue:
        return gfw.get_assets()

    @desk.get("/datasets/", endpoint="datasets_slash")
    @desk.get("/assets/", endpoint="assets_slash")
    def without_slash() -> ResponseReturnValue:
        query = request.query_string.decode("latin-1")
        return redirect(request.path.rstrip("/") + (f"?{query}" if query else ""), 307)

    @desk.after_request
    def vary(response: Response) -> Response:
        response.vary.add("Accept")
        return response

    return desk
