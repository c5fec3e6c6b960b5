"""openepi-client as its users have it, calling the catalog over a socket."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from catalog.db import db
from tests.support.clients import OPENEPI
from tests.support.given import PASSWORD, Given
from tests.support.server import Server
from tests.support.stores import Store, new_store

_CALLS = Path(__file__).with_name("calls.py")
HEIGHT = {"name": "height", "alias": "Height", "data_type": "float64", "unit": "m"}
BAND = {"pixel_meaning": "date_conf", "data_type": "uint16", "no_data_value": "0"}


@dataclass(frozen=True)
class Stand:
    """Where the catalog answers, and Alice's key."""

    url: str
    key: str


def run(url: str, *calls: tuple, **surroundings: str) -> list[dict[str, Any]]:
    """What came of calls of the client at an address: `{"done": …}` or `{"failed": [name, words]}` each."""
    own = ("gfw_", "python", "ssl_cert_file")
    kept = {name: value for name, value in os.environ.items() if not name.lower().startswith(own)}
    # Each request of the client opens a connection anew, and reads all certificates for it where there are any.
    kept["SSL_CERT_DIR"] = str(_CALLS.parent)
    done = subprocess.run(
        [OPENEPI, _CALLS, json.dumps(calls)],
        env=kept | {"gfw_api_url": url, **surroundings},
        capture_output=True,
        timeout=600,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def stand(database_url: str, migrated: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """A catalog with public and private datasets of Alice's."""
    store = new_store(database_url, tmp_path_factory.mktemp("openepi_stand"), copied_from=migrated)
    given = Given(store.app)
    alice = given.user("alice", password=PASSWORD, email="alice@example.org")
    given.dataset(
        "trees",
        owner=alice,
        visibility="public",
        title="Trees",
        tags=["forest"],
        spatial_resolution=30.0,
        versions=["v1.9", {"label": "v1.10", "metadata": {"citation": "Me, 2026"}}],
        assets=[
            {"kind": "csv", "uri": "https://files.example/trees.csv", "fields": [HEIGHT]},
            {"kind": "ESRI Shapefile", "uri": "https://files.example/trees.zip"},
        ],
    )
    raster = {"kind": "Raster tile set", "uri": "s3://files/{tile_id}.tif", "metadata": {"bands": [BAND]}}
    given.dataset("alerts", owner=alice, visibility="public", versions=["v20200626"], assets=[raster])
    given.dataset("bare", owner=alice, visibility="public", is_downloadable=False)
    given.dataset("secrets", owner=alice, versions=["v1"])
    key = given.token(alice)
    with store.app.app_context():
        db.engine.dispose()
    with Server(store.folder, **store.settings) as server:
        yield Stand(server.url, key)


@pytest.fixture
def calling(stand: Stand) -> Callable[..., list[Any]]:
    """Does calls at the stand, signed in as Alice where the client signs in; what came of each."""

    def call(*calls: tuple) -> list[Any]:
        came = run(stand.url, *calls, gfw_email="alice@example.org", gfw_password=PASSWORD, gfw_api_key=stand.key)
        return [one.get("done", one) for one in came]

    return call
