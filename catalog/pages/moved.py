"""Pages of a dataset that are asked for by an id that it had before."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from catalog.errors import NotFound
from catalog.identity import current_viewer
from catalog.listing.datasets import moved_to


def lead_on(view: Callable) -> Callable:
    """A view of the dataset `slug`, which leads from an old id to the present one where the viewer may see it.

    A form that stood open meanwhile is sent on with all that was typed.
    """

    @wraps(view)
    def led(slug: str, **more: Any) -> ResponseReturnValue:
        try:
            return view(slug, **more)
        except NotFound:
            if present := moved_to(current_viewer(), slug):
                status = 301 if request.method in ("GET", "HEAD") else 307
                return redirect(url_for(request.endpoint, slug=present, **more), status)
            raise

    return led
