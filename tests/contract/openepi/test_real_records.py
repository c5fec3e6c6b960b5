"""Real records, of the types that the client knows: it reads them all, with their versions, fields and assets."""

import gzip

import pytest

from catalog.db import db
from tests.contract.openepi.conftest import run
from tests.support.given import Given
from tests.support.groups import ONCE, SHARED
from tests.support.importing import Importing
from tests.support.profiles import is_long
from tests.support.server import Server

# What the client asks of the catalog does not know which database it is.
pytestmark = [pytest.mark.openepi, pytest.mark.real_records, pytest.mark.long, *ONCE]
FILE = SHARED / "data" / "catalogue.jsonl.gz"
STEP = 25 if is_long() else 50


def test_reads_every_one(store):
    given = Given(store.app)
    with gzip.open(FILE) as lines:
        some = [line for n, line in enumerate(lines) if n % STEP == 0]
    Importing(store.app, given.user("alice"))(*some, visibility="public")
    with store.app.app_context():
        db.engine.dispose()
    with Server(store.folder, **store.settings, gfw_asset_types="known") as server:
        (came,) = run(server.url, ("everything",))
    counts = came["done"]
    assert counts["listed"] == counts["datasets"] == len(some)
    assert counts["versions"] > 0
    assert counts["assets"] > 0
