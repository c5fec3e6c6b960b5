"""Each index follows the journal: what any process writes is found by the next search, and what is gone is not."""

import shutil
import time
from threading import Thread

import pytest
from tantivy import Document, Index

from app import create_app
from catalog.access import OPERATOR, VISITOR
from catalog.changes import accounts, datasets, organizations
from catalog.changes.drafts import AssetDraft, DatasetDraft
from catalog.db import db
from catalog.listing import indexed as indexed_module
from catalog.listing.assets import count_assets
from catalog.listing.criteria import AssetCriteria, DatasetCriteria
from catalog.listing.datasets import count_datasets
from catalog.listing.searching import search_index
from catalog.model import Dataset, Organization, User
from catalog.search import index as index_module
from catalog.search.folders import Folders
from catalog.search.following import last_mark
from catalog.search.forms import DATASETS
from catalog.search.index import SearchIndex
from catalog.search.merging import Merging
from catalog.search.schema import schema, with_readers
from tests.search.conftest import Filling


@pytest.fixture
def alice(given):
    return given.user("alice", is_admin=True)


def named(slug):
    return db.session.scalars(db.select(Dataset).where(Dataset.slug == slug)).one()


def another(store, form):
    """The index as another process of this machine opens it."""
    return SearchIndex(form, Folders(store.folder / "search" / form.folder))


def test_what_is_written_is_found_by_the_next_search(store, given, alice, find):
    assert find(store, "glacier") == []
    given.dataset("ice", owner=alice, title="Glacier retreat", tags=["cryosphere"])
    assert find(store, "glacier") == ["ice"]
    with store.app.app_context():
        datasets.revise(
            OPERATOR,
            named("ice"),
            DatasetDraft(slug="ice", texts={"title": "Sea ice"}, assets=[AssetDraft(kind="csv")]),
        )
    assert find(store, "glacier") == []
    assert find(store, "sea") == ["ice"]
    with store.app.app_context():
        datasets.rename(OPERATOR, named("ice"), "frozen_sea")
    assert find(store, "frozen") == ["frozen_sea"]
    with store.app.app_context():
        datasets.withdraw(OPERATOR, named("frozen_sea"))
    assert find(store, "frozen") == []
    with store.app.app_context():
        datasets.restore(OPERATOR, named("frozen_sea"))
    assert find(store, "frozen") == ["frozen_sea"]


def test_another_name_of_an_owner_or_an_organization_is_found(store, given, alice, find):
    lab = given.organization("lab", title="Weather Lab")
    given.dataset("rain", owner=alice, organization=lab)
    assert find(store, "weather lab") == ["rain"]
    with store.app.app_context():
        held = db.session.get_one(Organization, lab.id)
        organizations.revise(OPERATOR, held, title="Climate Office", description=None)
        accounts.revise(OPERATOR, db.session.get_one(User, alice.id), title="Alice Archer", email=None)
    assert find(store, "weather") == []
    assert find(store, "climate office") == ["rain"]
    assert find(store, "archer") == ["rain"]


def test_what_another_process_writes_is_found(store, given, alice, find, tmp_path):
    given.dataset("rain", owner=alice)
    assert find(store, "imported") == []
    file = tmp_path / "records.jsonl"
    file.write_text(
        '{"dataset": "from_elsewhere", "metadata": {"title": "Imported thing"}, "assets": [{"asset_type": "csv"}]}\n'
    )
    done = store.run("import", str(file))
    assert done.returncode == 0, done.stderr
    assert find(store, "imported") == ["from_elsewhere"]


def test_two_processes_keep_one_index_up_to_date_in_turns(store, given, alice, find, form):
    other = another(store, form)
    for number in range(4):
        given.dataset(f"set_{number}", owner=alice, title=f"Thing number {number}")
        assert len(find(store, "thing")) == number + 1
        given.dataset(f"more_{number}", owner=alice, title="Of the other one")
        with store.app.app_context():
            assert other.searcher().num_docs == 2 * number + 3  # and the mark
    assert len(find(store, "other")) == 4


def test_while_another_process_writes_the_index_a_search_waits_a_moment_and_goes_without(
    store, given, alice, find, form, monkeypatch
):
    monkeypatch.setattr(index_module, "_PATIENCE", 0.1)
    given.dataset("rain", owner=alice)
    assert find(store, "rain") == ["rain"]
    held = another(store, form)._folders.open().writer(15_000_000, 1)
    given.dataset("roads", owner=alice)
    assert find(store, "roads") is None
    assert find(store, "rain") is None
    del held
    assert find(store, "roads") == ["roads"]


def test_while_one_process_merges_what_is_written_is_found_all_the_same(
    store, given, alice, find, form, tmp_path, monkeypatch
):
    merges = tmp_path / "merges"
    merges.touch()
    monkeypatch.setattr(Merging, "goes_on", lambda merging: merges.exists())
    given.dataset("rain", owner=alice)
    assert find(store, "rain") == ["rain"]
    given.dataset("roads", owner=alice)
    assert find(store, "roads") == ["roads"]  # and whoever read this now merges
    other = another(store, form)
    assert is_written_to(other)
    for number in range(3):
        given.dataset(f"set_{number}", owner=alice)
        with store.app.app_context():
            assert other.searcher().num_docs == number + 4  # and the mark
        assert find(store, "set") == [f"set_{before}" for before in range(number + 1)]
    merges.unlink()
    until = time.monotonic() + 10
    while is_written_to(other) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_written_to(other)


def elsewhere(store, form, work):
    """Do something in the store, and have its index follow, as another process of this machine does."""
    app, other = create_app(store.app.extensions["catalog_settings"]), another(store, form)

    def there():
        work(Filling(app))
        with app.app_context():
            other.follow()
            db.engine.dispose()

    thread = Thread(target=there)
    thread.start()
    thread.join()


