"""The best of very many matches: those come first whose titles have every word, and no page misses or repeats one."""

import pytest

from catalog.access import VISITOR
from catalog.listing import indexed as indexed_module
from catalog.listing.criteria import DatasetCriteria, DatasetSort
from catalog.listing.datasets import list_datasets
from catalog.listing.paging import Window

TITLES = ("Tree cover", "Cover of trees", "Trees", "Rain", "The cover", "Rain on a tree cover", "Covered")
TEXTS = ("Where tree cover was lost.", "About rain and the cover of the land.", None)
QUERIES = {
    "cover": {"Tree cover", "Cover of trees", "The cover", "Rain on a tree cover", "Covered"},
    "tree cover": {"Tree cover", "Cover of trees", "Rain on a tree cover"},
    "the cover": {"Tree cover", "Cover of trees", "The cover", "Rain on a tree cover", "Covered"},
    '"tree cover"': {"Tree cover", "Rain on a tree cover"},
    "cover -rain": {"Tree cover", "Cover of trees", "The cover", "Covered"},
    "tree tag:green": {"Tree cover", "Cover of trees", "Trees", "Rain on a tree cover"},
    "tre": set(),
    "tag:green": None,
}


@pytest.fixture
def shelf(app, given, monkeypatch):
    """Every title with every text, every other one of them green."""
    alice = given.user("alice")
    for number, (title, text) in enumerate((title, text) for title in TITLES for text in TEXTS):
        tags = ["green"] if number % 2 else []
        given.dataset(f"d{number}", owner=alice, visibility="public", title=title, overview=text, tags=tags)
    for name in ("SMALL", "FEW"):
        monkeypatch.setattr(indexed_module, name, -1)


@pytest.mark.parametrize(("query", "first"), QUERIES.items())
def test_those_come_first_whose_titles_have_every_word(app, shelf, monkeypatch, query, first):
    def listed(window, *, from_worst=False):
        order = DatasetSort.RELEVANCE.order(is_descending=from_worst)
        return [row.title for row in list_datasets(VISITOR, DatasetCriteria(text=query), order, window)]

    whole = Window(0, 100)
    with app.app_context():
        plainly = listed(whole)
        monkeypatch.setattr(indexed_module, "MANY", -1)
        best = listed(whole)
        assert len(best) > 3
        assert sorted(best) == sorted(plainly)
        in_front = [title in (first or ()) for title in best]
        assert in_front == sorted(in_front, reverse=True)
        assert first is None or set(best[: sum(in_front)]) == first
        assert [title for at in range(0, len(best), 4) for title in listed(Window(at, 4))] == best
        assert listed(whole, from_worst=True) == best[::-1]
