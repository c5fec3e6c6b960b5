"""Real records, edited: what nobody changed stays as it was, whatever dirt it came with."""

import gzip

import pytest
from sqlalchemy import func, select

from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.changes.redrafting import draft_of
from catalog.changes.revising import load_whole
from catalog.db import db
from catalog.model import Change, Dataset, SourceRecord
from tests.pages.test_dataset_edit import held
from tests.support.curating import fields_of
from tests.support.groups import SHARED
from tests.support.importing import Importing
from tests.support.profiles import is_long

pytestmark = [pytest.mark.real_records, pytest.mark.long]

FILE = SHARED / "data" / "catalogue.jsonl.gz"
# Every three hundredth record is brought in, every twentieth in the long form; of those some go through the form.
STEP, FORM_STEP = (20, 25) if is_long() else (300, 5)


@pytest.fixture
def imported(app, given, cast):
    """The records, as an import stores them: their slugs."""
    with gzip.open(FILE) as lines:
        some = [line for n, line in enumerate(lines) if n % STEP == 0]
    Importing(app, cast.alice)(*some, visibility="private")
    with app.app_context():
        return db.session.scalars(select(Dataset.slug).order_by(Dataset.id)).all()


def journal(app):
    """How much the journal holds, and how many records are known to have been edited here."""
    with app.app_context():
        edited = select(func.count()).select_from(SourceRecord).where(SourceRecord.is_edited)
        return db.session.scalar(select(func.count(Change.seq))), db.session.scalar(edited)


def test_a_draft_of_it_changes_nothing(app, imported):
    before, changed = journal(app), []
    with app.app_context():
        for slug in imported:
            found = db.session.scalars(select(Dataset).where(Dataset.slug == slug)).one()
            (whole,) = load_whole([found.id])
            datasets.revise(OPERATOR, whole, draft_of(whole))
            if journal(app) != before:
                last = db.session.scalars(select(Change).order_by(Change.seq.desc()).limit(1)).one()
                changed.append((slug, last.what))
                before = journal(app)
            db.session.expunge_all()
    assert changed == []


def test_its_form_sent_back_untouched_changes_nothing(app, browser_of, imported):
    alice, before = browser_of("alice"), journal(app)
    for slug in imported[::FORM_STEP]:
        path, stored = f"/datasets/{slug}/edit", held(app, slug)
        answer = alice.post(path, data=fields_of(alice.page(path), "edit"))
        assert answer.status_code == 303, (slug, answer.page.texts("a", "error_summary__link"))
        assert held(app, slug) == stored, slug
        assert journal(app) == before, slug