def test_a_transaction_is_answered_by_the_state_of_the_index_that_it_sees(store, given, alice, find, form):
    given.dataset("rain", owner=alice)
    assert find(store, "rain") == ["rain"]
    with store.app.app_context():
        seen = last_mark()
        elsewhere(store, form, lambda given: given.dataset("roads", owner=alice))
        searcher = search_index(form).searcher()
        assert last_mark() == seen
        assert (searcher.num_docs, searcher.is_ahead) == (2, False)
        search_index(form).forget()
        searcher = search_index(form).searcher()
        assert (searcher.num_docs, searcher.is_ahead) == (3, True)
    with store.app.app_context():
        searcher = search_index(form).searcher()
        assert (searcher.num_docs, searcher.is_ahead) == (3, False)


@pytest.mark.parametrize("is_forgotten", [False, True], ids=["met", "not met"])
def test_numbers_stay_right_where_the_index_is_ahead_of_who_asks(
    store, given, alice, form, find, monkeypatch, is_forgotten
):
    monkeypatch.setattr(indexed_module, "SMALL", -1)
    count, criteria = (count_datasets, DatasetCriteria) if form is DATASETS else (count_assets, AssetCriteria)

    def counted():
        return count(VISITOR, criteria(text="set"))

    given.dataset("set_0", owner=alice, visibility="public")
    find(store, "set")
    with store.app.app_context():
        assert counted() == 1
        db.session.rollback()
        last_mark()
        elsewhere(store, form, lambda given: given.dataset("set_1", owner=alice, visibility="public"))
        if is_forgotten:
            search_index(form).forget()
        assert counted() == (2 if is_forgotten else 1)
    for number in range(2, 4):
        given.dataset(f"set_{number}", owner=alice, visibility="public")
        with store.app.app_context():
            assert counted() == number + 1


def is_written_to(index):
    """Whether some process may write to the index."""
    try:
        index._folders.open().writer(15_000_000, 1)
    except ValueError:
        return True
    return False


def test_a_merge_is_seen_from_its_beginning_to_its_end(tmp_path):
    index = with_readers(Index(schema(), path=str(tmp_path)))
    writer, merging = index.writer(50_000_000, 1), Merging(tmp_path)
    words = [f"word{number}" for number in range(5_000)]
    assert not merging.goes_on()
    for part in range(8):
        assert not merging.goes_on()
        for number in range(4_000):
            document = Document()
            document.add_integer("dataset", part * 4_000 + number)
            document.add_text("text", " ".join(words[number : number + 60]))
            writer.add_document(document)
        writer.commit()
        merging.may_begin()
    seen, until = [], time.monotonic() + 30
    while merging.goes_on() and time.monotonic() < until:
        index.reload()
        seen.append(index.searcher().num_segments)
        time.sleep(0.01)
    assert seen[0] == 8
    while index.searcher().num_segments > 1 and time.monotonic() < until:  # begun late on a busy machine
        time.sleep(0.01)
        index.reload()
    assert index.searcher().num_segments == 1
    assert not merging.goes_on()


def test_when_much_has_changed_the_index_follows_meanwhile(store, given, alice, find, monkeypatch):
    monkeypatch.setattr(index_module, "SHORT", 10)
    assert find(store, "set") == []
    given.datasets([f"set_{number}" for number in range(35)], owner=alice)
    assert find(store, "set") is None
    until = time.monotonic() + 30
    while (found := find(store, "set")) is None and time.monotonic() < until:
        time.sleep(0.05)
    assert len(found) == 35


@pytest.mark.parametrize("fault", ["gone", "empty", "torn", "of another form"])
def test_an_index_that_cannot_be_read_is_built_anew(store, given, alice, find, form, fault):
    given.dataset("rain", owner=alice)
    assert store.run("index", "rebuild").returncode == 0  # by a process that is gone: files that are open are not torn
    folder = store.folder / "search" / form.folder
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != "current"]
    match fault:
        case "gone":
            shutil.rmtree(folder)
        case "empty":
            for file in files:
                file.write_bytes(b"")
        case "torn":
            for file in files:
                file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        case "of another form":
            (folder / "current").write_text("0 index-before\n")
    given.dataset("roads", owner=alice)
    until = time.monotonic() + 30
    while (found := find(store, "roads")) is None and time.monotonic() < until:
        time.sleep(0.05)
    assert found == ["roads"]
    assert find(store, "rain") == ["rain"]


def test_an_index_that_another_process_takes_away_is_missed_by_nobody(store, given, alice, find, form):
    given.dataset("rain", owner=alice)
    assert find(store, "rain") == ["rain"]
    another(store, form)._folders.abandon()
    given.dataset("rain_again", owner=alice)
    assert sorted(find(store, "rain")) == ["rain", "rain_again"]


def test_an_index_of_a_store_that_was_put_back_is_built_anew(store, given, alice, find, form):
    given.dataset("rain", owner=alice)
    assert find(store, "rain") == ["rain"]
    mark = index_module.following.Mark
    with store.app.app_context():
        index = search_index(form)
        index._mark = mark(index._mark.seq + 50, index._mark.at)
        assert index.searcher().num_docs == 2
        index._mark = mark(index._mark.seq, None)
        assert index.searcher().num_docs == 2
    assert find(store, "rain") == ["rain"]


def test_only_what_reaches_a_viewer_is_asked_of_the_index(store, given, alice, find):
    given.dataset("open", owner=alice, visibility="public", title="Rain, open")
    given.dataset("closed", owner=alice, title="Rain, closed")
    assert sorted(find(store, "rain")) == ["closed", "open"]
    assert find(store, "rain", VISITOR) == ["open"]
