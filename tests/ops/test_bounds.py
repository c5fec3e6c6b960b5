"""What the operator bounds: how long a statement may take, and how many rows stand on a page."""

import pytest
from sqlalchemy import text

from app import create_app
from catalog.db import db
from tests.conftest import make_settings
from tests.support.callers import Browser, Script

# Counts far longer than any statement may take.
ENDLESS = (
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000000000) "
    "SELECT count(*) FROM numbers"
)


@pytest.fixture
def hasty(store, monkeypatch):
    """An application that ends every statement after a short time, whose lists ask for one without end."""
    app = create_app(make_settings(store.folder, database_url=store.url, statement_timeout=0.3))
    monkeypatch.setattr(
        "catalog.dialects.gfw.routes.count_datasets", lambda *_: db.session.execute(text(ENDLESS)).scalar()
    )
    monkeypatch.setattr("catalog.dialects.gfw.routes.write_datasets", lambda *_: db.session.execute(text(ENDLESS)))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_a_statement_that_takes_too_long_is_ended_and_the_next_request_answered(hasty):
    client = Script(hasty)
    refused = client.get("/datasets?page[size]=5")
    assert (refused.status_code, refused.json["status"]) == (503, "error")
    assert int(refused.headers["Retry-After"]) > 0
    assert client.get("/assets").status_code == 200


def test_pages_are_as_long_as_the_operator_says(app_with, given):
    given.datasets([f"set_{n}" for n in range(9)], owner=given.user("alice"), visibility="public")
    browser = Browser(app_with(page_size=3, page_size_max=5))
    pages = {query: browser.page(f"/datasets{query}") for query in ("", "?size=4", "?size=9")}
    assert {query: len(page.texts("a", "dataset_card__link")) for query, page in pages.items()} == {
        "": 3,
        "?size=4": 4,
        "?size=9": 5,
    }
