"""One version of a dataset, by any of the names under which addresses speak of it."""

from sqlalchemy import case, or_
from sqlalchemy.orm import contains_eager, selectinload

from catalog.access import Viewer, visible_versions
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.narrowing import called
from catalog.model import Dataset, Version
from catalog.vocabulary.text import cut

LATEST = "latest"


def get_version(viewer: Viewer, dataset: Dataset, name: str) -> Version:
    """The version of `dataset` that `name` means, with its dataset and tasks; NotFound where there is none.

    A derived name (`v1.8`, `1.8.0`) goes before a label, `1.8` stands for `v1.8`, and `latest` for the latest one.
    """
    found = visible_versions(viewer).where(Version.dataset_id == dataset.id)
    if name == LATEST:
        found = found.where(Version.is_latest)
    else:
        names = called(Version, name)
        found = found.where(or_(*names)).order_by(case(*((is_named, n) for n, is_named in enumerate(names))))
    parts = (contains_eager(Version.dataset), selectinload(Version.task_categories))
    version = db.session.scalars(found.options(*parts).limit(1)).first() if "\0" not in name else None
    if version is None:
        raise NotFound(f"There is no version “{cut(name, 60)}” of this dataset.")
    return version
