"""`catalog index` and `catalog check` say how the index is, and make it."""

from click.testing import CliRunner

from catalog.cli import catalog
from tests.support.given import Given
from tests.support.groups import ON_SQLITE


@ON_SQLITE
def test_status_rebuild_and_check_tell_of_the_index(store):
    def run(*words):
        return CliRunner().invoke(catalog, words, env=store.environment(), prog_name="catalog")

    Given(store.app).datasets(["rain", "roads"], owner=Given(store.app).user("alice"))
    before = run("index", "status")
    assert (before.exit_code, before.stdout.splitlines()[:2]) == (1, ["folder: none yet", "datasets: 0"])
    assert run("index", "rebuild").stdout == "The index holds 2 datasets.\n"
    after = run("index", "status")
    assert after.exit_code == 0
    assert after.stdout.splitlines()[1] == "datasets: 2"
    assert "ok    search index: holds every change, 2 datasets\n" in run("check").stdout
    Given(store.app).datasets(["trees"], owner=Given(store.app).user("bob"))
    assert "changes behind: it follows with the next search\n" in run("check").stdout
