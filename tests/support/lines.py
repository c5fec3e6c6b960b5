"""A process that answers lines of JSON: clients that take long to start are started once and told what to do."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from types import TracebackType
from typing import Any

_PATIENCE = 120.0


class Lines:
    """The process that `command` starts, in `surroundings`, from entering to leaving."""

    def __init__(self, command: Sequence[str | Path], surroundings: Mapping[str, str]) -> None:
        self._command, self._surroundings = command, surroundings

    def __enter__(self) -> "Lines":
        self._said = TemporaryFile()
        self._process = subprocess.Popen(
            self._command,
            env=self._surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )
        return self

    def __call__(self, told: Any) -> Any:
        """What it answers to what it is told; raises RuntimeError with what it said when it ends or takes too long."""
        timer = Timer(_PATIENCE, self._process.kill)
        timer.start()
        try:
            self._process.stdin.write(json.dumps(told) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        finally:
            timer.cancel()
        if not answer:
            self._said.seek(0)
            raise RuntimeError(self._said.read().decode())
        return json.loads(answer)

    def __exit__(self, kind: type | None, raised: BaseException | None, trace: TracebackType | None) -> None:
        self._process.stdin.close()
        self._process.wait(_PATIENCE)
        self._process.stdout.close()
        self._said.close()
