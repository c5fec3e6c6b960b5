"""`catalog index` and `catalog check` say how the index is, and make it."""

from tests.support.given import Given
from tests.support.groups import ON_SQLITE


@ON_SQLITE
def test_status_rebuild_and_check_tell_of_both_indexes(store):
    alice = Given(store.app).user("alice")
    Given(store.app).dataset("rain", owner=alice, assets=[{"kind": "csv"}, {"kind": "pdf"}, {"kind": "zip"}])
    Given(store.app).dataset("roads", owner=alice)
    before = store.run("index", "status")
    assert before.returncode == 1
    assert lines(before)[::3] == ["datasets: 0", "assets: 0"]
    assert lines(before)[2::3] == ["  folder: none yet"] * 2
    assert lines(store.run("index", "rebuild")) == ["The index holds 2 datasets.", "The index holds 3 assets."]
    after = store.run("index", "status")
    assert (after.returncode, lines(after)[::3]) == (0, ["datasets: 2", "assets: 3"])
    checked = lines(store.run("check"))
    assert "ok    search index of datasets: holds every change, 2 datasets" in checked
    assert "ok    search index of assets: holds every change, 3 assets" in checked
    Given(store.app).datasets(["trees"], owner=Given(store.app).user("bob"))
    behind = [line for line in lines(store.run("check")) if "changes behind: it follows with the next search" in line]
    assert len(behind) == 2


@ON_SQLITE
def test_an_import_leaves_both_indexes_at_the_last_change(store, tmp_path):
    Given(store.app).user("alice", is_admin=True)
    file = tmp_path / "records.jsonl"
    file.write_text('{"dataset": "rain", "assets": [{"asset_type": "csv"}, {"asset_type": "pdf"}]}\n')
    assert store.run("import", str(file)).returncode == 0
    status = store.run("index", "status")
    assert (status.returncode, lines(status)[::3]) == (0, ["datasets: 1", "assets: 2"])


def lines(run):
    """What a command printed."""
    return run.stdout.decode().splitlines()
