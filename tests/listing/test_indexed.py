"""What an index says of a list is what the database says: hits, order, totals, facets and whose they are."""

from datetime import UTC, datetime

import pytest
from hypothesis import given as drawn
from hypothesis import note
from hypothesis import strategies as st

from catalog.access import Ownership, Viewer
from catalog.db import db
from catalog.identity import viewer_of
from catalog.listing import indexed as indexed_module
from catalog.listing import lists as lists_module
from catalog.listing.assets import count_assets, count_assets_by_ownership, list_assets
from catalog.listing.criteria import AssetCriteria, AssetSort, DatasetCriteria, DatasetSort, Period
from catalog.listing.datasets import count_by_ownership, count_datasets, list_datasets
from catalog.listing.facet_kinds import OF_ASSETS, OF_DATASETS
from catalog.listing.facets import count_asset_facets, count_dataset_facets
from catalog.listing.paging import Window
from catalog.model import Asset, User, Visibility
from tests.conftest import rolled_back
from tests.support.profiles import draws
from tests.support.stage import Stage
from tests.support.worlds import worlds

WINDOWS = (Window(1, 3), Window(4, 5), Window(0, 100))


@st.composite
def both_criteria(draw):
    """What a reader may choose, in any combination: of datasets, and of assets."""

    def some(*values):
        return tuple(draw(st.lists(st.sampled_from(values), max_size=2, unique=True))) if draw(st.booleans()) else ()

    def maybe(*values):
        return draw(st.sampled_from((None, None, None, *values)))

    of_holder = {
        "organizations": some("-", "mappers", "forest-watch", "nobody"),
        "owners": some("alice", "bob"),
        "licenses": some("-", "other", "MIT"),
        "visibilities": some(*Visibility),
        "ownership": maybe(*Ownership),
        "with_unnamed": draw(st.booleans()),
        "only_reaching": draw(st.booleans()),
    }
    of_both = {
        "text": draw(st.sampled_from(("", "", "rain", "-rain", "visibility:private", "format:csv", "%"))),
        "formats": some("csv", "parquet", "-", "CSV"),
        "types": some("csv", "service"),
        "years": some(str(datetime.now(UTC).year), "1999"),
        "updated": maybe(Period(since=datetime(2020, 1, 1, tzinfo=UTC))),
    }
    return DatasetCriteria(**of_holder, **of_both), AssetCriteria(
        within=DatasetCriteria(**of_holder),
        **of_both,
        dataset=maybe("set_0", "set_1"),
        version=maybe("latest"),
        asset_type=maybe("csv", "service"),
        uri=maybe("https://files.example/set_0/1"),
        is_latest=maybe(True, False),
        is_default=maybe(True, False),
        only_gfw_known=draw(st.booleans()),
    )


def told(viewer, of_datasets, of_assets, dataset_order, asset_order):
    """Everything that a page says of a list, of datasets and of assets."""
    return (
        [[row.id for row in list_datasets(viewer, of_datasets, dataset_order, window)] for window in WINDOWS],
        [[row.id for row in list_assets(viewer, of_assets, asset_order, window)] for window in WINDOWS],
        count_datasets(viewer, of_datasets),
        count_assets(viewer, of_assets),
        count_by_ownership(viewer, of_datasets),
        count_assets_by_ownership(viewer, of_assets),
        count_dataset_facets(viewer, of_datasets, {facet.name: 3 for facet in OF_DATASETS}),
        count_asset_facets(viewer, of_assets, {facet.name: 3 for facet in OF_ASSETS}),
    )


def orders(sorts):
    """All orders, both ways, but those by relevance, which the database knows nothing of."""
    return st.builds(
        lambda sort, way: sort.order(is_descending=way),
        st.sampled_from([sort for sort in sorts if sort != "relevance"]),
        st.booleans(),
    )


@pytest.mark.long
@draws(4, long=4)
@drawn(st.data())
def test_the_index_and_the_database_say_the_same(shared_app, data):
    world = data.draw(worlds())
    with rolled_back(shared_app):
        Stage(shared_app, world)
        with shared_app.app_context(), pytest.MonkeyPatch.context() as patch:
            people = db.session.scalars(db.select(User)).all()
            for viewer in (Viewer(), *map(viewer_of, people[:3])):
                wanted = *data.draw(both_criteria()), data.draw(orders(DatasetSort)), data.draw(orders(AssetSort))
                note(f"{viewer}: {wanted}")
                patch.setattr(indexed_module, "SMALL", -1)
                by_index = told(viewer, *wanted)
                # As among many rows, which the index puts in order itself.
                patch.setattr(lists_module, "FEW", -1)
                patch.setattr(lists_module, "_NEAR", -1)
                patch.setattr(indexed_module, "_FEW_TOLD", -1)
                assert told(viewer, *wanted) == by_index
                patch.setattr(indexed_module, "present_searcher", lambda form: None)
                assert told(viewer, *wanted) == by_index
                patch.undo()


@pytest.mark.parametrize("at", ["uri", "own page", "the own page of another", "nowhere"])
def test_an_asset_is_found_by_its_exact_address(app, given, monkeypatch, at):
    monkeypatch.setattr(indexed_module, "SMALL", -1)
    assets = [{"kind": "csv", "uri": "https://files.example/a?b=C"}, {"kind": "pdf"}]
    given.dataset("rain", owner=given.user("alice"), visibility="public", assets=assets)
    with app.app_context():
        ids = dict(db.session.execute(db.select(Asset.kind, Asset.uuid)).all())
        wanted, kinds = {
            "uri": (AssetCriteria(uri="https://files.example/a?b=C"), ["csv"]),
            "own page": (AssetCriteria(uri="https://here/1", own_page=ids["pdf"]), ["pdf"]),
            "the own page of another": (AssetCriteria(uri="https://here/1", own_page=ids["csv"]), []),
            "nowhere": (AssetCriteria(uri="https://files.example/a?b=c"), []),
        }[at]
        assert indexed_module.indexed(Viewer(), wanted) is not None
        found = list_assets(Viewer(), wanted, AssetSort.CREATED.order(), Window(0, 9))
        assert [asset.kind for asset in found] == kinds
