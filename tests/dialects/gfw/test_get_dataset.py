"""GET /dataset/{dataset}, its metadata, and the way to its latest version."""

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from catalog.db import db
from catalog.model import Dataset
from tests.dialects.gfw.reading import faults
from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given, Party
from tests.support.statements import Watch

FORM = r"^[a-z][a-z0-9_-]{2,}$"


def not_there(answer, sentence: str) -> bool:
    """Whether it is a 404 with that sentence."""
    return (answer.status_code, answer.json) == (404, {"status": "failed", "message": sentence, "detail": sentence})


@pytest.fixture
def trees(given: Given, alice: Party, clock: Clock):
    return given.dataset(
        "trees",
        owner=alice,
        visibility="public",
        title="Trees",
        tags=["forest"],
        versions=["v1", "v1.8"],
        spatial_resolution=10.5,
    )


def test_one_dataset_comes_as_in_the_list(client: Script, trees):
    answer = client.get("/dataset/trees")
    assert answer.status_code == 200
    assert list(answer.json) == ["data", "status"]
    assert answer.json == {"data": client.get("/datasets").json["data"][0], "status": "success"}


def test_its_metadata_come_alone(client: Script, trees, clock: Clock):
    at = f"{clock.moment:%Y-%m-%dT%H:%M:%SZ}"
    unsaid = dict.fromkeys(
        (
            *("subtitle", "source", "license", "data_language", "overview", "citation", "cautions", "learn_more"),
            *("resolution_description", "geographic_coverage", "update_frequency", "scale", "function"),
            *("key_restrictions", "why_added"),
        )
    )
    assert client.get("/dataset/trees/metadata").json == {
        "data": {
            **unsaid,
            "title": "Trees",
            "tags": ["forest"],
            "created_on": at,
            "updated_on": at,
            "spatial_resolution": 10.5,
            "id": str(trees.uuid),
        },
        "status": "success",
    }


@pytest.mark.parametrize("below", ["", "/metadata"])
def test_what_one_may_not_see_is_not_there(client: Script, given: Given, alice, bob, carol, below):
    given.dataset("secrets", owner=alice, shared_with=[bob])
    for token in (None, given.token(carol)):
        assert not_there(
            client.get(f"/dataset/secrets{below}", token=token), "Dataset with name secrets does not exist"
        )
    assert not_there(client.get(f"/dataset/nothing{below}"), "Dataset with name nothing does not exist")
    for party in (alice, bob):
        assert client.get(f"/dataset/secrets{below}", token=given.token(party)).status_code == 200


@pytest.mark.parametrize("name", ["ab", "1abc", "Trees", "a%20b%20c", "trees%0a", "%F0%9F%8C%B2" * 3])
def test_what_is_no_name_is_refused_as_one(client: Script, name: str):
    assert faults(client.get(f"/dataset/{name}")) == [
        {
            "loc": ["path", "dataset"],
            "msg": f'string does not match regex "{FORM}"',
            "type": "value_error.str.regex",
            "ctx": {"pattern": FORM},
        }
    ]


def test_a_former_name_leads_on(client: Script, given: Given, trees):
    given.rename(trees, "woods")
    for rest in ("", "/metadata", "/v1.8/assets?page[size]=2&is_latest=true", "/latest"):
        answer = client.get(f"/dataset/trees{rest}")
        assert (answer.status_code, answer.headers["Location"]) == (307, f"/dataset/woods{quoted(rest)}")
        assert client.get(answer.headers["Location"]).status_code in (200, 307)


def quoted(rest: str) -> str:
    """As addresses come back: brackets percent-encoded."""
    return rest.replace("[", "%5B").replace("]", "%5D")


def test_a_former_name_tells_a_stranger_nothing(client: Script, given: Given, alice, carol):
    given.rename(given.dataset("secrets", owner=alice), "hidden")
    answer = client.get("/dataset/secrets", token=given.token(carol))
    assert not_there(answer, "Dataset with name secrets does not exist")


@pytest.mark.parametrize("rest", ["", "/assets?page[number]=1&page[size]=2", "/metadata?include_dataset_metadata=true"])
def test_latest_leads_to_the_latest_version(client: Script, trees, rest: str):
    answer = client.get(f"/dataset/trees/latest{rest}")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/dataset/trees/v1.8{quoted(rest)}")
    assert client.get(answer.headers["Location"]).status_code == 200
    assert "no-cache" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("/..%2f..%2fx", "/..%2F..%2Fx"),
        ("/a%2f..", "/a%2F.."),
        ("/a%2f.%2f..%2f%2e%2e", "/a/.%2F..%2F.."),
        ("/..", "%2F.."),
        ("/.a/..b/c..", "/.a/..b/c.."),
    ],
)
def test_what_follows_the_latest_stays_below_its_version(client: Script, given: Given, trees, sent: str, kept: str):
    """Whoever is led there resolves `..` beside a slash before they ask."""
    answer = client.get(f"/dataset/trees/latest{sent}")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/dataset/trees/v1.8{kept}")
    assert urlsplit(urljoin("http://localhost/", answer.headers["Location"])).path == f"/dataset/trees/v1.8{kept}"
    given.rename(trees, "woods")
    answer = client.get(f"/dataset/trees/latest{sent}")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/dataset/woods/latest{kept}")


def test_without_a_version_nothing_is_latest(client: Script, given: Given, alice, carol):
    given.dataset("bare", owner=alice, visibility="public")
    given.dataset("secrets", owner=alice, versions=["v1"])
    for name in ("bare", "secrets", "nothing"):
        answer = client.get(f"/dataset/{name}/latest", token=given.token(carol))
        assert not_there(answer, f"Dataset {name} has no latest version.")


def test_a_prefix_stays_before_the_way_to_the_latest(app: Flask, trees):
    answer = app.test_client().get("/dataset/trees/latest", environ_overrides={"SCRIPT_NAME": "/catalog"})
    assert answer.headers["Location"] == "/catalog/dataset/trees/v1.8"


def test_reading_it_is_noted(app: Flask, client: Script, trees, clock: Clock):
    clock.tick(hours=2)
    client.get("/dataset/trees")
    with app.app_context():
        app.extensions["catalog_tally"].flush()
        assert db.session.get_one(Dataset, trees.id).accessed_at == clock.moment


def test_what_is_held_is_not_sent_again(client: Script, trees):
    held = client.get("/dataset/trees").headers["ETag"]
    assert client.get("/dataset/trees", headers={"If-None-Match": held}).status_code == 304
    assert client.head("/dataset/trees").headers["ETag"] == held


def test_reads_few_times(client: Script, trees, statements: Watch):
    with statements() as seen:
        client.get("/dataset/trees")
    assert len(seen) <= 8
