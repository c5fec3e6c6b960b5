"""What stays itself when a record comes again: versions with their names, assets with their addresses."""

import pytest

from catalog.changes.settling import FIRST
from tests.support.importing import asset, record

CSV = asset("CSV", "https://example.org/a.csv", name="A")
ZIP = asset("ZIP", "https://example.org/a.zip", name="Z")


def uuids(stored, label):
    return [one["uuid"] for one in stored["versions"][label]["assets"]]


def test_a_version_keeps_its_names_when_others_come(importing, held):
    importing(record("trees", versions=["Release 55"]))
    importing(record("trees", versions=["Release 55", "55", "Release 54"]))
    versions = held("trees")["versions"]
    assert {label: one["names"] for label, one in versions.items()} == {
        "Release 54": ("v54", "54.0.0"),
        "Release 55": ("v55", "55.0.0"),
        "55": ("v56", "55.0.1"),
    }


def test_a_version_keeps_its_uuid_and_one_that_is_named_no_longer_is_gone(importing, held):
    importing(record("trees", versions=["1.0", "2.0"]))
    before = held("trees")["versions"]
    importing(record("trees", versions=["2.0", "3.0"]))
    after = held("trees")["versions"]
    assert (list(after), after["2.0"]["uuid"]) == (["2.0", "3.0"], before["2.0"]["uuid"])


def test_a_new_version_may_take_the_names_of_one_that_is_gone(importing, held):
    importing(record("trees", versions=["1.0"]))
    importing(record("trees", versions=["v1.0.0"]))
    assert {label: one["names"] for label, one in held("trees")["versions"].items()} == {"v1.0.0": ("v1.0.0", "1.0.0")}


def test_the_latest_moves_to_a_higher_version(importing, held):
    importing(record("trees", versions=["1.0"]))
    importing(record("trees", versions=["1.0", "2.0"]))
    assert {label: one["is_latest"] for label, one in held("trees")["versions"].items()} == {"1.0": False, "2.0": True}


@pytest.mark.parametrize(
    "changed",
    [
        CSV | {"description": "Better"},
        CSV | {"fields": [{"name": "height"}]},
        CSV | {"asset_uri": "https://example.org/moved.csv"},
        CSV | {"name": "Another name"},
        CSV | {"asset_type": "Comma separated values"},
    ],
)
def test_an_asset_that_is_described_otherwise_stays_itself(importing, held, changed):
    importing(record("trees", assets=[CSV, ZIP]))
    before = held("trees")
    assert importing(record("trees", assets=[changed, ZIP])).line == "created 0, updated 1, unchanged 0, refused 0"
    assert uuids(held("trees"), FIRST) == uuids(before, FIRST)


def test_assets_come_and_go_around_one_that_stays(importing, held):
    importing(record("trees", assets=[CSV, ZIP]))
    kept = uuids(held("trees"), FIRST)[1]
    importing(record("trees", assets=[asset("PDF", "https://example.org/a.pdf"), ZIP]))
    after = held("trees")["versions"][FIRST]["assets"]
    assert [(one["kind"], one["uuid"] == kept) for one in after] == [("ZIP", True), ("PDF", False)]


def test_alike_assets_are_told_apart_by_their_order(importing, held):
    alike = [asset("CSV", description=text) for text in ("one", "two", "three")]
    importing(record("trees", assets=alike))
    before = uuids(held("trees"), FIRST)
    importing(record("trees", assets=alike[:2]))
    assert uuids(held("trees"), FIRST) == before[:2]


def test_an_asset_that_moves_to_another_version_stays_itself(importing, held):
    importing(record("trees", assets=[CSV]))
    before = uuids(held("trees"), FIRST)
    importing(record("trees", versions=["2024"], assets=[CSV]))
    after = held("trees")
    assert (list(after["versions"]), uuids(after, "2024")) == (["2024"], before)


def test_moving_an_asset_is_journalled(importing, held, act):
    importing(record("trees", versions=["1.0", "2.0"], assets=[CSV | {"version": "1.0"}]))
    last, (uuid,) = act.last(), uuids(held("trees"), "1.0")
    importing(record("trees", versions=["1.0", "2.0"], assets=[CSV | {"version": "2.0"}]))
    ((verb, _, _, what),) = act.journal(since=last)
    assert (verb, what[f"asset {uuid}: version"]) == ("revise", ["1.0", "2.0"])


def test_coming_and_going_is_journalled(importing, act):
    importing(record("trees", assets=[CSV]))
    last = act.last()
    importing(record("trees", assets=[ZIP]))
    ((verb, _, _, what),) = act.journal(since=last)
    assert (verb, what[f"version {FIRST}: assets"]) == (
        "revise",
        [["CSV https://example.org/a.csv"], ["ZIP https://example.org/a.zip"]],
    )


def test_the_default_moves_with_what_the_record_says(importing, held):
    importing(record("trees", assets=[CSV, ZIP]))
    before = [one["is_default"] for one in held("trees")["versions"][FIRST]["assets"]]
    importing(record("trees", assets=[CSV, ZIP | {"is_default": True}]))
    after = [one["is_default"] for one in held("trees")["versions"][FIRST]["assets"]]
    assert (before, after) == ([True, False], [False, True])


def test_new_data_is_fresh_and_new_words_are_not(importing, held, clock):
    importing(record("trees", assets=[CSV]))
    begun = clock.moment
    clock.tick()
    importing(record("trees", assets=[CSV], metadata={"title": "Trees"}))
    assert held("trees")["data_updated_at"] == begun
    at = clock.tick()
    importing(record("trees", assets=[CSV, ZIP], metadata={"title": "Trees"}))
    assert held("trees")["data_updated_at"] == at
