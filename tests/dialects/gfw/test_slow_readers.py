"""Slow readers of whole lists on a real server: they stop nobody, cost little, and are no more than let in."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPResponse
from urllib.request import urlopen

import pytest

from catalog.db import db
from tests.support.given import Given
from tests.support.groups import EITHER
from tests.support.server import Server
from tests.support.stores import Store, new_store

pytestmark = EITHER

COUNT = 5000
# With this much text in each record the list is far longer than what the machine keeps for a reader by itself.
TEXT = "Nothing to be hurried about. " * 150
WHOLE = len(TEXT) * COUNT
PLACES = 24
HELD = 20
MEGABYTE = 2**20


class Reader:
    """Somebody who asks for the whole list and takes of it only what a test reads."""

    def __init__(self, server: Server) -> None:
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        self._connection.sock = socket.socket()
        self._connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        self._connection.sock.connect(("127.0.0.1", server.port))
        self._connection.request("GET", "/datasets")
        self.answer: HTTPResponse = self._connection.getresponse()
        self.status = self.answer.status
        self.taken = b""

    def take(self, size: int | None = None) -> None:
        """Read on, to the end when no size is given."""
        self.taken += self.answer.read(size) if size else self.answer.read()

    def leave(self) -> None:
        """Hang up, whatever is still to come."""
        self.answer.close()
        self._connection.close()


@pytest.fixture(scope="module")
def server(database_url: str, migrated: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    store = new_store(database_url, tmp_path_factory.mktemp("slow_readers"), copied_from=migrated)
    given = Given(store.app)
    slugs = [f"dataset_{n:04}" for n in range(COUNT)]
    given.datasets(slugs, owner=given.user("alice"), visibility="public", texts={"function": TEXT})
    with store.app.app_context():
        db.engine.dispose()
    with Server(store.folder, **store.settings) as server:
        yield server


@pytest.fixture(scope="module")
def memory_before(server: Server) -> int:
    """The memory of the server when it has served a whole list to somebody quick."""
    _seconds(server, "/datasets")
    return server.memory()


@pytest.fixture(scope="module")
def held(server: Server, memory_before: int) -> Iterator[list[Reader]]:
    """Readers who have taken a part of the list and sit on it."""
    with ExitStack() as stack:
        readers = [_entered_in_time(stack, server) for _ in range(HELD)]
        for reader in readers:
            reader.take(MEGABYTE)
        yield readers


def _entered(stack: ExitStack, server: Server) -> Reader:
    reader = Reader(server)
    stack.callback(reader.leave)
    return reader


def _entered_in_time(stack: ExitStack, server: Server) -> Reader:
    """A reader who comes back until let in: the places of those who hang up are free when the server has noticed."""
    until = time.monotonic() + 30
    while (reader := _entered(stack, server)).status == 503:
        reader.leave()
        assert time.monotonic() < until, "the places of readers who left do not come back"
        time.sleep(0.1)
    assert reader.status == 200
    return reader


def _seconds(server: Server, path: str) -> float:
    begun = time.monotonic()
    with urlopen(f"{server.url}{path}", timeout=60) as answer:
        assert answer.status == 200
        json.load(answer)
    return time.monotonic() - begun


def test_slow_readers_stop_nobody(server: Server, held: list[Reader]):
    for path in ("/ping", "/datasets?page[size]=25&page[number]=1", "/datasets?page[size]=25&page[number]=200"):
        assert max(_seconds(server, path) for _ in range(5)) < 10


def test_memory_stays_flat_while_they_are_held(server: Server, held: list[Reader], memory_before: int):
    kept = server.memory()
    assert kept - memory_before < HELD * WHOLE / 4, "whole lists are kept for slow readers"
    for n in range(8):
        for reader in held:
            reader.take(MEGABYTE // 4)
        _seconds(server, f"/datasets?page[size]=25&page[number]={n + 1}")
    assert server.memory() - kept < WHOLE, "what slow readers took is kept"


def test_one_more_than_there_are_places_is_asked_to_come_back(server: Server, held: list[Reader]):
    with ExitStack() as stack:
        assert [_entered(stack, server).status for _ in range(PLACES - HELD)] == [200] * (PLACES - HELD)
        refused = _entered(stack, server)
        refused.take()
        assert (refused.status, refused.answer.headers["Retry-After"]) == (503, "5")
        assert json.loads(refused.taken)["status"] == "error"
        assert _seconds(server, "/datasets?page[size]=25") < 10
    with ExitStack() as stack:
        for _ in range(PLACES - HELD):
            _entered_in_time(stack, server)


def test_a_slow_reader_gets_the_whole_list_in_the_end(server: Server, held: list[Reader]):
    with ExitStack() as stack:
        reader = _entered_in_time(stack, server)
        reader.take(MEGABYTE)
        time.sleep(1)
        reader.take()
    records = json.loads(reader.taken)["data"]
    assert [record["dataset"] for record in records] == [f"dataset_{n:04}" for n in range(COUNT)]
