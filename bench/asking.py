"""Asks a server as many callers do, each on a connection of its own, and says how long it took them."""

import json
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

_TICKS = 100
_CALLERS = 8


@dataclass(frozen=True)
class Request:
    """What one caller sends."""

    path: str
    token: str | None = None
    accept: str = "application/json"

    def bytes(self) -> bytes:
        """The request on the wire."""
        lines = [f"GET {self.path} HTTP/1.1", "Host: 127.0.0.1", f"Accept: {self.accept}"]
        lines += [f"Authorization: Bearer {self.token}"] if self.token else []
        return "\r\n".join([*lines, "", ""]).encode()


@dataclass(frozen=True)
class Figures:
    """What a stretch of requests came to; times are in milliseconds."""

    rate: float
    p50: float
    p99: float
    cpu: float
    """Processor time of the server for a request."""


def ask(port: int, process: int, requests: Sequence[Request], seconds: float) -> Figures:
    """Send `requests` round and round for so long, from eight processes; RuntimeError for an answer that is no 200."""
    context = get_context("spawn")
    messages = [request.bytes() for request in requests]
    pipes, callers = [], []
    for number in range(_CALLERS):
        mine, theirs = context.Pipe()
        own = messages[number % len(messages) :] + messages[: number % len(messages)]
        callers.append(context.Process(target=_call, args=(theirs, port, own, seconds), daemon=True))
        pipes.append(mine)
    for caller in callers:
        caller.start()
    for pipe in pipes:
        pipe.recv()  # connected
    before, begun = cpu_seconds(process), time.monotonic()
    for pipe in pipes:
        pipe.send(None)
    answers = [pipe.recv() for pipe in pipes]
    spent, passed = cpu_seconds(process) - before, time.monotonic() - begun
    for caller in callers:
        caller.join()
    if faults := [answer for answer in answers if isinstance(answer, str)]:
        raise RuntimeError(faults[0])
    times = sorted(taken for answer in answers for taken in answer)
    return Figures(
        rate=len(times) / passed,
        p50=times[len(times) // 2] * 1000,
        p99=times[int(len(times) * 0.99)] * 1000,
        cpu=spent / len(times) * 1000,
    )


def _call(pipe: Connection, port: int, messages: list[bytes], seconds: float) -> None:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    pipe.send(None)
    pipe.recv()
    taken, number, until = [], 0, time.monotonic() + seconds
    while time.monotonic() < until:
        message = messages[number % len(messages)]
        begun = time.perf_counter()
        connection.sendall(message)
        status = _read(connection)
        taken.append(time.perf_counter() - begun)
        number += 1
        if status != b"200":
            pipe.send(f"{status.decode()}: {message.splitlines()[0].decode()}")
            return
    pipe.send(taken)


def _read(connection: socket.socket) -> bytes:
    """Read one answer to its end; its status."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65_536)
    head, _, body = received.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    if b"content-length" in fields:
        left = int(fields[b"content-length"]) - len(body)
        while left > 0:
            left -= len(connection.recv(min(left, 65_536)))
    else:
        while not body.endswith(b"0\r\n\r\n"):
            body = body[-8:] + connection.recv(65_536)
    return head.split(b" ", 2)[1]


def cpu_seconds(process: int) -> float:
    """The processor time that a process and its children have used."""
    return sum(
        sum(int(field) for field in Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13]) / _TICKS
        for one in with_children(process)
    )


def memory(process: int) -> int:
    """The memory of a process and its children in bytes, what they share counted once."""
    sizes = (Path(f"/proc/{one}/smaps_rollup").read_text() for one in with_children(process))
    return sum(int(line.split()[1]) * 1024 for size in sizes for line in size.splitlines() if line.startswith("Pss:"))


def with_children(process: int) -> list[int]:
    """A process and all that descend from it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(one for child in children for one in with_children(int(child)))]


def fetch(port: int, path: str) -> dict:
    """One JSON answer."""
    from urllib.request import urlopen

    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=120) as answer:
        return json.load(answer)
