"""What happened to a dataset, as its readers may know it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from catalog.access import Viewer, visible_datasets
from catalog.db import db
from catalog.model import Change, Dataset


def list_changes(viewer: Viewer, dataset: Dataset, verbs: Sequence[str]) -> Sequence[Change]:
    """The changes of `dataset` by those `verbs`, oldest first; none where `viewer` may not see it."""
    is_visible = visible_datasets(viewer).where(Dataset.id == dataset.id).exists()
    found = select(Change).where(Change.dataset_id == dataset.id, Change.verb.in_(verbs), is_visible)
    return db.session.scalars(found.order_by(Change.seq)).all()


def extra_of(viewer: Viewer, dataset: Dataset) -> dict[str, Any] | None:
    """Everything else that its source said of `dataset`; None where that is nothing, or `viewer` may not see it."""
    found = visible_datasets(viewer).where(Dataset.id == dataset.id).with_only_columns(Dataset.extra)
    return db.session.scalar(found)
