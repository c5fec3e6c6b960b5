"""What no client sends, over a socket to a server as people run it: refused, and nobody else gets to know of it."""

import re
import socket
import time
from contextlib import ExitStack, suppress

import pytest

from tests.support.groups import EITHER
from tests.support.server import Server
from tests.support.stores import new_store

pytestmark = EITHER

THREADS = 6
HOST = b"Host: localhost\r\n"
LAST = b"Connection: close\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
GET, POST = b"GET /ping HTTP/1.1\r\n" + HOST, b"POST /sign-in HTTP/1.1\r\n" + HOST

# Whoever stands before the server may take the end of such a request for another one than the server does.
FRAMED_TWICE = {
    "length, then chunks": POST + b"Content-Length: 4\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + SMUGGLED,
    "chunks, then length": POST + CHUNKED + b"Content-Length: 4\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "both, without a form": GET + b"Content-Length: 4\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + SMUGGLED,
    "two lengths": POST + b"Content-Length: 4\r\nContent-Length: 40\r\n\r\nabcd" + SMUGGLED,
    "a list of lengths": POST + b"Content-Length: 4, 4\r\n\r\nabcd" + SMUGGLED,
    "a length with a sign": POST + b"Content-Length: +4\r\n\r\nabcd" + SMUGGLED,
    "a negative length": POST + b"Content-Length: -4\r\n\r\nabcd" + SMUGGLED,
    "a length beyond numbers": POST + b"Content-Length: 99999999999999999999999\r\n\r\nabcd",
    "a coding that nobody knows": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a coding after chunks": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a space before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a line that is folded": GET + b"X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "chunks of 1.0": POST.replace(b"1.1", b"1.0") + CHUNKED + b"\r\n0\r\n\r\n" + SMUGGLED,
    "a chunk of no size": POST + CHUNKED + b"\r\nzz\r\nabc\r\n0\r\n\r\n" + SMUGGLED,
    "a chunk of negative size": POST + CHUNKED + b"\r\n-1\r\nabc\r\n0\r\n\r\n" + SMUGGLED,
    "a chunk beyond numbers": POST + CHUNKED + b"\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n" + SMUGGLED,
    "a bare end of line in a chunk": GET + CHUNKED + b"\r\n2;\nxx\r\n0\r\n\r\n" + SMUGGLED,
}
MALFORMED = {
    "a null in the path": b"GET /data\x00sets HTTP/1.1\r\n" + HOST + b"\r\n",
    "a null in a name": GET + b"X\x00A: b\r\n\r\n",
    "a null in a value": GET + b"X-A: a\x00b\r\n\r\n",
    "a null in the method": b"G\x00T /ping HTTP/1.1\r\n" + HOST + b"\r\n",
    "a space in the path": b"GET /data sets HTTP/1.1\r\n" + HOST + b"\r\n",
    "bytes in the path": b"GET /datasets/\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
    "bare returns": b"GET /ping HTTP/1.1\rHost: localhost\r\r",
    "a header that is too long": GET + b"X-A: " + b"a" * 2_000_000 + b"\r\n\r\n",
    "too many headers": GET + b"".join(b"X-%d: a\r\n" % number for number in range(5000)) + b"\r\n",
    "a path that is too long": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "a method that is too long": b"A" * 70_000 + b" /ping HTTP/1.1\r\n" + HOST + LAST + b"\r\n",
    "a method that nobody knows": b"PROPFIND /datasets HTTP/1.1\r\n" + HOST + LAST + b"\r\n",
    "no version": b"GET /ping\r\n\r\n",
    "no host": b"GET /developers HTTP/1.1\r\n" + LAST + b"\r\n",
    "no host of 1.0": b"GET /developers HTTP/1.0\r\n\r\n",
    "bytes for a host": b"GET /developers HTTP/1.1\r\nHost: \xff\xfe\r\n" + LAST + b"\r\n",
    "two hosts": b"GET /developers HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n" + LAST + b"\r\n",
    "two hosts, ours last": b"GET /developers HTTP/1.1\r\nHost: evil.example\r\n" + HOST + LAST + b"\r\n",
    "another host": b"GET /datasets/ HTTP/1.1\r\nHost: evil.example\r\n" + LAST + b"\r\n",
    "another host in both": b"GET http://evil.example/datasets/ HTTP/1.1\r\nHost: evil.example\r\n" + LAST + b"\r\n",
    "another host, ours in the path": b"GET http://localhost/datasets/ HTTP/1.1\r\nHost: evil.example\r\n"
    + LAST
    + b"\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + LAST + b"\r\n",
    "a star": b"OPTIONS * HTTP/1.1\r\n" + HOST + LAST + b"\r\n",
    "a star to get": b"GET * HTTP/1.1\r\n" + HOST + LAST + b"\r\n",
    "two slashes": b"GET //evil.example/datasets/ HTTP/1.1\r\n" + HOST + LAST + b"\r\n",
    "a way up": b"GET /static/../../../etc/passwd HTTP/1.1\r\n" + HOST + LAST + b"\r\n",
    "line ends in the path": b"GET /datasets/%0d%0aX-Evil:%20y HTTP/1.1\r\n" + HOST + LAST + b"\r\n",
    "an expectation": POST + b"Expect: nonsense\r\nContent-Length: 0\r\n" + LAST + b"\r\n",
    "a body of parts that ends early": POST
    + b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9\r\n"
    + LAST
    + b"\r\n--x\r\n\0: a",
    "a body that is no text": POST + FORM + b"Content-Length: 6\r\n" + LAST + b"\r\nname=\xff",
    "all bytes": bytes(range(256)),
    "the beginning of a secure connection": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
}
# Line ends alone are ends of lines; who is asked is said by the host, whatever the path says.
ODD = {
    "bare ends of lines": b"GET /datasets HTTP/1.1\nHost: localhost\nConnection: close\n\n",
    "another host in the path": b"GET http://evil.example/datasets HTTP/1.1\r\n" + HOST + LAST + b"\r\n",
    "another host to be led on from": b"GET http://evil.example/datasets/ HTTP/1.1\r\n" + HOST + LAST + b"\r\n",
    "another host in a page": b"GET http://evil.example/developers HTTP/1.1\r\nAccept: text/html\r\n"
    + HOST
    + LAST
    + b"\r\n",
}


