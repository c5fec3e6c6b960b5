"""`catalog index` and `catalog check` say how the index is, and make it."""

from tests.support.given import Given
from tests.support.groups import ON_SQLITE


@ON_SQLITE
def test_status_rebuild_and_check_tell_of_the_index(store):
    Given(store.app).datasets(["rain", "roads"], owner=Given(store.app).user("alice"))
    before = store.run("index", "status")
    assert (before.returncode, before.stdout.decode().splitlines()[:2]) == (1, ["folder: none yet", "datasets: 0"])
    assert store.run("index", "rebuild").stdout == b"The index holds 2 datasets.\n"
    after = store.run("index", "status")
    assert after.returncode == 0
    assert after.stdout.decode().splitlines()[1] == "datasets: 2"
    assert b"ok    search index: holds every change, 2 datasets\n" in store.run("check").stdout
    Given(store.app).datasets(["trees"], owner=Given(store.app).user("bob"))
    assert b"changes behind: it follows with the next search\n" in store.run("check").stdout
