"""Requests that meet a damaged index are answered without it, and it is built anew."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from catalog.listing.searching import search_indexes
from catalog.ops.bodies import Application
from catalog.search.searcher import DamagedIndex


class WithoutDamage:
    """An application that reads once more, by the database alone, where an index broke while it was read."""

    def __init__(self, app: Flask, application: Application) -> None:
        self._app, self._application = app, application

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        try:
            return self._application(environ, start_response)
        except DamagedIndex as fault:
            self._condemn(fault)
            if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
                raise RuntimeError("a search index is damaged, and is built anew") from fault
            return self._application(environ, start_response)

    def _condemn(self, fault: DamagedIndex) -> None:
        with self._app.app_context():
            for index in search_indexes().values():
                index.condemn(fault)