@pytest.fixture(scope="module")
def server(database_url, migrated, tmp_path_factory):
    """A server over a store of its own."""
    store = new_store(database_url, tmp_path_factory.mktemp("raw"), copied_from=migrated)
    with Server(store.folder, **store.settings, threads=THREADS, stream_readers=1) as server:
        yield server
        assert "Traceback" not in server.log()


@pytest.fixture
def neighbor(server):
    """Somebody who was connected before, stays so, and has to get their own answers and no others."""
    with socket.create_connection(("127.0.0.1", server.port), 5) as connection:
        connection.settimeout(5)

        def ask() -> bytes:
            connection.sendall(GET + b"\r\n")
            return _answers(connection, count=1)

        assert statuses(ask()) == [200]
        yield ask
        answer = ask()
        assert (statuses(answer), answer.endswith(b'{"data":"pong","status":"success"}')) == ([200], True)


def sent(server, request: bytes) -> bytes:
    """All that comes back until the server ends the connection, which it has to."""
    with socket.create_connection(("127.0.0.1", server.port), 5) as connection:
        connection.settimeout(5)
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        return _answers(connection)


def _answers(connection: socket.socket, count: int | None = None) -> bytes:
    """What comes until the end, or until so many answers are complete."""
    found = b""
    while count is None or len(_complete(found)) < count:
        try:
            more = connection.recv(65536)
        except ConnectionResetError:
            break
        if not more:
            break
        found += more
    return found


def _complete(found: bytes) -> list[bytes]:
    return re.findall(rb"\r\n\r\n\{[^}]*\}", found)


def statuses(answer: bytes) -> list[int]:
    """The status of each answer."""
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})[ \r]", answer)]


@pytest.mark.parametrize("request_", FRAMED_TWICE.values(), ids=FRAMED_TWICE)
def test_what_may_be_one_request_or_two_is_answered_once_and_ends_the_connection(server, neighbor, request_):
    answer = sent(server, request_)
    assert statuses(answer) in ([400], [200])
    assert b"smuggled" not in answer


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=MALFORMED)
def test_what_is_malformed_is_refused(server, neighbor, request_):
    answer = sent(server, request_)
    (status,) = statuses(answer)
    assert 400 <= status < 500
    assert b"evil.example" not in answer
    assert b"\nx-evil" not in answer.lower()


@pytest.mark.parametrize("request_", ODD.values(), ids=ODD)
def test_what_is_odd_is_answered_as_what_it_is(server, neighbor, request_):
    answer = sent(server, request_)
    (status,) = statuses(answer)
    assert status in (200, 307)
    assert b"evil.example" not in answer


def test_bodies_that_never_end_do_not_hold_up_those_who_read(server, neighbor):
    unending = POST + FORM + b"Content-Length: 100\r\n\r\nname=x"
    whole = POST + FORM + LAST + b"Content-Length: 6\r\n\r\nname=x"
    with ExitStack() as held:
        for _ in range(THREADS * 3):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", server.port), 5))
            connection.sendall(unending)
        assert [statuses(sent(server, GET + LAST + b"\r\n")) for _ in range(THREADS)] == [[200]] * THREADS
        assert statuses(sent(server, whole)) == [503]
    until = time.monotonic() + 5
    while statuses(sent(server, whole)) == [503] and time.monotonic() < until:
        time.sleep(0.05)
    assert statuses(sent(server, whole)) == [400]
