"""Those who watch over the catalog learn whether it is up and whether it can serve, and nothing else."""

import logging
import time

import pytest

from app import create_app
from catalog import migrating
from catalog.db import db
from catalog.ops import health
from tests.conftest import make_settings
from tests.support.callers import Script


@pytest.mark.parametrize("path", health.PATHS)
def test_a_catalog_that_can_serve_says_so(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", health.PATHS)
def test_any_host_and_any_credential_will_do(client, path):
    answer = client.get(path, token="wrong", headers={"Host": "10.1.2.3:8000"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_store_with_an_older_schema_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(migrating, "newest_revision", lambda: "9999_of_tomorrow")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "unready", "missing": "migrations"})
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/x/catalog.db", "postgresql://eve:plainsecret@127.0.0.1:1/nowhere"], ids=["file", "port"]
)
def test_a_database_that_is_not_there_is_named_without_its_address(tmp_path, url):
    if url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path}/catalog.db"
    script = Script(create_app(make_settings(tmp_path, database_url=url)))
    answer = script.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "unready", "missing": "database"})
    assert script.get("/healthz").status_code == 200
    assert not (tmp_path / "catalog.db").exists()


def test_a_database_that_hangs_is_waited_for_a_short_time_only(client, monkeypatch):
    monkeypatch.setattr(health, "_PATIENCE", 0.05)
    monkeypatch.setattr(health, "_revision", lambda app: time.sleep(0.5))
    assert client.get("/readyz").json == {"status": "unready", "missing": "database"}


def test_an_empty_database_lacks_its_migrations(tmp_path):
    app = create_app(make_settings(tmp_path))
    with app.app_context(), db.engine.connect():
        pass
    assert Script(app).get("/readyz").json == {"status": "unready", "missing": "migrations"}


def test_watching_leaves_no_line_in_the_log(client, caplog):
    with caplog.at_level(logging.INFO, "catalog.requests"):
        client.get("/healthz")
        client.get("/readyz")
    assert caplog.records == []
