"""A reverse proxy on loopback that gives the catalog a path of its own, as operators put it beside other sites."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit


@contextmanager
def prefixed(url: str, prefix: str) -> Iterator[str]:
    """The address under which the catalog at `url`, which believes one proxy, answers at `prefix`, and only there."""

    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith(f"{prefix}/"):
                self.send_error(404)
                return
            told = {"X-Forwarded-Host": self.headers["Host"], "X-Forwarded-Prefix": prefix, "Connection": "close"}
            behind = HTTPConnection(urlsplit(url).netloc, timeout=30)
            behind.request("GET", self.path.removeprefix(prefix), headers={**self.headers, **told})
            answer = behind.getresponse()
            content = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            behind.close()

        def log_message(self, *said: object) -> None:
            """Tests speak for themselves."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()
