"""Who asks an index whose files are damaged in their middle is answered all the same, and it is built anew."""

import shutil
import time

import pytest

from catalog.changes.drafts import AssetDraft
from catalog.db import db
from catalog.listing.searching import search_index
from catalog.search.forms import ASSETS, DATASETS
from tests.support.given import Given
from tests.support.groups import EITHER
from tests.support.stores import Store, new_store

pytestmark = EITHER
KINDS = [".term", ".idx", ".fast", ".pos", ".fieldnorm", ".store"]
ADDRESSES = {
    DATASETS: "/datasets?q=rain&page[size]=20",
    ASSETS: "/assets?q=rain&page[size]=20",
}


@pytest.fixture(scope="session")
def built(database_url, migrated, tmp_path_factory):
    """A store whose indexes were built by a process that is gone: files that are open are not damaged."""
    store = new_store(database_url, tmp_path_factory.mktemp("rained"), copied_from=migrated)
    given = Given(store.app)
    slugs, csv = [f"rain_{number}" for number in range(30)], AssetDraft(kind="csv")
    given.datasets(slugs, owner=given.user("alice"), visibility="public", assets=[csv])
    assert store.run("index", "rebuild").returncode == 0
    with store.app.app_context():
        db.engine.dispose()
    return store


@pytest.fixture
def rained(built, tmp_path):
    """The same store, with indexes that are copies of those."""
    shutil.copytree(built.folder / "search", tmp_path / "search")
    store = Store(built.url, tmp_path)
    yield store
    with store.app.app_context():
        db.engine.dispose()


def damage(store, form, kind):
    """Other bytes in the middle of the files of a kind."""
    files = list((store.folder / "search" / form.folder).rglob(f"*{kind}"))
    assert files
    for file in files:
        held = bytearray(file.read_bytes())
        middle = len(held) // 2
        held[middle - middle // 2 : middle + middle // 2] = b"\xff" * (middle // 2 * 2)
        file.write_bytes(held)


def current(store, form):
    """The name of the index in force; None where there is none."""
    file = store.folder / "search" / form.folder / "current"
    return file.read_text() if file.exists() else None


@pytest.mark.parametrize("kind", KINDS)
def test_readers_are_answered_and_the_index_is_built_anew(rained, form, kind):
    before = current(rained, form)
    damage(rained, form, kind)
    asked = rained.app.test_client()
    for address in (ADDRESSES[form], ADDRESSES[form].replace("rain&", "rain_1&"), "/suggest?q=rai"):
        for accept in ("application/json", "text/html"):
            assert asked.get(address, headers={"Accept": accept}).status_code == 200
    until = time.monotonic() + 30
    while asked.get(ADDRESSES[form]).get_json()["meta"]["total_items"] != "30" and time.monotonic() < until:
        time.sleep(0.05)
    assert asked.get(ADDRESSES[form]).get_json()["meta"]["total_items"] == "30"
    assert current(rained, form) != before or kind not in (".term", ".fast")


def test_what_is_asked_wrongly_is_no_damage(rained, form):
    with rained.app.app_context(), pytest.raises(ValueError, match="not defined"):
        search_index(form).searcher().doc_freq("no such field", "rain")
