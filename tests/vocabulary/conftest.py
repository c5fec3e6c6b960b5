"""The real records, read once."""

import gzip
import json

import pytest

from tests.support.groups import SHARED


@pytest.fixture(scope="session")
def records() -> list[dict]:
    """All real records, as their file has them."""
    with gzip.open(SHARED / "data" / "catalogue.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
