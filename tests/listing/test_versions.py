"""Every page of the rows of the org dialect is the same, whether they are few or many."""

import pytest

from catalog.access import Viewer
from catalog.listing import indexed, versions
from catalog.listing.by_publisher import find_stretch
from catalog.listing.paging import Window
from catalog.listing.publishers import get_publisher
from catalog.listing.version_facets import list_row_facets
from catalog.listing.versions import VersionCriteria, VersionSort, list_versions

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
        monkeypatch.setattr(versions, "SMALL", -1)
        assert [pages(*order) for order in orders] == few
        assert list_row_facets(viewer, wanted) == facets
        assert {total for total, _ in few} == {few[0][0]} != {0}


def test_all_rows_are_counted_where_not_every_number_of_versions_is_told_apart(app, publisher, monkeypatch):
    alice, acme = publisher
    with app.app_context():
        viewer = Viewer(user_id=alice.id, handle="alice", roles={acme.id: "editor"})
        wanted = VersionCriteria(publisher=get_publisher(viewer, "acme"), with_public=True)
        counted = versions.count_rows(viewer, wanted)
        monkeypatch.setattr(indexed, "SMALL", -1)
        monkeypatch.setattr(versions, "SMALL", -1)
        monkeypatch.setattr("catalog.listing.every_row.SOME_VALUES", 1)
        assert versions.count_rows(viewer, wanted) == counted > 0


@pytest.fixture
def namesakes(given):
    """Parties whose keys are beginnings of each other, with datasets of several versions and of none; by their keys."""
    users = {handle: given.user(handle) for handle in ("ma", "mapper", "map-maker", "zoe")}
    zoe = users["zoe"]
    members = {"map": {zoe: "editor"}, "map-makers": {}, "mappers": {users["ma"]: "viewer"}, "map-": {}, "empty": {}}
    organizations = {key: given.organization(key, members=some) for key, some in members.items()}
    places = [*((user, None) for user in users.values()), *((zoe, organizations[key]) for key in list(members)[:-1])]
    for number in range(24):
        owner, organization = places[number * 5 % len(places)]
        given.dataset(
            f"{('a', 'z-last', 'm_', '0')[number % 4]}-{number}",
            owner=owner,
            organization=organization,
            visibility=("public", "internal", "private")[number % 3],
            is_unnamed=number % 13 == 12,
            shared_with=[users["ma"]] if number % 5 == 0 and owner is zoe else [],
            versions=[f"{n}.0" for n in range((3, 0, 1, 2)[number // 2 % 4])],
        )
    return users, organizations


def _viewers(users, organizations):
    """Somebody of an organization, others of another or of none, and whoever runs the instance."""
    roles = {"zoe": {organizations["map"].id: "editor"}, "ma": {organizations["mappers"].id: "viewer"}}
    for handle, user in users.items():
        yield Viewer(user_id=user.id, handle=handle, roles=roles.get(handle, {}))
    yield Viewer(user_id=users["mapper"].id, handle="mapper", roles={}, is_admin=True)


@pytest.mark.parametrize("key", ["map", "ma"])
def test_by_name_a_page_is_looked_for_near_its_publishers_alone(app, namesakes, monkeypatch, key):
    with app.app_context():
        viewers = list(_viewers(*namesakes))

        def rows(viewer, way, window):
            wanted = VersionCriteria(publisher=get_publisher(viewer, key), with_public=True)
            page = list_versions(viewer, wanted, VersionSort.NAME, is_descending=way, window=window)
            return [(row.dataset.full_name, row.version and row.version.label) for row in page], page.total

        orders = [(viewer, way) for viewer in viewers for way in (False, True)]
        whole = [rows(viewer, way, Window(0, 1_000)) for viewer, way in orders]
        cut = []

        def noting(*asked, **more):
            cut.append(find_stretch(*asked, **more))
            return cut[-1]

        monkeypatch.setattr(versions, "MANY", -1)
        monkeypatch.setattr(indexed, "SMALL", -1)
        monkeypatch.setattr(versions, "SMALL", -1)
        monkeypatch.setattr(versions, "find_stretch", noting)
        for (viewer, way), (everything, total) in zip(orders, whole, strict=True):
            assert len(everything) == total > 15
            for offset in range(0, total + 2, 2):
                page = rows(viewer, way, Window(offset, 3))
                assert page == (everything[offset : offset + 3], total)
        assert len(cut) > 50
        assert all(cut)
        assert any(stretch.is_of_one for stretch in cut)
        assert any(stretch.user_ids and stretch.organization_ids for stretch in cut)


@pytest.mark.parametrize("bound", ["indexed.ALL_VALUES", "by_publisher._MOST_PUBLISHERS"])
def test_by_name_the_database_sorts_what_the_index_does_not_account_for(app, namesakes, monkeypatch, bound):
    with app.app_context():
        viewer = next(_viewers(*namesakes))
        wanted = VersionCriteria(publisher=get_publisher(viewer, "map"), with_public=True)

        def page():
            found = list_versions(viewer, wanted, VersionSort.NAME, is_descending=True, window=Window(0, 5))
            return [(row.dataset.slug, row.version and row.version.label) for row in found]

        few = page()
        monkeypatch.setattr(versions, "MANY", -1)
        monkeypatch.setattr(indexed, "SMALL", -1)
        monkeypatch.setattr(versions, "SMALL", -1)
        monkeypatch.setattr(f"catalog.listing.{bound}", 1)
        assert page() == few
