"""Where imported datasets go: owner, organization and visibility, set once."""

import pytest

from catalog.changes import datasets
from catalog.db import db
from catalog.model import Dataset, Membership, Organization, Visibility
from tests.support.given import Thing
from tests.support.importing import record

LONG = "Office of " + "very " * 60 + "long titles"


def test_new_datasets_are_internal_unless_said_otherwise(importing, held):
    importing(record("trees"))
    importing(record("roads"), visibility="public")
    assert (held("trees")["visibility"], held("roads")["visibility"]) == ("internal", "public")


def test_new_datasets_go_to_the_owner_and_the_organization_that_are_named(importing, given, held):
    importing(record("trees"), owner=given.user("bob"), organization=given.organization("city"))
    assert (held("trees")["owner"], held("trees")["organization"]) == ("bob", "city")


def test_a_dataset_is_called_by_its_owner_as_by_everybody(importing, held):
    importing(record("trees"))
    assert held("trees")["name"] == "trees"


def test_a_name_that_the_owner_gave_already_is_numbered(importing, given, act, alice, held):
    bob = given.user("bob")
    act(datasets.transfer, given.dataset("trees", owner=bob), owner=alice)
    importing(record("trees"))
    assert (held("trees")["name"], held("trees_2")["name"]) == ("trees", "trees_2")


@pytest.mark.parametrize("with_overwrite", [False, True])
def test_later_runs_leave_a_dataset_where_it_is(importing, given, held, with_overwrite):
    importing(record("trees", organization="Parks"), visibility="public", is_by_record=True)
    changed = record("trees", organization="Roads", metadata={"title": "Trees"})
    importing(
        changed,
        owner=given.user("bob"),
        visibility="private",
        organization=given.organization("city"),
        with_overwrite=with_overwrite,
    )
    stored = held("trees")
    assert (stored["owner"], stored["organization"], stored["visibility"]) == ("alice", "parks", "public")
    assert stored["title"] == "Trees"


# Organizations that records name


def test_each_record_goes_to_the_organization_that_it_names(importing, held, publishers):
    importing(record("trees", organization="City of Bonn"), record("roads"), is_by_record=True)
    assert publishers() == {"city-of-bonn": "City of Bonn"}
    assert (held("trees")["organization"], held("roads")["organization"]) == ("city-of-bonn", None)


def test_organizations_are_not_founded_unless_asked(importing, held, publishers):
    importing(record("trees", organization="City of Bonn"))
    assert (publishers(), held("trees")["organization"]) == ({}, None)


def test_titles_that_differ_in_case_alone_are_one_organization(importing, publishers):
    importing(
        record("trees", organization="City of Bonn"), record("roads", organization="CITY OF BONN"), is_by_record=True
    )
    importing(record("rain", organization="city of bonn"), is_by_record=True)
    assert publishers() == {"city-of-bonn": "City of Bonn"}


def test_other_titles_with_the_same_key_are_numbered_and_found_again(importing, held, publishers):
    titles = ["A & B", "A / B", "A B"]
    for _ in range(2):
        importing(*(record(f"set_{n}", organization=title) for n, title in enumerate(titles)), is_by_record=True)
        importing(*(record(f"more_{n}", organization=title) for n, title in enumerate(titles)), is_by_record=True)
    assert publishers() == {"a-b": "A & B", "a-b-2": "A / B", "a-b-3": "A B"}
    assert [held(f"more_{n}")["organization"] for n in range(3)] == ["a-b", "a-b-2", "a-b-3"]


def test_an_organization_of_that_title_and_key_is_the_one(importing, given, held, publishers):
    given.organization("city-of-bonn", title="City of Bonn")
    importing(record("trees", organization="City of Bonn"), is_by_record=True)
    assert (held("trees")["organization"], len(publishers())) == ("city-of-bonn", 1)


def test_an_organization_of_that_title_under_another_key_is_another(importing, given, held):
    given.organization("secret-team", title="City of Bonn")
    importing(record("trees", organization="City of Bonn"), is_by_record=True)
    assert held("trees")["organization"] == "city-of-bonn"


def test_a_key_that_a_person_has_is_numbered(importing, publishers):
    importing(record("trees", organization="Alice"), is_by_record=True)
    assert publishers() == {"alice-2": "Alice"}


def test_a_long_title_is_cut_and_kept_whole_beside(importing, held, app, publishers):
    importing(record("trees", organization=LONG), is_by_record=True)
    importing(record("roads", organization=LONG), is_by_record=True)
    ((key, title),) = publishers().items()
    assert (len(key) <= 39, len(title) <= 200, title[-1]) == (True, True, "…")
    with app.app_context():
        assert db.session.scalars(db.select(Organization.extra)).one() == {"title": LONG}
    assert held("trees")["organization"] == held("roads")["organization"] == key


def test_long_titles_that_begin_alike_are_different_organizations(importing, held):
    importing(
        record("trees", organization=LONG + " one"), record("roads", organization=LONG + " two"), is_by_record=True
    )
    assert held("trees")["organization"] != held("roads")["organization"]


def test_titles_in_other_scripts_have_keys(importing, publishers):
    importing(record("trees", organization="東京都"), record("roads", organization="☃"), is_by_record=True)
    titles = publishers()
    assert sorted(titles.values()) == ["☃", "東京都"]
    assert all(key.isascii() for key in titles)


def test_organizations_of_records_have_no_members(importing, app):
    importing(record("trees", organization="City of Bonn"), is_by_record=True)
    with app.app_context():
        assert db.session.scalars(db.select(Membership)).all() == []


def test_founding_by_a_record_is_journalled(importing, act, app):
    last = act.last()
    importing(record("trees", organization="City of Bonn"), is_by_record=True)
    with app.app_context():
        organization, dataset = db.session.scalar(db.select(Organization.id)), db.session.scalar(db.select(Dataset.id))
    assert act.journal(since=last) == [
        ("found organization", None, None, {"organization_id": organization, "key": [None, "city-of-bonn"]}),
        ("register", dataset, None, {"slug": [None, "trees"], "visibility": [None, "internal"]}),
    ]


def test_what_was_opened_here_stays_open(importing, held, act):
    importing(record("trees"))
    stored = held("trees")
    act(datasets.set_visibility, Thing(stored["id"], "", "", stored["uuid"]), Visibility.PUBLIC)
    importing(record("trees", metadata={"title": "Trees"}), visibility="private")
    assert held("trees")["visibility"] == "public"
