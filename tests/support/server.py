"""The catalog as people run it: its own server on loopback, in processes of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-c", "from app import main; main()")
_PATIENCE = 60.0


class Server:
    """`catalog serve` with one worker over the store that `settings` name, from entering to leaving."""

    def __init__(self, instance: Path, **settings: object) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        named = {f"CATALOG_{name.upper()}": str(value) for name, value in settings.items()}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_")}
        self._environment = kept | {"CATALOG_INSTANCE": str(instance), "CATALOG_LOG_LEVEL": "warning"} | named
        self._log = instance / "serve.log"

    def __enter__(self) -> "Server":
        with self._log.open("wb") as log:
            command = [*_COMMAND, "serve", "--port", str(self.port), "--workers", "1"]
            self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        until = time.monotonic() + _PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self._end()
                raise RuntimeError(f"the server did not start:\n{self.log()}")
            time.sleep(0.1)
        return self

    def __exit__(self, kind: type | None, raised: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def log(self) -> str:
        """What the server said so far."""
        return self._log.read_text()

    def memory(self) -> int:
        """The memory of all processes of the server, in bytes, what they share counted once."""
        return sum(_proportional_size(process) for process in _with_children(self._process.pid))

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/ping", timeout=1) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _with_children(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(one for child in children for one in _with_children(int(child)))]


def _proportional_size(process: int) -> int:
    sizes = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB$", sizes, re.MULTILINE)[1]) * 1024
