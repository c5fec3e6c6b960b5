"""The two indexes: of datasets and of assets, each told apart by what its documents are and where it lies."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select
from tantivy import Document

from catalog.db import db
from catalog.model import Asset, Dataset
from catalog.search.asset_documents import documents_of_assets
from catalog.search.documents import documents_of_datasets


@dataclass(frozen=True)
class Form:
    """What an index is of. Whatever that is, it follows the journal by the ids of datasets."""

    noun: str
    """What each document is of."""
    folder: str
    """Where it lies, below the folder of indexes."""
    documents: Callable[[Sequence[int]], Iterator[Document]] = field(compare=False)
    """The documents of the datasets with these ids."""
    standing: Select = field(compare=False)
    """The ids of what there is a document of, once the index holds every change."""

    def count(self, limit: int | None = None) -> int:
        """How many documents there are to be; at most `limit`, where one is given."""
        return db.session.scalar(select(func.count()).select_from(self.standing.limit(limit).subquery())) or 0


_IS_STANDING = Dataset.deleted_at.is_(None)
DATASETS = Form("dataset", ".", documents_of_datasets, select(Dataset.id).where(_IS_STANDING))
ASSETS = Form("asset", "assets", documents_of_assets, select(Asset.id).join(Asset.dataset).where(_IS_STANDING))
FORMS = (DATASETS, ASSETS)
