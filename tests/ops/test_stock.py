"""After much was imported, the database knows how large its tables are."""

from sqlalchemy import text

from catalog.changes.bulk import take_stock
from catalog.db import db
from tests.support.given import Given


def test_the_database_takes_stock_of_what_there_is(store):
    given = Given(store.app)
    given.datasets([f"trees_{number}" for number in range(40)], owner=given.user("alice"), visibility="public")
    with store.app.app_context():
        take_stock()
        known = {
            "sqlite": "SELECT stat FROM sqlite_stat1 WHERE idx = 'dataset_listed_by_slug'",
            "postgresql": "SELECT cast(reltuples AS integer) || '' FROM pg_class WHERE relname = 'dataset'",
        }[db.engine.dialect.name]
        assert db.session.scalar(text(known)).split()[0] == "40"
