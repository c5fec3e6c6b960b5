"""What is searched for: a store with an index of its own."""

from collections.abc import Callable

import pytest

from catalog.access import OPERATOR, Viewer
from catalog.db import db
from catalog.listing.searching import found_ids
from catalog.model import Dataset
from tests.support.stores import Store


@pytest.fixture
def find() -> Callable[..., list[str]]:
    """The slugs that a text finds in a store, as a process of its own would find them; None without an index."""

    def find(store: Store, text: str, viewer: Viewer = OPERATOR) -> list[str] | None:
        with store.app.app_context():
            ids = found_ids(viewer, text)
            slugs = dict(db.session.execute(db.select(Dataset.id, Dataset.slug)).all())
            return None if ids is None else [slugs[id_] for id_ in ids]

    return find
