"""An import finds its records again, changes what changed, and never takes over what is not its own."""

import pytest

from catalog.changes import datasets
from catalog.changes.drafts import DatasetDraft
from tests.support.given import Thing
from tests.support.importing import asset, record

TREES = record(
    "trees",
    metadata={"title": "Trees", "tags": ["green", "tall"], "license": "CC-BY-4.0"},
    versions=["2024-01-01"],
    assets=[asset("CSV", "https://example.org/trees.csv", fields=[{"name": "height"}])],
)


def test_a_new_record_is_created(importing, held):
    assert importing(TREES).line == "created 1, updated 0, unchanged 0, refused 0"
    stored = held("trees")
    assert (stored["title"], stored["tags"], stored["license_id"]) == ("Trees", ["green", "tall"], "CC-BY-4.0")
    assert [one["uri"] for one in stored["versions"]["2024-01-01"]["assets"]] == ["https://example.org/trees.csv"]


def test_a_second_run_changes_nothing_and_says_so(importing, held, act):
    importing(TREES, record("roads"))
    before, last = held("trees"), act.last()
    assert importing(TREES, record("roads")).line == "created 0, updated 0, unchanged 2, refused 0"
    assert (held("trees"), act.last()) == (before, last)


def test_what_is_written_otherwise_and_says_the_same_is_unchanged(importing, held):
    importing(TREES)
    before = held("trees")
    turned = dict(reversed(TREES.items())) | {"organization": None}
    assert importing(turned).line == "created 0, updated 0, unchanged 1, refused 0"
    assert held("trees") == before


def test_a_record_is_found_again_by_its_source_and_id_whatever_it_is_called(importing, held, slugs):
    importing(TREES)
    renamed = TREES | {"dataset": "woods", "metadata": {"title": "Woods"}}
    assert importing(renamed).line == "created 0, updated 1, unchanged 0, refused 0"
    assert (slugs(), held("trees")["title"]) == (["trees"], "Woods")
    assert importing(renamed).line == "created 0, updated 0, unchanged 1, refused 0"


def test_the_same_id_of_another_source_is_another_record(importing, slugs):
    importing(record("trees", source="city", native_id="1"), record("roads", source="county", native_id="1"))
    assert slugs() == ["roads", "trees"]


def test_a_record_without_an_id_is_found_again_by_its_slug(importing, held):
    importing(record("trees", native_id=None, metadata={"title": "Trees"}))
    again = importing(record("trees", native_id=None, metadata={"title": "Tall trees"}))
    assert again.line == "created 0, updated 1, unchanged 0, refused 0"
    assert held("trees")["title"] == "Tall trees"


def test_a_record_without_a_source_is_found_again_by_its_slug(importing):
    importing({"dataset": "trees"})
    assert importing({"dataset": "trees"}).line == "created 0, updated 0, unchanged 1, refused 0"


def test_an_update_is_journalled_with_what_changed(importing, act, held):
    importing(TREES)
    last, key = act.last(), held("trees")["id"]
    importing(TREES | {"metadata": {"title": "Woods", "tags": ["green", "tall"], "license": "CC-BY-4.0"}})
    assert act.journal(since=last) == [("revise", key, None, {"title": ["Trees", "Woods"]})]


def test_an_update_keeps_what_names_a_thing(importing, held):
    importing(TREES)
    before = held("trees")
    importing(TREES | {"metadata": {"title": "Woods"}, "updated_on": "2024-05-06"})
    after = held("trees")
    assert (after["uuid"], after["id"], after["name"]) == (before["uuid"], before["id"], "trees")
    assert after["versions"] == before["versions"]
    assert after["title"] == "Woods"


def test_an_update_moves_the_moment_of_the_last_change(importing, held, clock):
    importing(TREES)
    at = clock.tick()
    importing(TREES | {"metadata": {"title": "Woods"}})
    assert held("trees")["updated_at"] == at


def test_what_a_record_says_no_longer_is_gone(importing, held):
    importing(TREES)
    importing(record("trees"))
    after = held("trees")
    assert (after["title"], after["tags"], after["license"], after["versions"]) == (None, [], None, {})


# Edited here


def test_a_record_that_was_edited_here_is_kept_and_counted(importing, given, held, act, alice):
    importing(TREES)
    revise(act, held, DatasetDraft(slug="trees", texts={"title": "Mine"}), alice)
    again = importing(TREES | {"metadata": {"title": "Theirs"}})
    assert again.line == "created 0, updated 0, unchanged 0, refused 0, edited here 1"
    assert held("trees")["title"] == "Mine"


def test_overwriting_replaces_what_was_edited_here(importing, held, act, alice):
    importing(TREES)
    revise(act, held, DatasetDraft(slug="trees", texts={"title": "Mine"}), alice)
    assert importing(TREES, with_overwrite=True).line == "created 0, updated 1, unchanged 0, refused 0"
    assert held("trees")["title"] == "Trees"
    assert importing(TREES).line == "created 0, updated 0, unchanged 1, refused 0"


