"""A relay before a server, which notes what comes and when it was asked for: the pages of a walk by any client."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

_OF_ONE_CONNECTION = {"connection", "host", "accept-encoding"}
_PATIENCE = 60.0


class Relay:
    """Where a client is to ask, and the pages that it was given there."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: list[tuple[float, Any]] = []
        """Of each answer in JSON when it was asked for, in seconds since 1970, and what it says."""

    def walk(self, slugs: Callable[[Any], list[str]]) -> list[tuple[float, list[str]]]:
        """Of each page that is not empty when it was asked for and the slugs that `slugs` finds in it."""
        pages = [(begun, slugs(said)) for begun, said in self.answers]
        return [(begun, page) for begun, page in pages if page]


@contextmanager
def relayed(url: str) -> Iterator[Relay]:
    """A relay to the server at `url`, as long as the stretch lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.target, server.relay = urlsplit(url).netloc, Relay(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.relay
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Hands a GET on, and its answer back."""

    def do_GET(self) -> None:
        begun = time.time()
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_CONNECTION}
        asking = HTTPConnection(self.server.target, timeout=_PATIENCE)
        asking.request("GET", self.path, headers=headers)
        answer = asking.getresponse()
        body = answer.read()
        asking.close()
        if answer.getheader("Content-Type", "").startswith("application/json"):
            self.server.relay.answers.append((begun, json.loads(body)))
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"connection", "transfer-encoding", "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Says nothing."""
