"""Every page of a list is the same, whether an index puts it in order or the database."""

import pytest
from sqlalchemy import update

from catalog.access import VISITOR
from catalog.changes.drafts import AssetDraft
from catalog.db import WRITES, db
from catalog.listing import indexed as indexed_module
from catalog.listing import lists as lists_module
from catalog.listing import stretches
from catalog.listing.assets import list_assets
from catalog.listing.criteria import AssetCriteria, AssetSort, DatasetCriteria, DatasetSort
from catalog.listing.datasets import list_datasets
from catalog.listing.indexed import Indexed
from catalog.listing.paging import Window
from catalog.model import Dataset

# Names that begin alike for longer than a number holds, one that ends before, and none, which is then the kind.
NAMES = ("Tree cover loss by country", "Tree cover loss by year", "Tree", None, "Ärger", "木の被覆率の損失", "木の被覆")
SIZE = 4


@pytest.fixture
def shelf(app, given, clock):
    """Datasets and assets of two moments, which many share."""
    alice = given.user("alice")
    for batch in ("tree_cover_loss", "tree_cover_gain"):
        clock.tick()
        given.datasets(
            [f"{batch}_{number}" for number in range(5)],
            owner=alice,
            visibility="public",
            texts={"title": "Tree cover, year by year"},
            assets=[AssetDraft(kind="csv", name=name, uri=f"https://a.example/{name}") for name in NAMES],
        )
    given.dataset("trees", owner=alice, visibility="public", assets=[{"kind": "S3 Bucket"}])
    given.dataset("scratch", owner=alice, visibility="public", is_unnamed=True, assets=[{"kind": "csv"}])
    with app.app_context():
        often = update(Dataset).where(Dataset.id % 3 == 0).values(download_count=Dataset.id % 2)
        db.session.connection(execution_options={WRITES: True}).execute(often)
        db.session.commit()


@pytest.mark.parametrize(
    ("listed", "wanted", "sorts"),
    [
        (list_assets, AssetCriteria(), AssetSort),
        (list_datasets, DatasetCriteria(), DatasetSort),
        (list_datasets, DatasetCriteria(types=("csv",)), DatasetSort),
        (list_datasets, DatasetCriteria(types=("csv",), with_unnamed=True), DatasetSort),
    ],
    ids=["assets", "datasets", "datasets-narrowed", "datasets-unnamed-too"],
)
@pytest.mark.parametrize(("enough", "number"), [(1_000, 1_000), (-1, 1_000), (3, 2)], ids=["whole", "cut", "cut small"])
def test_each_page_is_the_same_by_the_index_and_by_the_database(
    app, shelf, monkeypatch, listed, wanted, sorts, enough, number
):
    def pages(order):
        total = listed(VISITOR, wanted, order, Window(0, 1)).total
        windows = [*(Window(offset, SIZE) for offset in range(0, total + SIZE, SIZE - 1)), Window(2, total - 4)]
        return [[row.id for row in listed(VISITOR, wanted, order, window)] for window in windows]

    orders = [sort.order(is_descending=way) for sort in sorts if sort != "relevance" for way in (False, True)]
    with app.app_context():
        by_database = [pages(order) for order in orders]
        few = ((indexed_module, "SMALL"), (lists_module, "FEW"), (lists_module, "_NEAR"), (indexed_module, "ENOUGH"))
        for module, name in (*few, (stretches, "ENOUGH")):
            monkeypatch.setattr(module, name, enough if name == "ENOUGH" else -1)
        monkeypatch.setattr(stretches, "_NUMBER", number)
        asked = set()
        ordered = Indexed.sorted
        monkeypatch.setattr(Indexed, "sorted", lambda *given: asked.add(given[2]) or ordered(*given))
        for order, expected in zip(orders, by_database, strict=True):
            assert pages(order) == expected
        assert asked == {order for order in orders if order.field}
