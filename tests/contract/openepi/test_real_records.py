"""Real records, of the types that the client knows: it reads of each all versions, fields and assets that it has."""

import gzip
import os

import pytest
from sqlalchemy.orm import selectinload

from catalog.db import db
from catalog.model import Asset, Dataset, Version
from catalog.vocabulary.asset_types import GFW_TYPES
from tests.contract.openepi.conftest import run
from tests.support.given import Given
from tests.support.groups import EITHER, SHARED
from tests.support.importing import Importing
from tests.support.profiles import is_long
from tests.support.server import Server

# What the client asks of the catalog does not know which database it is.
pytestmark = [pytest.mark.openepi, pytest.mark.real_records, *EITHER]
FILE = SHARED / "data" / "catalogue.jsonl.gz"
_WHOLE = (selectinload(Dataset.versions).selectinload(Version.assets).selectinload(Asset.fields),)
# 1 reads every record, which takes a quarter of an hour and more.
STEP = int(os.environ.get("CATALOG_TEST_STEP", 50 if is_long() else 100))


def test_reads_every_one(store):
    given = Given(store.app)
    with gzip.open(FILE) as lines:
        some = [line for n, line in enumerate(lines) if n % STEP == 0]
    Importing(store.app, given.user("alice"))(*some, visibility="public")
    with store.app.app_context():
        db.engine.dispose()
    with Server(store.folder, **store.settings, gfw_asset_types="known") as server:
        (came,) = run(server.url, ("everything",))
    read = came["done"]
    with store.app.app_context():
        datasets = db.session.scalars(db.select(Dataset).options(*_WHOLE)).all()
        assert len(read) == len(datasets) == len(some)
        assert read == {dataset.slug: _counts(dataset) for dataset in datasets}
    counts = [count for versions in read.values() for count in versions.values()]
    assert all(map(any, zip(*counts, strict=True)))  # some have fields, some have assets


def _counts(dataset: Dataset) -> dict[str, list[int]]:
    """Of each version how many fields its default asset has and how many assets it holds, of types that are told."""
    return {version.gfw: [_fields(version), sum(map(_is_told, version.assets))] for version in dataset.versions}


def _fields(version: Version) -> int:
    told = [asset for asset in version.assets if asset.is_default and _is_told(asset)]
    return sum(len((asset.metadata_ or {}).get("bands") or asset.fields) for asset in told)


def _is_told(asset: Asset) -> bool:
    return asset.gfw_type in GFW_TYPES
