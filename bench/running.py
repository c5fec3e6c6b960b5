"""The processes of a measurement: commands of the catalog with what they took, and servers while they are asked."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from tempfile import TemporaryFile
from urllib.error import URLError
from urllib.request import urlopen

from bench.processes import resident

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
_CATALOG = (sys.executable, "-c", "from app import main; main()")
_PATIENCE = 120.0
_SAMPLE = 0.05


@dataclass(frozen=True)
class Taken:
    """What a command took: seconds, seconds of processor, memory at most in bytes; its status, its last line."""

    seconds: float
    cpu: float
    memory: int
    """Resident, of all its processes together."""
    status: int
    line: str


@dataclass(frozen=True)
class Serving:
    """A server that answers at a port."""

    port: int
    process: int
    database: int | None
    """The process of the database, where that is another one."""
    start: float
    """Seconds until it first answered."""

    @property
    def processes(self) -> tuple[int, ...]:
        """Whose processor time an answer takes, each with its children."""
        return (self.process, *([self.database] if self.database else []))


def surroundings(instance: Path, **settings: str) -> dict[str, str]:
    """The environment of a process over the store of `instance`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_")}
    named = {f"CATALOG_{name.upper()}": value for name, value in settings.items()}
    return kept | {"CATALOG_INSTANCE": str(instance), "CATALOG_LOG_LEVEL": "warning", "PYTHONPATH": str(ROOT)} | named


def run(words: Sequence[str], environment: dict[str, str], *, may_fail: bool = False) -> Taken:
    """What a command of the catalog took, which speaks to standard error; RuntimeError where it fails and may not."""
    begun, most = time.monotonic(), 0
    with TemporaryFile() as output:
        process = subprocess.Popen([*_CATALOG, *words], env=environment, cwd=ROOT, stdout=output)
        while True:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            most = max(most, resident(process.pid))
            time.sleep(_SAMPLE)
        taken = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode().splitlines()
    if process.returncode and not may_fail:
        raise RuntimeError(f"catalog {' '.join(words)} failed")
    line = said[-1] if said else ""
    return Taken(taken, usage.ru_utime + usage.ru_stime, most, process.returncode, line)


@contextmanager
def serving(
    command: Sequence[str], environment: dict[str, str], port: int, path: str, database: int | None = None
) -> Iterator[Serving]:
    """A server from its first answer at `path` to its end; RuntimeError where it gives none."""
    begun = time.monotonic()
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.monotonic() - begun > _PATIENCE:
                raise RuntimeError(f"{' '.join(command)} did not answer")
            time.sleep(0.02)
        yield Serving(port, process.pid, database, time.monotonic() - begun)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def catalog(environment: dict[str, str], database: int | None) -> Iterator[Serving]:
    """The catalog with two workers, from the first page of its list on."""
    port = free_port()
    words = [*_CATALOG, "serve", "--port", str(port), "--workers", str(WORKERS)]
    with serving(words, environment, port, "/datasets?page[size]=25", database) as served:
        yield served


@contextmanager
def floor(environment: dict[str, str], url: str, database: int | None) -> Iterator[Serving]:
    """The bare views over the database at `url`, on the same server with as many workers."""
    port = free_port()
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS)]
    words += ["--blocking-threads", "1", "--no-ws", "--host", "127.0.0.1", "--port", str(port), "bench.floor:app"]
    with serving(words, environment | {"BENCH_DATABASE_URL": url}, port, "/core", database) as served:
        yield served


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _answers(port: int, path: str) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False
