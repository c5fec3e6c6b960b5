"""What is searched for: a store with indexes of its own, in which each dataset holds an asset."""

from collections.abc import Callable

import pytest

from catalog.access import OPERATOR, Viewer
from catalog.changes.drafts import AssetDraft
from catalog.db import db
from catalog.listing.searching import found_ids
from catalog.model import Asset, Dataset
from catalog.search.forms import DATASETS, FORMS, Form
from tests.support.given import Given
from tests.support.stores import Store


@pytest.fixture(params=FORMS, ids=lambda form: f"{form.noun}s")
def form(request) -> Form:
    """Which index is asked."""
    return request.param


@pytest.fixture
def find(form: Form) -> Callable[..., list[str] | None]:
    """The slugs that a text finds in a store, as a process of its own would find them; None without an index.

    Of assets it is those of their datasets.
    """

    def find(store: Store, text: str, viewer: Viewer = OPERATOR) -> list[str] | None:
        with store.app.app_context():
            ids = found_ids(viewer, text, form)
            held = db.select(Dataset.id, Dataset.slug)
            if form is not DATASETS:
                held = db.select(Asset.id, Dataset.slug).join(Asset.dataset)
            slugs = dict(db.session.execute(held).all())
            return None if ids is None else [slugs[id_] for id_ in ids]

    return find


class Filling(Given):
    """Says what a store holds: each dataset with an asset."""

    def dataset(self, slug, **said):
        """As its elder, with an asset."""
        return super().dataset(slug, assets=[{"kind": "csv"}], **said)

    def datasets(self, slugs, **said):
        """As its elder, with an asset in each."""
        return super().datasets(slugs, assets=[AssetDraft(kind="csv")], **said)


@pytest.fixture
def given(store: Store) -> Filling:
    """Says what the store holds."""
    return Filling(store.app)
