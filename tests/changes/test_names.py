"""Slugs, old slugs, names of storages, and the names of people and organizations."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from catalog.changes import accounts, datasets, organizations, sharing
from catalog.changes.drafts import DatasetDraft
from catalog.changes.naming import free_keys, free_slugs
from catalog.db import db
from catalog.errors import Invalid, NotPermitted, Taken
from catalog.model import Alias, Dataset, Share


def stored(app, thing):
    """Slug and name of a dataset, and the old slugs that lead to it."""
    with app.app_context():
        held = db.session.get_one(Dataset, thing.id)
        old = db.session.scalars(select(Alias.slug).where(Alias.dataset_id == thing.id).order_by(Alias.slug))
        return held.slug, held.name, list(old)


# Slugs


def test_the_old_slug_of_a_dataset_that_is_gone_goes_to_nobody_else(act, app, trees):
    with app.app_context():
        db.session.add(Alias(slug="gone", dataset_id=None, created_at=datetime(2026, 1, 31, tzinfo=UTC)))
        db.session.commit()
    act(datasets.rename, trees, "gone")
    slug, _, _ = stored(app, trees)
    assert slug.startswith("gone")
    assert slug != "gone"


def test_an_old_slug_keeps_leading_to_its_dataset(act, app, trees):
    act(datasets.rename, trees, "woods")
    act(datasets.rename, trees, "forest")
    assert stored(app, trees) == ("forest", "forest", ["trees", "woods"])


def test_a_dataset_takes_its_old_slug_back(act, app, trees):
    act(datasets.rename, trees, "woods")
    act(datasets.rename, trees, "trees")
    assert stored(app, trees) == ("trees", "trees", ["woods"])


def test_renaming_to_the_same_slug_changes_nothing(act, app, trees):
    before = act.last()
    act(datasets.rename, trees, "trees")
    assert (act.last(), stored(app, trees)) == (before, ("trees", "trees", []))


@pytest.mark.parametrize("slug", ["Woods", "wo", "7woods", "wo ods", "latest", "w" * 201, ""])
def test_what_is_no_slug_is_no_name(act, trees, slug):
    with pytest.raises(Invalid) as refused:
        act(datasets.rename, trees, slug)
    assert [fault.loc for fault in refused.value.faults] == [("slug",)]


def test_a_slug_is_taken_by_datasets_old_slugs_and_the_trash(act, given, cast, trees):
    act(datasets.rename, given.dataset("roads", owner=cast.bob), "streets")
    act(datasets.withdraw, given.dataset("rain", owner=cast.bob))
    for slug in ("roads", "streets", "rain"):
        with pytest.raises(Taken):
            act(datasets.rename, trees, slug)


def test_a_slug_that_one_may_know_of_is_taken(act, given, cast, trees):
    act(datasets.rename, given.dataset("roads", owner=cast.bob, visibility="internal"), "streets")
    act(datasets.withdraw, given.dataset("rain", owner=cast.alice))
    given.dataset("snow", owner=cast.bob, shared_with=[cast.alice])
    for slug in ("roads", "streets", "rain", "snow"):
        with pytest.raises(Taken):
            act(datasets.rename, trees, slug, by=cast.alice)


def test_a_slug_of_a_hidden_dataset_is_given_with_an_ending_that_tells_nothing(act, app, given, cast, trees):
    act(datasets.rename, given.dataset("roads", owner=cast.bob), "streets")
    act(datasets.withdraw, given.dataset("rain", owner=cast.bob, visibility="public"))
    former = ["trees"]
    for slug in ("roads", "streets", "rain"):
        got = act(datasets.rename, trees, slug, by=cast.alice)
        assert (got.rpartition("_")[0], stored(app, trees)) == (slug, (got, got, sorted(former)))
        former.append(got)


def test_renaming_gives_back_the_slug(act, trees):
    assert [act(datasets.rename, trees, slug) for slug in ("woods", "woods", "trees")] == ["woods", "woods", "trees"]


def test_registering_under_a_taken_slug_takes_a_random_ending(act, given, cast):
    act(datasets.rename, given.dataset("roads", owner=cast.bob), "streets")
    slugs = [given.dataset(slug, owner=cast.alice).slug for slug in ("roads", "streets")]
    assert [slug.rsplit("_", 1)[0] for slug in slugs] == ["roads", "streets"]
    assert len(set(slugs)) == 2
    assert {"roads", "streets"} & set(slugs) == set()


def test_a_slug_of_any_length_can_be_taken_twice(given, cast):
    first, second = (given.dataset("x" * 200, owner=cast.alice).slug for _ in range(2))
    assert first != second
    assert len(second) <= 200


def test_free_slugs_are_found_among_many(app, given, cast):
    given.datasets([f"trees_{n}" for n in range(2, 400)], owner=cast.alice)
    given.dataset("trees", owner=cast.alice)
    with app.app_context():
        assert free_slugs(["trees", "trees", "roads", "trees_400"]) == [
            "trees_400",
            "trees_401",
            "roads",
            "trees_400_2",
        ]


# Names of storages


def test_an_owner_has_each_name_once(act, app, given, cast):
    first = given.dataset("trees", owner=cast.bob)
    act(datasets.rename, first, "woods")
    act(datasets.rename, first, "oaks")
    second = given.dataset("pines", owner=cast.bob)
    with app.app_context():
        held = db.session.get_one(Dataset, first.id)
        held.name, held.name_folded = "Pines_2", "pines_2"
        db.session.commit()
    act(datasets.rename, second, "pines_2")
    assert stored(app, second)[:2] == ("pines_2", "pines_2_2")


def test_a_name_that_the_new_owner_has_is_numbered(act, app, given, cast):
    roads = given.dataset("roads", owner=cast.bob)
    with app.app_context():
        held = db.session.get_one(Dataset, roads.id)
        held.name, held.name_folded = "TREES", "trees"
        db.session.commit()
    made = given.dataset("trees", owner=cast.alice)
    last = act.last()
    act(datasets.transfer, made, owner=cast.bob)
    assert stored(app, made)[:2] == ("trees", "trees_2")
    assert act.journal(since=last) == [
        ("transfer", made.id, None, {"owner_id": [cast.alice.id, cast.bob.id], "name": ["trees", "trees_2"]})
    ]


def test_unnamed_datasets_stay_unnamed(act, app, given, cast):
    made = given.dataset("scratch", owner=cast.alice, is_unnamed=True)
    assert (made.slug, stored(app, made)[1]) == (f"d_{made.public_id}".lower(), None)
    act(datasets.transfer, made, owner=cast.bob)
    act(datasets.rename, made, "woods")
    assert stored(app, made)[:2] == ("woods", None)


# Handing over


def test_nothing_is_handed_to_a_disabled_account(act, app, cast, trees):
    act(accounts.set_disabled, cast.carol, True)
    with pytest.raises(NotPermitted):
        act(datasets.transfer, trees, owner=cast.carol)


def test_a_new_owner_is_no_longer_shared_with(act, app, cast, trees):
    act(datasets.transfer, trees, owner=cast.bob)
    with app.app_context():
        assert cast.bob.id not in db.session.scalars(select(Share.user_id)).all()
    with pytest.raises(Invalid):
        act(sharing.share, trees, with_=cast.bob)


def test_handing_over_what_is_there_already_changes_nothing(act, cast, trees):
    before = act.last()
    act(datasets.transfer, trees, owner=cast.alice, organization=cast.team)
    assert act.last() == before


# People and organizations


@pytest.mark.parametrize("name", ["Alice", "a", "a" * 40, "al ice", "sign-in", "datasets", "ål", ""])
@pytest.mark.parametrize("verb", [accounts.enrol, organizations.found])
def test_what_is_no_key_is_no_name_of_anybody(act, verb, name):
    with pytest.raises(Invalid):
        act(verb, name)


@pytest.mark.parametrize("verb", [accounts.enrol, organizations.found])
@pytest.mark.parametrize("taken", ["alice", "team"])
def test_people_and_organizations_share_their_names(act, cast, verb, taken):
    with pytest.raises(Taken):
        act(verb, taken)


def test_free_keys_are_found_beside_people_and_organizations(app, cast):
    with app.app_context():
        assert free_keys(["alice", "team", "team", "alice-2"]) == ["alice-2", "team-2", "team-3", "alice-2-2"]


def test_an_e_mail_address_belongs_to_one_account(act):
    act(accounts.enrol, "dora", email="Dora@Example.org")
    with pytest.raises(Taken):
        act(accounts.enrol, "doris", email="dora@example.ORG")


def test_a_draft_that_asks_for_nothing_usable_still_has_a_slug(act, cast):
    assert act(datasets.register, DatasetDraft(slug="///"), owner_id=cast.alice.id).slug == "dataset"
