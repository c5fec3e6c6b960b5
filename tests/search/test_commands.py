"""`catalog index` and `catalog check` say how the index is, and make it."""

import re

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from catalog.cli import catalog
from catalog.db import db
from tests.support.given import Given
from tests.support.groups import ON_SQLITE


@pytest.fixture
def run(store):
    """Runs a command in this process."""

    def run(*words):
        return CliRunner().invoke(catalog, words, env=store.environment(), prog_name="catalog")

    return run


@ON_SQLITE
def test_status_rebuild_and_check_tell_of_both_indexes(store, run):
    alice = Given(store.app).user("alice")
    Given(store.app).dataset("rain", owner=alice, assets=[{"kind": "csv"}, {"kind": "pdf"}, {"kind": "zip"}])
    Given(store.app).dataset("roads", owner=alice)
    before = run("index", "status")
    assert before.exit_code == 1
    assert lines(before)[::3] == ["datasets: 0", "assets: 0"]
    assert lines(before)[2::3] == ["  folder: none yet"] * 2
    assert lines(run("index", "rebuild")) == ["The index holds 2 datasets.", "The index holds 3 assets."]
    after = run("index", "status")
    assert (after.exit_code, lines(after)[::3]) == (0, ["datasets: 2", "assets: 3"])
    checked = lines(run("check"))
    assert "ok    search index of datasets: holds every change, 2 datasets, as access has it for 2 viewers" in checked
    assert "ok    search index of assets: holds every change, 3 assets, as access has it for 2 viewers" in checked
    Given(store.app).datasets(["trees"], owner=Given(store.app).user("bob"))
    behind = [line for line in lines(run("check")) if "changes behind: it follows with the next search" in line]
    assert len(behind) == 2


@ON_SQLITE
def test_check_finds_what_an_index_shows_against_the_rules(store, run):
    alice = Given(store.app).user("alice")
    for slug, visibility in {"rain": "public", "roads": "private", "trees": "private"}.items():
        Given(store.app).dataset(slug, owner=alice, visibility=visibility, assets=[{"kind": "csv"}])
    run("index", "rebuild")

    def wrong_after(statement: str) -> list[str]:
        with store.app.app_context():
            db.session.execute(text(statement))  # past the journal, which no verb does
            db.session.commit()
        return [line for line in lines(run("check")) if line.startswith("WRONG search index")]

    assert wrong_after("UPDATE dataset SET visibility = 'public' WHERE slug = 'roads'") == [
        "WRONG search index of datasets: a visitor may see 2 datasets and is shown 1; run: catalog index rebuild",
        "WRONG search index of assets: a visitor may see 2 assets and is shown 1; run: catalog index rebuild",
    ]
    again = "; run: catalog index rebuild"
    found = wrong_after("UPDATE dataset SET visibility = 'private' WHERE slug = 'rain'")
    assert [re.sub(r"(of (dataset|asset)) \d+;", r"\1 N;", line) for line in found] == [
        f"WRONG search index of {noun}s: a visitor is not shown what the rules say of {noun} N{again}"
        for noun in ("dataset", "asset")
    ]


@ON_SQLITE
def test_large_indexes_are_built_by_a_process_each(store, run, monkeypatch):
    monkeypatch.setattr("catalog.cli.indexing._LARGE", 1)
    alice = Given(store.app).user("alice")
    for slug in ("rain", "roads"):
        Given(store.app).dataset(slug, owner=alice, assets=[{"kind": "csv"}])
    for name, value in store.environment().items():
        monkeypatch.setenv(name, value)
    assert lines(run("index", "rebuild")) == ["The index holds 2 datasets."]
    assert lines(run("index", "status"))[::3] == ["datasets: 2", "assets: 2"]
    Given(store.app).dataset("trees", owner=alice, assets=[{"kind": "csv"}])
    assert run("index", "follow", "assets").exit_code == 0
    assert lines(run("index", "status"))[::3] == ["datasets: 2", "assets: 3"]
    assert run("index", "follow").exit_code == 0
    assert run("index", "status").exit_code == 0


@ON_SQLITE
def test_an_import_leaves_both_indexes_at_the_last_change(store, run, tmp_path):
    Given(store.app).user("alice", is_admin=True)
    file = tmp_path / "records.jsonl"
    file.write_text('{"dataset": "rain", "assets": [{"asset_type": "csv"}, {"asset_type": "pdf"}]}\n')
    assert run("import", str(file)).exit_code == 0
    status = run("index", "status")
    assert (status.exit_code, lines(status)[::3]) == (0, ["datasets: 1", "assets: 2"])


def lines(result):
    """What a command printed."""
    return result.stdout.splitlines()
