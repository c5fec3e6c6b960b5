"""A relay before a server, which tells what was asked for and what came: the pages of a walk by any client."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

_OF_ONE_CONNECTION = {"connection", "host", "accept-encoding"}
_PATIENCE = 60.0


@contextmanager
def relayed(url: str, asked: Callable[[], None], answered: Callable[[Any], None]) -> Iterator[str]:
    """Where a relay to the server at `url` listens, as long as the stretch lasts.

    It calls `asked` before it hands a request on, and `answered` with what an answer in JSON says.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.target, server.asked, server.answered = urlsplit(url).netloc, asked, answered
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Hands a GET on, and its answer back."""

    def do_GET(self) -> None:
        self.server.asked()
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_CONNECTION}
        asking = HTTPConnection(self.server.target, timeout=_PATIENCE)
        asking.request("GET", self.path, headers=headers)
        answer = asking.getresponse()
        body = answer.read()
        asking.close()
        if answer.getheader("Content-Type", "").startswith("application/json"):
            self.server.answered(json.loads(body))
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"connection", "transfer-encoding", "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Says nothing."""
