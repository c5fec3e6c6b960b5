"""What the index says of a list is what the database says: hits, totals, facets and whose they are."""

from datetime import UTC, datetime

import pytest
from hypothesis import given as drawn
from hypothesis import note
from hypothesis import strategies as st

from catalog.access import Ownership, Viewer
from catalog.db import db
from catalog.identity import viewer_of
from catalog.listing import indexed as indexed_module
from catalog.listing.criteria import DatasetCriteria, DatasetSort, Period
from catalog.listing.datasets import count_by_ownership, count_datasets, list_datasets
from catalog.listing.facets import OF_DATASETS, count_dataset_facets
from catalog.listing.paging import Window
from catalog.model import User, Visibility
from tests.conftest import rolled_back
from tests.support.profiles import draws
from tests.support.stage import Stage
from tests.support.worlds import worlds

LIMITS = {facet.name: 3 for facet in OF_DATASETS}


@st.composite
def criteria(draw, world):
    """What a reader may choose, in any combination."""

    def some(*values):
        return tuple(draw(st.lists(st.sampled_from(values), max_size=2, unique=True))) if draw(st.booleans()) else ()

    return DatasetCriteria(
        text=draw(st.sampled_from(("", "", "rain", "-rain", "visibility:private", "%"))),
        organizations=some("-", "mappers", "forest-watch", "nobody"),
        owners=some("alice", "bob"),
        formats=some("csv", "parquet", "-", "CSV"),
        types=some("csv", "service"),
        licenses=some("-", "other", "MIT"),
        years=some(str(datetime.now(UTC).year), "1999"),
        visibilities=some(*Visibility),
        ownership=draw(st.sampled_from((None, None, *Ownership))),
        updated=draw(st.sampled_from((None, None, Period(since=datetime(2020, 1, 1, tzinfo=UTC))))),
        with_unnamed=draw(st.booleans()),
        only_reaching=draw(st.booleans()),
    )


def told(viewer, wanted):
    """Everything that a page says of a list."""
    orders = [sort.order(is_descending=way) for sort in DatasetSort if sort != "relevance" for way in (False, True)]
    pages = [[one.slug for one in list_datasets(viewer, wanted, order, Window(1, 3))] for order in orders]
    facets = count_dataset_facets(viewer, wanted, LIMITS)
    return pages, count_datasets(viewer, wanted), count_by_ownership(viewer, wanted), facets


@pytest.mark.long
@draws(4, long=4)
@drawn(st.data())
def test_the_index_and_the_database_say_the_same(shared_app, data):
    world = data.draw(worlds())
    with rolled_back(shared_app):
        stage = Stage(shared_app, world)
        with shared_app.app_context(), pytest.MonkeyPatch.context() as patch:
            people = db.session.scalars(db.select(User)).all()
            for viewer in (Viewer(), *map(viewer_of, people[:3])):
                wanted = data.draw(criteria(stage.world))
                note(f"{viewer}: {wanted}")
                patch.setattr(indexed_module, "SMALL", -1)
                by_index = told(viewer, wanted)
                patch.setattr(indexed_module, "present_searcher", lambda: None)
                assert told(viewer, wanted) == by_index
                patch.undo()
