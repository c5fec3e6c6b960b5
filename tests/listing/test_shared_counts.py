"""What is counted once for all: after every change what counting anew would give, without counting anew."""

import pytest

from catalog.access import OPERATOR, Viewer
from catalog.changes import datasets, organizations
from catalog.db import db
from catalog.identity import viewer_of
from catalog.listing import indexed as indexed_module
from catalog.listing import shared_counts
from catalog.listing.criteria import AssetCriteria, DatasetCriteria
from catalog.listing.indexed import indexed
from catalog.listing.paging import Window
from catalog.listing.queries import Criteria
from catalog.listing.shared_counts import Values
from catalog.model import Dataset, Organization, User, Visibility
from tests.support.groups import EITHER

pytestmark = EITHER
TELLING = Values({name: f"facet.{name}" for name in ("tag", "visibility", "organization", "format")}, 50)


@pytest.fixture
def counted(app, given, monkeypatch):
    """Says what is counted for a visitor and for Alice, and by how many questions that took more than the changed."""
    monkeypatch.setattr(indexed_module, "SMALL", -1)
    alice, bob = given.user("alice"), given.user("bob")
    team = given.organization("team", members={alice: "editor"})
    csv = [{"kind": "csv", "format": "CSV", "uri": "https://example.org/a.csv"}]
    for slug, visibility in {"parks": "public", "woods": "internal", "lakes": "private", "roads": "public"}.items():
        given.dataset(slug, owner=bob, organization=team, visibility=visibility, tags=["green", slug], assets=csv)
    asked: list[object] = []
    whole = Values.of

    def of(self, searcher, query):
        asked.append(query)
        return whole(self, searcher, query)

    monkeypatch.setattr(Values, "of", of)

    def count(*lists: Criteria) -> tuple[list, int]:
        asked.clear()
        told = [
            {name: dict(values) for name, values in indexed(viewer, wanted)._tell(wanted, TELLING).items()}
            for viewer in _viewers()
            for wanted in lists or (DatasetCriteria(), AssetCriteria(), DatasetCriteria(tags=("green",)))
        ]
        return told, len(asked)

    with app.app_context():
        yield count


def _viewers() -> list[Viewer]:
    return [Viewer(), viewer_of(db.session.scalars(db.select(User).filter_by(handle="alice")).one())]


def _called(slug: str) -> Dataset:
    return db.session.scalars(db.select(Dataset).filter_by(slug=slug)).one()


CHANGES = {
    "closed": lambda: datasets.set_visibility(OPERATOR, _called("parks"), Visibility.PRIVATE),
    "opened": lambda: datasets.set_visibility(OPERATOR, _called("lakes"), Visibility.PUBLIC),
    "opened more": lambda: datasets.set_visibility(OPERATOR, _called("woods"), Visibility.PUBLIC),
    "withdrawn": lambda: datasets.withdraw(OPERATOR, _called("parks")),
    "taken from the team": lambda: datasets.transfer(OPERATOR, _called("parks"), organization=None),
    "the team retitled": lambda: organizations.revise(
        OPERATOR, db.session.scalars(db.select(Organization)).one(), title="Another", description=None
    ),
    "nothing": lambda: None,
}


@pytest.mark.parametrize("what", CHANGES)
def test_numbers_are_moved_by_what_changed(app, counted, what):
    before, first = counted()
    CHANGES[what]()
    db.session.commit()
    moved, _ = counted()
    app.extensions["catalog_shared_counts"].clear()
    afresh, again = counted()
    assert moved == afresh
    assert (moved != before) is (what not in ("nothing", "the team retitled"))
    assert first == again


def test_what_is_open_is_counted_once_for_all_until_it_changes(counted):
    _, first = counted()
    _, again = counted()
    assert (first, again) == (9, 0)  # three lists: what else reaches Alice, the public and the internal, 3 each


def test_more_changes_than_are_looked_at_are_counted_anew(app, counted, monkeypatch):
    counted()
    monkeypatch.setattr(shared_counts, "_MOST_CHANGED", 1)
    for slug in ("parks", "roads"):
        datasets.set_visibility(OPERATOR, _called(slug), Visibility.PRIVATE)
    db.session.commit()
    moved, _ = counted()
    app.extensions["catalog_shared_counts"].clear()
    assert counted()[0] == moved


SEARCHES = (DatasetCriteria(text="green"), DatasetCriteria(text="park team"), AssetCriteria(text="csv green"))


def _found() -> list[tuple[list[int], int]]:
    """The best matches of each search for each viewer, and how many there are."""
    asked = [(indexed(viewer, wanted), wanted) for viewer in _viewers() for wanted in SEARCHES]
    return [(index.ranked(wanted, Window(0, 9), 9), index.count(wanted)) for index, wanted in asked]


def test_few_are_found_and_told_at_once_as_they_are_in_parts(counted, monkeypatch):
    few = indexed_module._FEW_TOLD
    for change in CHANGES.values():
        monkeypatch.setattr(indexed_module, "_FEW_TOLD", few)
        (at_once, number), found_at_once = counted(*SEARCHES), _found()
        assert found_at_once == _found()
        monkeypatch.setattr(indexed_module, "_FEW_TOLD", -1)
        (in_parts, of_parts), found_in_parts = counted(*SEARCHES), _found()
        assert (at_once, found_at_once) == (in_parts, found_in_parts)
        assert number == 2 * len(SEARCHES) < of_parts
        change()
        db.session.commit()
