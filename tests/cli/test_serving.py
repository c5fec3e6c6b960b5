"""Serving: by our own command, by gunicorn, by Flask's; and what importing `app` does."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import requests

from catalog.settings import Settings
from tests.support.given import PASSWORD, Given
from tests.support.groups import ON_SQLITE
from tests.support.stores import COMMAND, ROOT

PATIENCE = 60.0


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def running(command, port, folder, environment):
    """A server of ours from the moment when it answers; ended at the end with all its workers."""
    log = folder / "server.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=file, stderr=file, start_new_session=True
        )
    try:
        until = time.monotonic() + PATIENCE
        while not answers(port):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        yield process, f"http://127.0.0.1:{port}", log
    finally:
        process.terminate()
        process.wait(PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # a worker that outlived it


def answers(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/ping", timeout=1) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


@contextmanager
def serving(store, folder, **settings):
    """`catalog serve` with two workers, started in a folder that holds another `app.py`."""
    (folder / "app.py").write_text("raise RuntimeError('this is somebody else')\n")
    port = free_port()
    environment = store.environment(**settings) | {"PYTHONPATH": str(ROOT)}
    command = [COMMAND[0], "-c", f"import sys; sys.path.remove(''); {COMMAND[2]}", "serve", "--port", str(port)]
    with running([*command, "--workers", "2"], port, folder, environment) as server:
        yield server


@ON_SQLITE
def test_serves_ours_whatever_else_lies_in_the_folder_until_it_is_told_to_end(store, tmp_path):
    settings = {"pagesize": "9", "port": "tcp://10.0.0.7:8000", "service_host": "10.0.0.7"}
    with (
        serving(store, tmp_path, **settings) as (process, address, log),
        socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1]))) as slow,
    ):
        slow.sendall(b"GET /datasets HTTP/1.1\r\nHost: localhost\r\n")
        assert requests.get(f"{address}/datasets", timeout=10).json()["status"] == "success"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{address}/ping", timeout=10)
        said = log.read_text()
    assert [line for line in said.splitlines() if line.startswith("Warning: ")] == [
        "Warning: CATALOG_PAGESIZE is not a setting; did you mean CATALOG_PAGE_SIZE?"
    ]
    assert "Traceback" not in said


@ON_SQLITE
def test_all_workers_sign_with_the_same_key(store, tmp_path):
    Given(store.app).user("alice", password=PASSWORD)
    with serving(store, tmp_path, secret_key="") as (_, address, _):
        for _ in range(8):
            browser = requests.Session()
            form = browser.get(f"{address}/sign-in", headers={"Accept": "text/html", "Connection": "close"}, timeout=10)
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form.text)[1]
            answer = browser.post(
                f"{address}/sign-in",
                data={"name": "alice", "password": PASSWORD, "csrf_token": token},
                headers={"Accept": "text/html", "Connection": "close"},
                allow_redirects=False,
                timeout=10,
            )
            assert answer.status_code in (302, 303)
    assert stat.S_IMODE((store.folder / "secret_key").stat().st_mode) == 0o600


def test_the_key_is_made_once_for_whoever_asks_at_once(tmp_path):
    settings = Settings(instance=tmp_path / "instance")
    keys, barrier = [], threading.Barrier(12)

    def ask():
        barrier.wait()
        keys.append(settings.signing_key())

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(keys), len(set(keys)), len(keys[0]) >= 48) == (12, 1, True)
    (made,) = (tmp_path / "instance").iterdir()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


@ON_SQLITE
def test_refuses_a_port_at_which_somebody_listens(cli):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = cli("serve", "--port", str(port))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"Error: Port {port} of 127.0.0.1 cannot be used: Address already in use.\n"


@ON_SQLITE
@pytest.mark.parametrize(
    "command",
    [
        ("gunicorn", "app:app", "--workers", "2", "--bind", "127.0.0.1:{port}"),
        ("flask", "--app", "app", "run", "--port", "{port}"),
    ],
    ids=lambda command: command[0],
)
def test_other_servers_serve_it_too(store, tmp_path, command):
    port = free_port()
    words = [sys.executable, "-m", *(word.format(port=port) for word in command)]
    environment = store.environment() | {"PYTHONPATH": str(ROOT)}
    with running(words, port, tmp_path, environment) as (_, address, _):
        assert requests.get(f"{address}/datasets", timeout=10).json()["status"] == "success"


def test_importing_the_front_door_makes_no_file(tmp_path):
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_")}
    subprocess.run(
        [sys.executable, "-c", "import app; app.create_app"],
        cwd=tmp_path,
        env=surroundings | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
    )
    assert list(tmp_path.iterdir()) == []
