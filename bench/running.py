"""The processes of a measurement: commands of the catalog with what they took, and servers while they are asked."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
_CATALOG = (sys.executable, "-c", "from app import main; main()")
_PATIENCE = 60.0
_WRITER = """
import random, sys, time
from app import create_app
from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.db import db
from catalog.model import Dataset, Visibility
draw, most = random.Random(1), int(sys.argv[1])
with create_app().app_context():
    while True:
        found = db.session.get(Dataset, draw.randint(1, most))
        if found is not None and found.visibility is not Visibility.PUBLIC:
            is_open = found.visibility is Visibility.INTERNAL
            datasets.set_visibility(OPERATOR, found, Visibility.PRIVATE if is_open else Visibility.INTERNAL)
            time.sleep(0.2)
        db.session.remove()
"""


@dataclass(frozen=True)
class Taken:
    """What a command took: seconds, seconds of processor, memory at most in bytes, and the last line it printed."""

    seconds: float
    cpu: float
    memory: int
    line: str


@dataclass(frozen=True)
class Serving:
    """A server that answers at a port."""

    port: int
    process: int
    start: float
    """Seconds until it first answered."""


def surroundings(instance: Path, **settings: str) -> dict[str, str]:
    """The environment of a process over the store of `instance`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_")}
    named = {f"CATALOG_{name.upper()}": value for name, value in settings.items()}
    return kept | {"CATALOG_INSTANCE": str(instance), "CATALOG_LOG_LEVEL": "warning", "PYTHONPATH": str(ROOT)} | named


def run(words: list[str], environment: dict[str, str]) -> Taken:
    """What a command of the catalog took; RuntimeError where it fails."""
    begun = time.monotonic()
    process = subprocess.Popen([*_CATALOG, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with process.stdout:
        lines = process.stdout.read().decode().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"catalog {' '.join(words)} failed: {' '.join(lines)}")
    taken = time.monotonic() - begun
    return Taken(taken, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, lines[-1] if lines else "")


@contextmanager
def serving(command: list[str], environment: dict[str, str], port: int, path: str) -> Iterator[Serving]:
    """A server from its first answer at `path` to its end."""
    begun = time.monotonic()
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.monotonic() - begun > _PATIENCE:
                raise RuntimeError(f"{' '.join(command)} did not answer")
            time.sleep(0.02)
        yield Serving(port, process.pid, time.monotonic() - begun)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def catalog(environment: dict[str, str]) -> Iterator[Serving]:
    """The catalog with two workers."""
    port = free_port()
    words = [*_CATALOG, "serve", "--port", str(port), "--workers", "2"]
    with serving(words, environment, port, "/ping") as served:
        yield served


@contextmanager
def floor(environment: dict[str, str], database: str) -> Iterator[Serving]:
    """The bare views, on the same server with as many workers."""
    port = free_port()
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1"]
    words += ["--no-ws", "--host", "127.0.0.1", "--port", str(port), "bench.floor:app"]
    with serving(words, environment | {"BENCH_DATABASE_URL": database}, port, "/core") as served:
        yield served


@contextmanager
def writing(environment: dict[str, str], number: int) -> Iterator[None]:
    """Five changes a second by a process of their own, meanwhile."""
    process = subprocess.Popen([sys.executable, "-c", _WRITER, str(number)], env=environment, cwd=ROOT)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _answers(port: int, path: str) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False
