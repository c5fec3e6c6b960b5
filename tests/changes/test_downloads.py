"""Downloads asked for and counted: what is kept when something goes wrong meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Thread

import pytest
from flask import Flask

from catalog import tally
from catalog.access import OPERATOR, VISITOR
from catalog.changes.datasets import revise, withdraw
from catalog.changes.downloads import ask_download
from catalog.changes.drafts import DatasetDraft, VersionDraft
from catalog.changes.journal import writing
from catalog.db import db
from catalog.errors import NotFound
from catalog.listing.tallies import differences
from catalog.model import Dataset, Download, Version
from tests.support.acting import Acting
from tests.support.callers import Script
from tests.support.given import Given, Party, Thing
from tests.support.groups import ON_POSTGRESQL
from tests.support.stores import Store


@pytest.fixture
def owner(given: Given) -> Party:
    return given.user("owner")


def count_of(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(db.select(Version.download_count))


def counts_of(app: Flask, thing: Thing) -> tuple[int, list[int]]:
    """How often a dataset was downloaded, and each of its versions, as they are kept."""
    with app.app_context():
        versions = db.select(Version.download_count).where(Version.dataset_id == thing.id)
        kept = db.session.scalar(db.select(Dataset.download_count).where(Dataset.id == thing.id))
        return kept, list(db.session.scalars(versions.order_by(Version.semver_key)))


def test_counts_that_cannot_be_written_are_kept_for_the_next_time(app: Flask, given: Given, owner, monkeypatch):
    trees = given.dataset("trees", owner=owner, versions=["1.0"])
    counting = tally.Tally()
    with app.app_context():
        version_id = db.session.scalar(db.select(Version.id).where(Version.dataset_id == trees.id))
    for _ in range(3):
        counting.count_download(version_id)
    with app.app_context(), monkeypatch.context() as broken:
        broken.setattr(tally, "_write", lambda *read: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            counting.flush()
    counting.count_download(version_id)
    with app.app_context():
        counting.flush()
        counting.flush()
    assert count_of(app) == 4


def test_a_dataset_counts_the_downloads_of_all_its_versions(app: Flask, given: Given, owner):
    trees = given.dataset("trees", owner=owner, versions=["1.0", "2.0"])
    rain = given.dataset("rain", owner=owner, versions=["1.0"])
    given.downloads(trees, 2, 3)
    given.downloads(rain, 1)
    given.downloads(trees, 1, 0)
    assert (counts_of(app, trees), counts_of(app, rain)) == ((6, [3, 3]), (1, [1]))


def test_what_a_version_counted_goes_with_it(app: Flask, given: Given, act: Acting, owner):
    trees = given.dataset("trees", owner=owner, versions=["1.0", "2.0", "3.0"])
    given.downloads(trees, 1, 2, 4)
    versions = [VersionDraft(label="1.0"), VersionDraft(label="4.0")]
    act(revise, trees, DatasetDraft(slug="trees", versions=versions))
    assert counts_of(app, trees) == (1, [1, 0])
    with app.app_context():
        assert differences() == []
    assert act.journal()[-1][3].keys() == {"versions"}


@ON_POSTGRESQL
def test_counting_waits_for_who_writes_so_that_no_number_is_wrong(store: Store):
    """A version is taken away while its downloads wait to be counted."""
    given = Given(store.app)
    trees = given.dataset("trees", owner=given.user("owner"), versions=["1.0", "2.0"])
    given.downloads(trees, 1, 2)
    counter = Thread(target=given.downloads, args=(trees, 1, 1))
    with store.app.app_context():
        dataset = db.session.get_one(Dataset, trees.id)
        with writing():
            counter.start()
            counter.join(1)
            assert counter.is_alive()
            revise(OPERATOR, dataset, DatasetDraft(slug="trees", versions=[VersionDraft(label="1.0")]))
    counter.join(30)
    assert counts_of(store.app, trees) == (2, [2])


def test_a_count_for_a_version_that_is_gone_is_for_nobody(app: Flask, given: Given, owner):
    given.dataset("trees", owner=owner, versions=["1.0"])
    counting = tally.Tally()
    counting.count_download(10**6)
    with app.app_context():
        counting.flush()
    assert count_of(app) == 0


def test_nothing_is_kept_of_a_download_that_one_may_not_ask_for(app: Flask, given: Given, act: Acting, owner: Party):
    hidden, gone = given.dataset("hidden", owner=owner), given.dataset("gone", owner=owner, visibility="public")
    act(withdraw, gone)
    for thing, who in ((hidden, VISITOR), (hidden, given.user("stranger")), (gone, owner)):
        with pytest.raises(NotFound):
            act(ask_download, thing, None, minutes=15, by=who)
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(Download)) == 0


def test_is_gone_with_its_dataset(app: Flask, given: Given, act: Acting, owner: Party):
    trees = given.dataset("trees", owner=owner)
    act(ask_download, trees, None, minutes=15, by=owner)
    with app.app_context():
        db.session.delete(db.session.get_one(Dataset, trees.id))
        db.session.commit()
        assert db.session.scalar(db.select(db.func.count()).select_from(Download)) == 0


@pytest.mark.parametrize("gone_kind", [Version, Dataset])
def test_what_goes_while_its_download_is_asked_for_is_not_found(
    app: Flask, client: Script, given: Given, owner: Party, monkeypatch, gone_kind: type
):
    """Another writer was first: what was read before the own turn came is no longer there."""

    @contextmanager
    def after_another() -> Iterator[datetime]:
        with writing() as at:
            db.session.execute(db.delete(gone_kind), execution_options={"synchronize_session": False})
            yield at

    given.dataset("trees", owner=owner, versions=["1.0"])
    path, token = "/api/v1/org/owner/datasets/trees/1.0.0/download", given.token(owner)
    monkeypatch.setattr("catalog.changes.downloads.writing", after_another)
    answer = client.post(path, token=token)
    assert (answer.status_code, answer.json["type"]) == (404, "not_found_error")
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(Download)) == 0
