"""What is put into words once for all viewers of a kind shows each of them what is theirs, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import select

from catalog.access import OPERATOR, STRANGER, VISITOR, Viewer, visible_datasets
from catalog.db import db
from catalog.identity import viewer_of
from catalog.listing import lists as lists_module
from catalog.listing import prepared
from catalog.listing.criteria import AssetSort, DatasetSort
from catalog.listing.lists import ASSETS, DATASETS
from catalog.listing.paging import Window
from catalog.listing.prepared import rows_of
from catalog.model import Dataset, User
from tests.conftest import rolled_back
from tests.support.profiles import times
from tests.support.stage import Stage
from tests.support.worlds import worlds

ORDERS = {DATASETS: (DatasetSort.CREATED, DatasetSort.NAME), ASSETS: (AssetSort.CREATED, AssetSort.UPDATED)}
WINDOWS = (Window(0, 3), Window(2, 2), Window(1, 100), Window(50, 5))


def pages(viewer):
    """The ids on pages of everything, of datasets and of assets, in orders that the database has ready."""
    found = {}
    for listed, sorts in ORDERS.items():
        total = listed.count(viewer, listed.everything)
        for order in (sort.order(is_descending=down) for sort in sorts for down in (False, True)):
            for window in WINDOWS:
                page = listed.page(viewer, listed.everything, order, window, total, ())
                found[listed.form.noun, order.column.key, order.is_descending, window] = [row.id for row in page]
    return found


def plainly(viewer):
    """The same as the database puts it in order for this viewer alone."""
    found = {}
    for listed, sorts in ORDERS.items():
        everything = listed.narrowed(viewer, listed.everything)
        for order in (sort.order(is_descending=down) for sort in sorts for down in (False, True)):
            ids = db.session.scalars(everything.with_only_columns(order.key).order_by(*order.clauses)).all()
            for window in WINDOWS:
                those = list(ids[window.offset : window.offset + window.limit])
                found[listed.form.noun, order.column.key, order.is_descending, window] = those
    return found


@pytest.mark.parametrize("most", [1, 20])
def test_everybody_is_shown_the_pages_that_are_theirs(shared_app, most):
    """However many organizations are put into words alike; who belongs to more is asked for alone."""

    @times(1)
    @drawn(st.data())
    def claim(data):
        world = data.draw(worlds())
        with rolled_back(shared_app), pytest.MonkeyPatch.context() as patch:
            Stage(shared_app, world)
            patch.setattr(lists_module, "FEW", -1)
            patch.setattr(prepared, "_MOST_ORGANIZATIONS", most)
            with shared_app.app_context():
                users = [viewer_of(user) for user in db.session.scalars(select(User))]
                opened = [Viewer(opened=one) for one in db.session.scalars(select(Dataset.public_id).limit(2))]
                for viewer in (VISITOR, STRANGER, OPERATOR, *opened, *users, *(replace(one) for one in users)):
                    assert pages(viewer) == plainly(viewer)

    claim()


def walk(viewer, slug):
    return visible_datasets(viewer).where(Dataset.slug == slug).with_only_columns(Dataset.id)


def test_it_is_put_into_words_once_for_all_of_a_kind(app, given):
    people = given.user("alice"), given.user("carol")
    given.dataset("parks", owner=people[0])
    put = []

    def told(viewer, slug):
        put.append(viewer)
        return walk(viewer, slug)

    with app.app_context():
        alice, carol = (viewer_of(db.session.get(User, one.id)) for one in people)
        shown = [len(rows_of(told, viewer, "parks")) for viewer in (alice, carol, alice, VISITOR, STRANGER)]
    assert shown == [1, 0, 1, 0, 0]
    assert len(put) == 3, "once for users of no organization, for visitors, and for visitors who are shown nothing"
    assert not any(isinstance(viewer.user_id, int) for viewer in put), "no viewer's own id is kept for others"


def test_a_member_of_very_many_organizations_sees_what_is_theirs(app, given):
    owner, member = given.user("alice"), given.user("carol")
    for number in range(25):
        organization = given.organization(f"org-{number}", members={member: "viewer"})
        given.dataset(f"set-{number}", owner=owner, organization=organization)
    with app.app_context():
        carol = viewer_of(db.session.get(User, member.id))
        assert len(carol.roles) == 25
        assert [len(rows_of(walk, carol, f"set-{number}")) for number in range(25)] == [1] * 25
