"""GET /api/v1/org/{org}/datasets/{name} and /{name}/{version}: one dataset, in its latest version or another."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from catalog.db import db
from catalog.model import Dataset, Version
from tests.dialects.org.conftest import Asked
from tests.support.clock import Clock
from tests.support.given import Given, Party
from tests.support.statements import Watch

TREES = "/org/acme/datasets/trees"
HASH = "0123456789abcdef" * 4


def missing(name: str) -> dict:
    return {"code": 404, "detail": f"There is no dataset “{name}”.", "type": "not_found_error"}


def test_shows_the_latest_version_with_these_keys_in_this_order(app, given, alice, asked, acme, clock: Clock):
    clock.moment = datetime(2101, 1, 2, 3, 4, 5, tzinfo=UTC)
    given.dataset(
        "trees",
        owner=alice,
        organization=acme,
        title="Trees",
        overview="Every **tree**, ever.",
        versions=["1.0", {"label": "2017-04-07", "row_count": 7, "splits": {"train": "train.csv"}}],
        assets=[
            {"kind": "csv", "format": "csv", "uri": "https://files.example/a/old.csv", "version": "1.0"},
            {
                "kind": "csv",
                "format": "csv",
                "uri": "https://files.example/a/trees.csv",
                "fields": [{"name": "id", "data_type": "Int64"}, {"name": "species", "data_type": None}],
                "metadata": {"sha256": HASH.upper()},
            },
            {"kind": "csv", "uri": "https://files.example/b/trees.csv", "metadata": {"hash": f"sha256:{HASH}"}},
            {"kind": "csv", "uri": "https://files.example/c.csv", "metadata": {"hash": "md5:00"}, "fields": ["no"]},
        ],
    )
    answer = asked(TREES)
    with app.app_context():
        uuid = db.session.scalar(db.select(Version.uuid).where(Version.semver == "2017.4.7"))
    expected = {
        "id": str(uuid),
        "name": "acme/trees",
        "version": "2017.4.7",
        "created_at": "2101-01-02T03:04:05Z",
        "download_count": 0,
        "format": "csv",
        "is_public": False,
        "origin": {},
        "summary": "Every tree, ever.",
        "license": None,
        "pretty_name": "Trees",
        "size_category": "n<1K",
        "updated_at": "2101-01-02T03:04:05Z",
        "tags": [],
        "task_categories": None,
        "language": None,
        "row_count": 7,
        "file_size_bytes": None,
        "artifacts": {
            "trees.csv": f"sha256:{HASH}",
            "https://files.example/b/trees.csv": f"sha256:{HASH}",
        },
        "data_schema": {"id": "Int64", "species": None},
        "artifacts_hash": None,
        "splits": {"train": "train.csv"},
        "created_by_email": None,
        "description": "Every **tree**, ever.",
    }
    assert (answer.status_code, answer.json) == (200, expected)
    assert list(answer.json) == list(expected)


@pytest.mark.parametrize(
    ("version", "shown"),
    [
        *((name, "2017.4.7") for name in ("latest", "2017.4.7", "v20170407", "2017-04-07")),
        *((name, "1.0.0") for name in ("1.0.0", "v1.0", "1.0")),
        ("Release%2055", "55.0.0"),
    ],
)
def test_takes_every_name_of_a_version(given: Given, alice, acme, asked: Asked, version: str, shown: str):
    given.dataset("trees", owner=alice, organization=acme, versions=["1.0", "Release 55", "2017-04-07"])
    assert asked(f"{TREES}/{version}").json["version"] == shown


@pytest.mark.parametrize("version", ["3.0.0", "0.0.0", "versions-of-old", "9" * 400, "%F0%9F%8C%B3", "visibility"])
def test_an_unknown_version_is_not_found(given: Given, alice, acme, asked: Asked, version: str):
    given.dataset("trees", owner=alice, organization=acme, versions=["1.0"])
    answer = asked(f"{TREES}/{version}")
    assert (answer.status_code, answer.json["type"]) == (404, "not_found_error")
    assert answer.json["detail"].startswith("There is no version “")


def test_a_dataset_without_a_version_answers_as_0_0_0(given: Given, alice, acme, asked: Asked):
    trees = given.dataset("trees", owner=alice, organization=acme, extra={"paper": "https://example.org"})
    for path in (TREES, f"{TREES}/0.0.0", f"{TREES}/latest"):
        shown = asked(path).json
        assert (shown["id"], shown["version"], shown["format"]) == (str(trees.uuid), "0.0.0", "unknown")
        assert (shown["artifacts"], shown["data_schema"], shown["splits"]) == ({}, {}, None)
        assert shown["origin"] == {"paper": "https://example.org"}
    assert asked(f"{TREES}/1.0.0").status_code == 404


def test_a_former_name_leads_to_the_present_dataset(given: Given, alice, acme, asked: Asked):
    given.rename(given.dataset("woods", owner=alice, organization=acme, versions=["1.0"]), "trees")
    for path in ("/org/acme/datasets/woods", "/org/acme/datasets/woods/1.0.0"):
        answer = asked(path)
        assert (answer.status_code, answer.json["name"]) == (200, "acme/trees")


def test_is_shown_to_those_who_may_see_it_and_does_not_exist_for_others(
    given: Given, alice, bob, carol, acme, asked: Asked
):
    given.dataset("trees", owner=alice, organization=acme, shared_with=[bob])
    given.dataset("maps", owner=alice, organization=acme, visibility="internal")
    given.dataset("own", owner=bob)
    assert [asked(TREES, by=who).status_code for who in (alice, bob, carol)] == [200, 200, 404]
    assert asked(TREES, by=carol).json == missing("acme/trees")
    assert asked("/org/acme/datasets/nothing", by=carol).json == missing("acme/nothing")
    assert asked("/org/acme/datasets/maps", by=carol).json["is_public"] is True
    assert [asked("/org/bob/datasets/own", by=who).status_code for who in (alice, bob)] == [404, 200]


def test_is_found_under_its_own_organization_alone(given: Given, alice, acme, asked: Asked):
    given.organization("other", members={alice: "admin"})
    given.dataset("trees", owner=alice, organization=acme)
    for key in ("other", "alice", "nobody", "Acme", "%00x"):
        assert asked(f"/org/{key}/datasets/trees").status_code == 404, key


def test_an_unnamed_or_odd_name_is_found_as_it_is_or_not_at_all(given: Given, alice, acme, asked: Asked):
    thing = given.dataset("any", owner=alice, organization=acme, is_unnamed=True)
    assert asked(f"/org/acme/datasets/{thing.slug}").json["name"] == f"acme/{thing.slug}"
    for name in ("Trees", "t", "%F0%9F%8C%B3", "a" * 3000, "..%2f", "trees%0a"):
        assert asked(f"/org/acme/datasets/{name}").status_code == 404, name


def test_a_stranger_needs_a_token(client, given: Given, alice, acme):
    given.dataset("trees", owner=alice, organization=acme, visibility="public")
    assert client.get(f"/api/v1{TREES}").status_code == 401


def test_sends_nothing_anew_that_the_caller_holds(given: Given, alice, acme, asked: Asked):
    trees = given.dataset("trees", owner=alice, organization=acme)
    first = asked(TREES, by=alice)
    tag = first.headers["ETag"]
    token = {"If-None-Match": tag}
    assert first.headers["Cache-Control"] == "private, max-age=0"
    again = asked(TREES, headers=token)
    assert (again.status_code, again.data) == (304, b"")
    given.rename(trees, "woods")
    assert asked(TREES, headers=token).json["name"] == "acme/woods"


def test_reading_moves_when_it_was_last_accessed(app: Flask, given: Given, alice, acme, asked: Asked, clock: Clock):
    trees = given.dataset("trees", owner=alice, organization=acme)
    later = clock.tick(days=1)
    assert asked(TREES).status_code == 200
    with app.app_context():
        app.extensions["catalog_tally"].flush()
        assert db.session.get_one(Dataset, trees.id).accessed_at == later


def test_costs_the_same_few_statements_however_much_is_inside(
    given: Given, alice: Party, acme: Party, client, statements: Watch
):
    token, counted = given.token(alice), []
    for number in (1, 40):
        slug = f"trees_{number}"
        given.dataset(
            slug,
            owner=alice,
            organization=acme,
            tags=[f"tag {n}" for n in range(number)],
            versions=[f"{n}.0" for n in range(number)],
            assets=[{"kind": "csv", "fields": [f"f{f}" for f in range(number)]} for _ in range(number)],
        )
        with statements() as seen:
            assert client.get(f"/api/v1/org/acme/datasets/{slug}", token=token).status_code == 200
        counted.append(len(seen))
    assert counted[1] <= counted[0] <= 9