def test_overwriting_leaves_alone_what_nobody_edited(importing):
    importing(TREES)
    assert importing(TREES, with_overwrite=True).line == "created 0, updated 0, unchanged 1, refused 0"


def test_what_only_moved_or_opened_here_was_not_edited(importing, held, act, given):
    bob = given.user("bob")
    importing(TREES)
    act(datasets.rename, thing(held("trees")), "woods")
    act(datasets.transfer, thing(held("woods")), owner=bob)
    again = importing(TREES | {"metadata": {"title": "Tall trees"}})
    assert again.line == "created 0, updated 1, unchanged 0, refused 0"
    assert (held("woods")["title"], held("woods")["owner"]) == ("Tall trees", "bob")


def test_a_dataset_made_here_by_the_same_owner_counts_as_edited_here(importing, given, alice, held):
    given.dataset("trees", owner=alice, title="Mine")
    plain = record("trees", native_id=None, metadata={"title": "Theirs"})
    assert importing(plain).line == "created 0, updated 0, unchanged 0, refused 0, edited here 1"
    assert importing(plain, with_overwrite=True).line == "created 0, updated 1, unchanged 0, refused 0"
    assert importing(plain).line == "created 0, updated 0, unchanged 1, refused 0"
    assert held("trees")["title"] == "Theirs"


# Never taken over


def test_a_taken_slug_is_numbered_for_a_record_with_an_id_which_keeps_it(importing, given, slugs, held):
    given.dataset("trees", owner=given.user("bob"), title="Bob's")
    assert importing(TREES).line == "created 1, updated 0, unchanged 0, refused 0"
    again = importing(TREES | {"metadata": {"title": "Woods"}})
    assert again.line == "created 0, updated 1, unchanged 0, refused 0"
    assert (slugs(), held("trees")["title"], held("trees_2")["title"]) == (["trees", "trees_2"], "Bob's", "Woods")


def test_the_slug_of_another_source_is_numbered_too(importing, slugs, held):
    importing(record("trees", source="city"), record("trees", source="county"))
    again = importing(record("trees", source="county"), record("trees", source="city"))
    assert again.line == "created 0, updated 0, unchanged 2, refused 0"
    assert slugs() == ["trees", "trees_2"]


def test_many_records_that_ask_for_one_slug_are_numbered_in_order(importing, slugs):
    importing(*(record("trees", native_id=str(n)) for n in range(1, 30)))
    assert sorted(slugs(), key=len) == ["trees", *(f"trees_{n}" for n in range(2, 30))]


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (record("trees", source="county", native_id=None), "another source"),
        (record("trees", source="city", native_id="17"), "another record"),
    ],
)
def test_a_record_without_an_id_does_not_take_over_another_record(importing, slugs, first, reason):
    importing(first)
    again = importing(record("trees", native_id=None))
    assert again.line == "created 0, updated 0, unchanged 0, refused 1"
    assert again.said == [
        f"1 trees: refused: the slug “trees” belongs to {reason}, and the record has no id of its own"
    ]
    assert slugs() == ["trees"]


def test_a_record_without_an_id_does_not_take_over_what_another_owns(importing, given, held):
    given.dataset("trees", owner=given.user("bob"), title="Bob's")
    again = importing(record("trees", native_id=None), record("roads", native_id=None))
    assert again.line == "created 1, updated 0, unchanged 0, refused 1"
    assert again.said == [
        "1 trees: refused: the slug “trees” belongs to another owner, and the record has no id of its own"
    ]
    assert held("trees")["title"] == "Bob's"


def test_overwriting_takes_nothing_over_either(importing, given, held):
    given.dataset("trees", owner=given.user("bob"), title="Bob's")
    assert importing(record("trees", native_id=None), with_overwrite=True).report.counts["refused"] == 1
    assert held("trees")["title"] == "Bob's"


def test_the_same_file_for_another_owner_changes_nothing(importing, given, held):
    importing(TREES, record("roads", native_id=None))
    again = importing(TREES, record("roads", native_id=None), owner=given.user("bob"))
    assert again.line == "created 0, updated 0, unchanged 1, refused 1"
    assert (held("trees")["owner"], held("roads")["owner"]) == ("alice", "alice")


def test_an_old_slug_is_not_taken_over(importing, given, act, slugs):
    act(datasets.rename, given.dataset("trees", owner=given.user("bob")), "woods")
    again = importing(record("trees"), record("trees", native_id=None, source="county"))
    assert again.line == "created 1, updated 0, unchanged 0, refused 1"
    assert slugs() == ["trees_2", "woods"]


def test_an_old_slug_leads_to_the_dataset_of_its_record(importing, held, act):
    importing(record("trees", native_id=None, metadata={"title": "Trees"}))
    act(datasets.rename, thing(held("trees")), "woods")
    again = importing(record("trees", native_id=None, metadata={"title": "Tall trees"}))
    assert again.line == "created 0, updated 1, unchanged 0, refused 0"
    assert held("woods")["title"] == "Tall trees"


