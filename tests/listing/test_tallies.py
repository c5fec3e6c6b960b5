"""The totals that the database keeps are what counting says, whatever happened and whoever asks."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from catalog.access import VISITOR, visible_datasets
from catalog.db import db
from catalog.identity import viewer_of
from catalog.listing.criteria import DatasetCriteria
from catalog.listing.lists import tally_ownership
from catalog.listing.narrowing import narrow_datasets
from catalog.listing.paging import count
from catalog.listing.tallies import count_listed, count_listed_by_ownership, differences
from catalog.model import Dataset, Listed, User, Visibility
from tests.conftest import rolled_back
from tests.support.profiles import times
from tests.support.stage import Stage
from tests.support.worlds import changes, worlds


def everything(viewer):
    """Every named dataset that `viewer` may see."""
    return narrow_datasets(visible_datasets(viewer), viewer, DatasetCriteria())


def counted(viewer):
    """How many datasets are found for `viewer`, one by one."""
    return count(everything(viewer).with_only_columns(Dataset.id))


def numbers():
    """What is kept, by visibility."""
    return dict(db.session.execute(select(Listed.visibility, Listed.number)).all())


@times(2)
@given(st.data())
def test_everybody_has_the_total_that_counting_gives(shared_app, data):
    world = data.draw(worlds())
    wanted = data.draw(changes(world))
    with rolled_back(shared_app):
        stage = Stage(shared_app, world)
        for change in wanted:
            stage.attempt(change)
        with shared_app.app_context():
            assert differences() == []
            viewers = [VISITOR, *(viewer_of(user) for user in db.session.scalars(select(User)))]
            for viewer in viewers:
                assert count_listed(viewer) == counted(viewer)
                assert count_listed_by_ownership(viewer) == tally_ownership(viewer, everything(viewer))


def test_many_at_once_are_kept_too(app, given):
    """What is added, changed and removed by one statement; a transaction that is undone leaves no number."""
    owner = given.user("alice")
    given.datasets([f"set_{n}" for n in range(30)], owner=owner, visibility="public")
    with app.app_context():
        db.session.execute(Dataset.__table__.update().where(Dataset.id % 3 == 0).values(visibility="private"))
        assert differences() == []
        db.session.execute(delete(Dataset).where(Dataset.id % 2 == 0))
        assert differences() == []
        assert numbers()[Visibility.PRIVATE] > 0
        db.session.rollback()
        assert numbers() == {Visibility.PUBLIC: 30, Visibility.INTERNAL: 0, Visibility.PRIVATE: 0}


def test_the_check_tells_of_a_number_that_is_wrong(app):
    with app.app_context():
        db.session.execute(Listed.__table__.update().where(Listed.visibility == "public").values(number=7))
        assert differences() == ["7 public datasets are kept, 0 are there"]
        db.session.rollback()


def test_the_check_tells_of_downloads_that_are_not_those_of_the_versions(app, given):
    owner = given.user("alice")
    for slug in ("trees", "rain", "roads"):
        given.downloads(given.dataset(slug, owner=owner, versions=["1.0", "2.0"]), 1, 2)
    with app.app_context():
        assert differences() == []
        db.session.execute(Dataset.__table__.update().where(Dataset.slug != "roads").values(download_count=9))
        assert differences() == ["9 downloads are kept of trees, its versions have 3; wrong in 2 datasets"]
        db.session.rollback()
