"""POST /api/v1/org/{org}/datasets/{name}/{version}/download, and GET /org/{org}/downloads/datasets/{download_id}."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask

from catalog.changes.journal import last_seq
from catalog.changes.sharing import unshare
from catalog.db import db
from catalog.model import Dataset, Download, Version
from catalog.tally import Tally
from tests.dialects.org.conftest import Asked
from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given, Party, Thing

DOWNLOAD = "/org/acme/datasets/trees/1.0.0/download"
KEYS = ["download_id", "status", "url", "expires_at", "filename", "error"]


def post(asked: Asked, path: str = DOWNLOAD, **more):
    return asked(path, method="POST", **more)


@pytest.fixture
def trees(given: Given, alice: Party, acme: Party) -> Thing:
    """A dataset with a file in each of two formats, and one that is not on the web."""
    return given.dataset(
        "trees",
        owner=alice,
        organization=acme,
        versions=[{"label": "1.0", "splits": {"train": "trees.parquet", "odd": 7, "gone": "nowhere.csv"}}, "2.0"],
        assets=[
            {"kind": "csv", "format": "csv", "uri": "https://files.example/a%20b/trees.csv?v=1", "version": "1.0"}
            | {"size_bytes": 42},
            {"kind": "x", "format": "parquet", "uri": "https://files.example/a/trees.parquet", "version": "1.0"},
            {"kind": "x", "format": "jsonl", "uri": "s3://bucket/trees.jsonl", "version": "1.0"},
        ],
    )


def test_gives_an_address_that_needs_no_credentials(
    client: Script, given: Given, trees: Thing, asked: Asked, clock: Clock
):
    clock.moment = datetime(2101, 1, 2, 12, tzinfo=UTC)
    answer = post(asked, json={"format": "raw"})
    assert (answer.status_code, list(answer.json)) == (200, KEYS)
    assert UUID(answer.json["download_id"])
    url = answer.json["url"]
    assert answer.json == {
        "download_id": answer.json["download_id"],
        "status": "ready",
        "url": url,
        "expires_at": "2101-01-02T12:15:00Z",
        "filename": "trees.csv",
        "error": None,
    }
    assert url.startswith("http://localhost/downloads/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    led = client.get(url)
    assert (led.status_code, led.headers["Location"]) == (302, "https://files.example/a%20b/trees.csv?v=1")


@pytest.mark.usefixtures("trees")
def test_the_body_may_be_absent_and_the_version_any_name(asked: Asked):
    for sent in ({}, {"data": b""}, {"data": b"null"}, {"json": {}}, {"json": {"format": "raw", "split": None}}):
        assert post(asked, **sent).json["filename"] == "trees.csv"
    assert post(asked, "/org/acme/datasets/trees/v1.0/download").json["status"] == "ready"


@pytest.mark.usefixtures("trees")
@pytest.mark.parametrize(
    ("body", "filename"),
    [
        ({"format": "csv"}, "trees.csv"),
        ({"format": "parquet"}, "trees.parquet"),
        ({"split": "train"}, "trees.parquet"),
        ({"split": "train", "format": "parquet"}, "trees.parquet"),
    ],
)
def test_leads_to_the_file_of_that_format_or_split(asked: Asked, body: dict, filename: str):
    answer = post(asked, json=body).json
    assert (answer["status"], answer["filename"]) == ("ready", filename)


@pytest.mark.usefixtures("trees")
@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        (DOWNLOAD, {"format": "jsonl"}, "This file is not on the web, so no link can lead to it."),
        (DOWNLOAD, {"split": "test"}, "This version has no split “test”."),
        (DOWNLOAD, {"split": "\0"}, "This version has no split “\ufffd”."),
        (DOWNLOAD, {"split": "odd"}, "This version has no split “odd”."),
        (DOWNLOAD, {"split": "gone"}, "This version has nothing to download."),
        (DOWNLOAD, {"split": "train", "format": "csv"}, "This version has no file in the format csv."),
        ("/org/acme/datasets/trees/2.0.0/download", {}, "This version has nothing to download."),
        ("/org/acme/datasets/trees/2.0.0/download", {"format": "csv"}, "This version has no file in the format csv."),
    ],
)
def test_says_why_there_is_nothing_to_download(asked: Asked, path: str, body: dict, error: str):
    answer = post(asked, path, json=body)
    assert answer.status_code == 200
    assert {key: value for key, value in answer.json.items() if key != "download_id"} == {
        "status": "failed",
        "url": None,
        "expires_at": None,
        "filename": None,
        "error": error,
    }


def test_a_dataset_without_a_version_has_nothing_to_download(given: Given, alice, acme, asked: Asked):
    given.dataset("empty", owner=alice, organization=acme)
    answer = post(asked, "/org/acme/datasets/empty/0.0.0/download").json
    assert (answer["status"], answer["error"]) == (
        "failed",
        "This dataset has no version, and so nothing to download.",
    )


@pytest.mark.parametrize(
    "uri",
    [
        None,
        "ftp://files.example/x",
        "mailto:a@b.example",
        "javascript:alert(1)",
        "/etc/passwd",
        "//files.example",
        "http://[::1",
        "http://a:99999999/",
        "http://a:b/",
        "https:///x",
        "http://",
        "x" * 5000,
        "https://" + "x" * 5000,
    ],
)
def test_leads_only_to_the_web(given: Given, alice, acme, asked: Asked, uri: str | None):
    given.dataset("trees", owner=alice, organization=acme, versions=["1.0"], assets=[{"kind": "x", "uri": uri}])
    assert post(asked).json["error"] == "This file is not on the web, so no link can lead to it."


@pytest.mark.parametrize("place", ["{tile_id}.tif", "{z}/{x}/{y}.png", "tiles?at={z}"])
def test_a_pattern_of_many_addresses_is_no_download(given: Given, alice, acme, asked: Asked, place: str):
    assets = [{"kind": "x", "uri": f"https://files.example/{place}"}]
    given.dataset("trees", owner=alice, organization=acme, versions=["1.0"], assets=assets)
    answer = post(asked)
    assert (answer.status_code, answer.json["status"], answer.json["url"]) == (200, "failed", None)
    words = "This address is a pattern for many files, so no link can lead to one of them."
    assert (answer.json["error"], answer.json["filename"]) == (words, None)


@pytest.mark.parametrize(
    ("dataset", "version", "asset"),
    [
        ({"is_downloadable": False}, {}, {}),
        ({}, {"is_downloadable": False}, {}),
        ({}, {}, {"is_downloadable": False}),
    ],
)
def test_keeps_what_its_source_keeps(given: Given, alice, acme, asked: Asked, dataset, version, asset):
    given.dataset(
        "trees",
        owner=alice,
        organization=acme,
        versions=[{"label": "1.0"} | version],
        assets=[{"kind": "x", "uri": "https://files.example/x"} | asset],
        **dataset,
    )
    answer = post(asked).json
    assert answer["status"] == "failed"
    assert answer["error"].endswith("is not offered for download.")


@pytest.mark.parametrize(
    ("uri", "filename"),
    [
        ("https://files.example/", "trees-1.0.0.csv"),
        ("https://files.example/download", "trees-1.0.0.csv"),
        ("https://files.example/b%C3%A4ume.csv#top", "bäume.csv"),
        ("https://files.example/a%2Fb%0A%00c.csv", "b c.csv"),
        ("https://files.example/..", "trees-1.0.0.csv"),
        ("https://files.example/.csv", "trees-1.0.0.csv"),
    ],
)
def test_names_the_file_as_its_address_does(given: Given, alice, acme, asked: Asked, uri: str, filename: str):
    asset = {"kind": "csv", "format": "csv", "uri": uri}
    given.dataset("trees", owner=alice, organization=acme, versions=["1.0"], assets=[asset])
    assert post(asked).json["filename"] == filename


def test_is_for_everybody_who_sees_the_dataset(given: Given, alice, bob, carol, trees: Thing, asked: Asked):
    given.share(trees, bob)
    assert [post(asked, by=who).status_code for who in (alice, bob, carol)] == [200, 200, 404]
    assert post(asked, by=carol).json["detail"] == "There is no dataset “acme/trees”."
    assert post(asked, "/org/acme/datasets/trees/9.9.9/download").status_code == 404


@pytest.mark.usefixtures("trees")
@pytest.mark.parametrize(
    ("sent", "loc", "message", "type_"),
    [
        (
            b'{"format": "xlsx"}',
            ["body", "format"],
            "Input should be 'raw', 'parquet', 'csv' or 'jsonl'",
            "literal_error",
        ),
        (
            b'{"format": null}',
            ["body", "format"],
            "Input should be 'raw', 'parquet', 'csv' or 'jsonl'",
            "literal_error",
        ),
        (b'{"split": 7}', ["body", "split"], "Input should be a valid string", "string_type"),
        (b"{", ["body"], "JSON decode error", "json_invalid"),
        (
            b"[]",
            ["body"],
            "Input should be a valid dictionary or object to extract fields from",
            "model_attributes_type",
        ),
    ],
)
def test_refuses_what_pydantic_would(asked: Asked, sent: bytes, loc: list, message: str, type_: str):
    answer = post(asked, data=sent)
    assert (answer.status_code, answer.json["errors"]) == (422, [{"loc": loc, "msg": message, "type": type_}])


def test_is_kept_and_counted_and_changes_nothing(
    app: Flask, given: Given, alice, trees: Thing, client, clock: Clock, monkeypatch
):
    monkeypatch.setitem(app.extensions, "catalog_tally", Tally())
    token = given.token(alice)
    later = clock.tick(days=1)
    with app.app_context():
        seq, versions = last_seq(), db.session.scalars(db.select(Version.updated_at)).all()
    for body in ({}, {}, {"format": "jsonl"}):
        client.post(f"/api/v1{DOWNLOAD}", token=token, json=body)
    with app.app_context():
        counts = db.select(Version.semver, Version.download_count).order_by(Version.semver)
        assert db.session.execute(counts).all() == [("1.0.0", 0), ("2.0.0", 0)]
        db.session.rollback()
        app.extensions["catalog_tally"].flush()
        assert db.session.execute(counts).all() == [("1.0.0", 2), ("2.0.0", 0)]
        assert db.session.get_one(Dataset, trees.id).accessed_at == later
        assert (last_seq(), db.session.scalars(db.select(Version.updated_at)).all()) == (seq, versions)
        kept = db.session.execute(
            db.select(Download.semver, Download.format, Download.status, Download.file_size_bytes, Download.user_id)
        ).all()
    assert kept == [("1.0.0", "raw", "ready", 42, alice.id)] * 2 + [("1.0.0", "jsonl", "failed", None, alice.id)]


# Looked up again


def again(asked: Asked, download_id: object, org: str = "acme", **more):
    return asked(f"/org/{org}/downloads/datasets/{download_id}", **more)


@pytest.mark.usefixtures("trees")
def test_is_shown_again_until_it_is_over(asked: Asked, clock: Clock):
    first = post(asked).json
    shown = again(asked, first["download_id"])
    assert (shown.status_code, shown.json) == (200, first)
    assert shown.headers["Cache-Control"] == "private, no-store"
    clock.tick(minutes=15)
    assert again(asked, first["download_id"]).json == first | {
        "status": "failed",
        "url": None,
        "error": "This download has expired. Please ask for a new one.",
    }


@pytest.mark.usefixtures("trees")
def test_a_failed_one_is_shown_again_too(asked: Asked):
    first = post(asked, json={"format": "jsonl"}).json
    assert again(asked, first["download_id"]).json == first


def test_is_shown_to_whoever_asked_while_they_see_the_dataset(
    given: Given, alice, bob, trees: Thing, asked: Asked, act
):
    given.share(trees, bob)
    ids = {who: post(asked, by=who).json["download_id"] for who in (alice, bob)}
    assert again(asked, ids[bob], by=bob).status_code == 200
    assert again(asked, ids[bob], by=alice).json["detail"] == "There is no such download."
    assert again(asked, ids[bob], by=bob, org="bob").status_code == 404
    act(unshare, trees, with_=bob)
    assert again(asked, ids[bob], by=bob).status_code == 404


@pytest.mark.parametrize("download_id", [uuid4(), "x", "0" * 32])
def test_an_unknown_one_is_not_found(asked: Asked, download_id: object):
    answer = again(asked, download_id)
    assert (answer.status_code, answer.json["type"]) == (404, "not_found_error")


def test_needs_a_token(client: Script, trees: Thing):
    assert client.post(f"/api/v1{DOWNLOAD}").status_code == 401
    assert client.get(f"/api/v1/org/acme/downloads/datasets/{uuid4()}").status_code == 401


def test_lasts_as_long_as_its_operator_says(app_with, given: Given, alice, trees, clock: Clock):
    clock.moment = datetime(2101, 1, 2, 12, tzinfo=UTC)
    script = Script(app_with(download_minutes=60, public_url="https://data.example/portal"))
    answer = script.post(f"/api/v1{DOWNLOAD}", token=given.token(alice)).json
    assert answer["expires_at"] == "2101-01-02T13:00:00Z"
    assert answer["url"].startswith("https://data.example/portal/downloads/")