def test_a_dataset_that_was_renamed_is_not_taken_for_the_record_of_its_new_name(importing, held, act):
    importing(record("trees", native_id=None))
    act(datasets.rename, thing(held("trees")), "woods")
    again = importing(record("trees", native_id=None), record("woods", native_id=None))
    assert again.line == "created 0, updated 0, unchanged 1, refused 1"


def test_a_dataset_in_the_trash_stays_there_and_keeps_its_slug(importing, held, act, slugs):
    importing(TREES)
    act(datasets.withdraw, thing(held("trees")))
    assert importing(TREES).line == "created 0, updated 0, unchanged 1, refused 0"
    importing(TREES | {"metadata": {"title": "Woods"}})
    assert (held("trees")["title"], held("trees")["is_withdrawn"], slugs()) == ("Woods", True, ["trees"])


# Records of one file that are alike


def test_two_records_with_one_id_stay_two_datasets_in_both_runs(importing, slugs):
    pair = (record("oak", native_id="7"), record("elm", native_id="7"))
    assert importing(*pair).line == "created 2, updated 0, unchanged 0, refused 0"
    assert importing(*pair).line == "created 0, updated 0, unchanged 2, refused 0"
    assert slugs() == ["elm", "oak"]


def test_two_records_with_one_id_and_one_slug_stay_two_datasets_in_both_runs(importing, held):
    pair = [record("oak", native_id="7", metadata={"title": title}) for title in ("First", "Second")]
    assert importing(*pair).line == "created 2, updated 0, unchanged 0, refused 0"
    assert importing(*pair).line == "created 0, updated 0, unchanged 2, refused 0"
    assert importing(*reversed(pair)).line == "created 0, updated 0, unchanged 2, refused 0"
    assert [held("oak")["title"], held("oak_2")["title"]] == ["First", "Second"]


def test_one_of_two_records_with_one_id_is_updated_alone(importing, held):
    oak, elm = record("oak", native_id="7"), record("elm", native_id="7")
    importing(oak, elm)
    again = importing(oak, elm | {"metadata": {"title": "Elm"}})
    assert again.line == "created 0, updated 1, unchanged 1, refused 0"
    assert (held("oak")["title"], held("elm")["title"]) == (None, "Elm")


def test_a_record_that_joins_another_of_its_id_is_new(importing, slugs):
    oak, elm = record("oak", native_id="7"), record("elm", native_id="7")
    importing(oak)
    assert importing(elm, oak).line == "created 1, updated 0, unchanged 1, refused 0"
    assert importing(elm, oak).line == "created 0, updated 0, unchanged 2, refused 0"
    assert slugs() == ["elm", "oak"]


def test_the_same_line_twice_is_one_dataset(importing, slugs):
    plain = record("roads", native_id=None)
    assert importing(TREES, TREES, plain, plain).line == "created 2, updated 0, unchanged 2, refused 0"
    assert slugs() == ["roads", "trees"]


def test_a_later_record_of_one_name_and_no_id_is_refused_in_both_runs(importing, held):
    pair = [record("oak", native_id=None, metadata={"title": title}) for title in ("First", "Second")]
    run = importing(*pair)
    assert run.line == "created 1, updated 0, unchanged 0, refused 1"
    assert run.said == [
        "2 oak: refused: an earlier record of this import is called “oak”, and this one has no id of its own"
    ]
    assert importing(*pair).line == "created 0, updated 0, unchanged 1, refused 1"
    assert held("oak")["title"] == "First"


# Dry runs


def test_a_dry_run_says_what_would_happen_and_changes_nothing(importing, slugs, act, held, publishers):
    importing(TREES)
    before, last = held("trees"), act.last()
    records = (TREES | {"metadata": {"title": "Woods"}}, record("roads", organization="City"), b"[]")
    run = importing(*records, is_dry_run=True, is_by_record=True)
    assert run.line == "created 1, updated 1, unchanged 0, refused 1"
    assert (slugs(), held("trees"), act.last(), publishers()) == (["trees"], before, last, {})
    assert importing(*records, is_by_record=True).line == run.line


@pytest.mark.parametrize("together", [1, 2, 1000])
def test_a_dry_run_knows_what_its_own_records_would_do(importing, monkeypatch, together):
    monkeypatch.setattr("catalog.harvest.importing.BATCH", together)
    records = [
        record("oak", native_id=None, metadata={"title": "First"}),
        record("oak", native_id=None, metadata={"title": "Second"}),
        record("oak", native_id=None, metadata={"title": "First"}),
        record("elm", native_id="7", metadata={"title": "First"}),
        record("elm", native_id="7", metadata={"title": "Second"}),
        record("elm", native_id="7", metadata={"title": "First"}),
    ]
    rehearsed = importing(*records, is_dry_run=True).line
    assert rehearsed == importing(*records).line == "created 3, updated 0, unchanged 2, refused 1"


def revise(act, held, draft, by):
    act(datasets.revise, thing(held(draft.slug)), draft, by=by)


def thing(stored):
    return Thing(stored["id"], "", "", stored["uuid"])
