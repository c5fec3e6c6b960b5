"""Requests and answers on the wire, by sockets, so that asking costs little beside answering."""

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

HTML = "text/html"
JSON = "application/json"
PATIENCE = 120.0


@dataclass(frozen=True)
class Account:
    """How somebody is known: a script by a token, a browser by the cookie of a session."""

    token: str
    cookie: str


@dataclass(frozen=True)
class Request:
    """What one caller sends; without an account it is a visitor's."""

    path: str
    account: Account | None = None
    accept: str = JSON
    is_packed: bool = False
    """Whether gzip is taken."""

    @property
    def is_of_browser(self) -> bool:
        """Whether a page is asked for."""
        return self.accept == HTML

    def bytes(self) -> bytes:
        """The request on the wire."""
        lines = [f"GET {self.path} HTTP/1.1", "Host: 127.0.0.1", f"Accept: {self.accept}"]
        if self.is_packed:
            lines.append("Accept-Encoding: gzip")
        if self.account and self.is_of_browser:
            lines.append(f"Cookie: {self.account.cookie}")
        elif self.account:
            lines.append(f"Authorization: Bearer {self.account.token}")
        return "\r\n".join([*lines, "", ""]).encode()


class Connection:
    """A connection to a port of this machine, on which one request is asked after another."""

    def __init__(self, port: int, *, buffer: int | None = None) -> None:
        self._socket = socket.socket()
        if buffer:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self._socket.settimeout(PATIENCE)
        self._socket.connect(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *raised: object) -> None:
        self._socket.close()

    def fileno(self) -> int:
        """What `select` waits for."""
        return self._socket.fileno()

    def send(self, message: bytes) -> None:
        """Send a request."""
        self._socket.sendall(message)

    def receive(self, most: int = 65_536) -> bytes:
        """What came next, at least a byte; ConnectionError where nothing comes any more."""
        received = self._socket.recv(most)
        if not received:
            raise ConnectionError("the server ended the connection")
        return received

    def head(self) -> tuple[bytes, bytes]:
        """The head of an answer, and what came of its body along with it."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.receive()
        head, _, body = received.partition(b"\r\n\r\n")
        return head, body

    def ask(self, message: bytes) -> tuple[bytes, bytes]:
        """The status and the body of the answer to a request."""
        self.send(message)
        head, body = self.head()
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        chunks, end = [body], body[-5:]
        if b"content-length" in fields:
            left = int(fields[b"content-length"]) - len(body)
            while left > 0:
                chunks.append(self.receive(min(left, 65_536)))
                left -= len(chunks[-1])
        else:
            while end != b"0\r\n\r\n":
                chunks.append(self.receive())
                end = (end + chunks[-1])[-5:]
        return head.split(b" ", 2)[1], b"".join(chunks)


def fetch(port: int, request: Request) -> Any:
    """One answer in JSON; RuntimeError for one that is no 200."""
    with Connection(port) as connection:
        return json.loads(_fetched(connection, request))


def let_in(port: int, accounts: Sequence[Account]) -> None:
    """Nothing where every account is recognised by its token and by its session; else RuntimeError."""
    with Connection(port) as connection:
        for account in accounts:
            _fetched(connection, Request("/v2/users/me", account))
            _fetched(connection, Request("/account", account, HTML))


def _fetched(connection: "Connection", request: Request) -> bytes:
    status, body = connection.ask(request.bytes())
    if status != b"200":
        raise RuntimeError(f"{status.decode()}: {request.path}")
    return body
