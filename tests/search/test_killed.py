"""Processes that are killed while they write, follow or rebuild leave an index that answers, or none: nothing wrong."""

import random
import time

import pytest
from hypothesis import settings

from catalog.db import db
from catalog.listing.searching import search_index
from catalog.model import Dataset
from tests.support.given import Given
from tests.support.profiles import is_long

KILLS = 5 * settings.default.max_examples if is_long() else 2
# Registers and withdraws datasets, searches after each, and now and then builds the index anew, until it is killed.
_PROGRAM = """
import random, sys
from app import create_app
from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.changes.drafts import AssetDraft, DatasetDraft
from catalog.db import db
from catalog.listing.searching import found_ids, search_index
from catalog.search.forms import FORMS

owner, turn, seed, noun = sys.argv[1:]
form, = (form for form in FORMS if form.noun == noun)
chance = random.Random(seed)
app = create_app()
print("there", flush=True)
for number in range(10_000):
    with app.app_context():
        draft = DatasetDraft(slug=f"thing_{turn}_{number}", assets=[AssetDraft(kind="csv")])
        made = datasets.register(OPERATOR, draft, owner_id=int(owner))
        found_ids(OPERATOR, "thing", form)
        if chance.random() < 0.3:
            datasets.withdraw(OPERATOR, made)
        if chance.random() < 0.2:
            search_index(form).rebuild()
"""


@pytest.mark.long
def test_whatever_is_killed_what_is_found_next_is_what_is_there(store, find, form):
    alice = Given(store.app).user("alice")
    chance = random.Random(7)
    for turn in range(KILLS):
        words = (str(alice.id), str(turn), str(chance.random()), form.noun)
        with store.start_python(_PROGRAM, *words, stdout=-1) as process:
            process.stdout.readline()
            time.sleep(chance.uniform(0.02, 0.6))
            process.kill()
        with store.app.app_context():
            if chance.random() < 0.5:
                search_index(form).forget()  # as a process that begins now
            there = set(db.session.scalars(db.select(Dataset.slug).where(Dataset.deleted_at.is_(None))))
        until = time.monotonic() + 30
        while (found := find(store, "thing")) is None and time.monotonic() < until:
            time.sleep(0.02)
        assert found is not None
        assert set(found) == there
