"""Every page of the rows of the org dialect is the same, whether they are few or many."""

import pytest

from catalog.access import Viewer
from catalog.listing import indexed, versions
from catalog.listing.paging import Window
from catalog.listing.version_facets import list_row_facets
from catalog.listing.versions import VersionCriteria, VersionSort, get_publisher, list_versions

NUMBERS = (None, 5, 5, 70, None)


@pytest.fixture
def publisher(given, clock):
    """Datasets of three moments with two versions, one or none, some of which say how large they are."""
    alice, bob = given.user("alice"), given.user("bob")
    acme = given.organization("acme", members={alice: "editor"})
    for number in range(12):
        if number % 4 == 0:
            clock.tick()
        given.dataset(
            f"trees_{number}",
            owner=alice if number % 3 else bob,
            organization=acme if number % 2 else None,
            visibility=("public", "internal", "private")[number % 3],
            license=("CC-BY-4.0", "Ask first.", "Long terms. " * 20)[number % 3],
            tags=["green", f"tag {number % 5}"],
            versions=[_version(number, n) for n in range(number % 3)],
        )
    return alice, acme


def _version(number, n):
    return {
        "label": f"{n}",
        "row_count": NUMBERS[(number + n) % 5],
        "file_size_bytes": NUMBERS[(number + n) % 4],
        "task_categories": ["ranking"] if number > 5 else [],
    }


@pytest.mark.parametrize("with_public", [True, False])
def test_each_page_is_the_same_among_few_rows_and_among_many(app, publisher, monkeypatch, with_public):
    alice, acme = publisher
    with app.app_context():
        viewer = Viewer(user_id=alice.id, handle="alice", roles={acme.id: "editor"})
        wanted = VersionCriteria(publisher=get_publisher(viewer, "acme"), with_public=with_public)

        def pages(sort, way):
            asked = (viewer, wanted, sort)
            total = list_versions(*asked, is_descending=way, window=Window(0, 1)).total
            windows = [Window(offset, 3) for offset in range(0, total + 3, 2)]
            found = [list_versions(*asked, is_descending=way, window=window) for window in windows]
            return total, [[(row.dataset.slug, row.version and row.version.label) for row in page] for page in found]

        facets = list_row_facets(viewer, wanted)
        orders = [(sort, way) for sort in VersionSort for way in (False, True)]
        few = [pages(*order) for order in orders]
        monkeypatch.setattr(versions, "MANY", -1)
        monkeypatch.setattr(indexed, "SMALL", -1)
        assert [pages(*order) for order in orders] == few
        assert list_row_facets(viewer, wanted) == facets
        assert {total for total, _ in few} == {few[0][0]} != {0}
