"""GET /api/v1/org/{org}/datasets/activity: the downloads of an organization's datasets, newest first."""

from datetime import UTC, datetime

import pytest

from catalog.changes.datasets import withdraw
from tests.dialects.org.conftest import Asked
from tests.support.clock import Clock
from tests.support.given import Given, Party, Thing
from tests.support.groups import EITHER
from tests.support.statements import Watch

pytestmark = EITHER

ACTIVITY = "/org/acme/datasets/activity"
FILE = {"kind": "csv", "format": "csv", "uri": "https://files.example/x.csv", "size_bytes": 42}


@pytest.fixture
def trees(given: Given, alice: Party, bob: Party, acme: Party) -> Thing:
    """A dataset of acme that is shared with Bob."""
    return given.dataset(
        "trees", owner=alice, organization=acme, shared_with=[bob], versions=["2017-04-07"], assets=[FILE]
    )


def download(asked: Asked, name: str = "trees", *, org: str = "acme", by: Party | None = None, **body) -> str:
    """Ask for a download; its id."""
    more = {"by": by} if by else {}
    return asked(f"/org/{org}/datasets/{name}/latest/download", method="POST", json=body, **more).json["download_id"]


def names(asked: Asked, query: str = "", **more) -> list[str]:
    """The datasets of the items, in order."""
    return [item["dataset_name"] for item in asked(f"{ACTIVITY}?{query}", **more).json["items"]]


def test_shows_every_download_with_these_keys_newest_first(alice, bob, trees: Thing, asked: Asked, clock: Clock):
    clock.moment = datetime(2101, 1, 2, tzinfo=UTC)
    first = download(asked)
    clock.tick(hours=1)
    second = download(asked, by=bob, format="parquet")
    items = [
        {
            "id": second,
            "created_at": "2101-01-02T01:00:00Z",
            "completed_at": "2101-01-02T01:00:00Z",
            "dataset_name": "acme/trees",
            "dataset_version": "2017.4.7",
            "file_size_bytes": None,
            "format": "parquet",
            "status": "failed",
            "user_id": str(bob.uuid),
        },
        {
            "id": first,
            "created_at": "2101-01-02T00:00:00Z",
            "completed_at": "2101-01-02T00:00:00Z",
            "dataset_name": "acme/trees",
            "dataset_version": "2017.4.7",
            "file_size_bytes": 42,
            "format": "raw",
            "status": "ready",
            "user_id": str(alice.uuid),
        },
    ]
    answer = asked(ACTIVITY)
    assert (answer.status_code, answer.json) == (200, {"items": items, "limit": 50, "offset": 0, "total": 2})
    assert list(answer.json) == ["items", "limit", "offset", "total"]
    assert list(answer.json["items"][0]) == list(items[0])
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers


def test_nothing_happened_yet(asked: Asked):
    assert asked(ACTIVITY).json == {"items": [], "limit": 50, "offset": 0, "total": 0}


def test_narrows_by_dataset_and_by_who_asked(given: Given, alice, bob, acme, trees, asked: Asked):
    given.dataset("maps", owner=alice, organization=acme)
    for name, who in (("trees", alice), ("maps", alice), ("trees", bob)):
        download(asked, name, by=who)
    assert names(asked) == ["acme/trees", "acme/maps", "acme/trees"]
    assert names(asked, "dataset_name=maps") == names(asked, "dataset_name=acme/maps") == ["acme/maps"]
    assert names(asked, f"user_id={alice.uuid}") == ["acme/maps", "acme/trees"]
    assert names(asked, f"user_id={bob.uuid}&dataset_name=trees") == ["acme/trees"]
    assert names(asked, "dataset_name=maps&dataset_name=trees") == ["acme/trees", "acme/trees"]
    for query in (
        "dataset_name=other/maps",
        "dataset_name=",
        "dataset_name=%00",
        "user_id=",
        "user_id=x",
        "user_id=%00",
    ):
        assert names(asked, query) == [], query


@pytest.mark.usefixtures("trees")
@pytest.mark.parametrize(
    ("query", "expected", "limit", "offset"),
    [
        ("", [4, 3, 2, 1, 0], 50, 0),
        ("limit=2", [4, 3], 2, 0),
        ("limit=2&offset=4", [0], 2, 4),
        ("limit=200&offset=5", [], 200, 5),
        ("limit=9&limit=1&offset=3", [1], 1, 3),
        (f"offset={10**30}", [], 50, 10**30),
        (f"offset={2**63 - 1}", [], 50, 2**63 - 1),
    ],
)
def test_cuts_by_offset(asked: Asked, query: str, expected: list[int], limit: int, offset: int):
    ids = [download(asked) for _ in range(5)]
    answer = asked(f"{ACTIVITY}?{query}")
    shown = answer.json
    assert [ids.index(item["id"]) for item in shown["items"]] == expected
    assert (shown["limit"], shown["total"]) == (limit, 5)
    assert f'"offset":{offset},' in answer.text


@pytest.mark.parametrize(
    ("query", "type_"),
    [
        ("limit=0", "greater_than_equal"),
        ("limit=201", "less_than_equal"),
        ("offset=-1", "greater_than_equal"),
        ("offset=x", "int_parsing"),
        ("limit=", "int_parsing"),
    ],
)
def test_refuses_what_pydantic_would(asked: Asked, query: str, type_: str):
    answer = asked(f"{ACTIVITY}?{query}")
    (fault,) = answer.json["errors"]
    assert (answer.status_code, fault["loc"], fault["type"]) == (422, ["query", query.split("=")[0]], type_)


def test_is_for_members(given: Given, alice, bob, carol, trees: Thing, asked: Asked):
    download(asked)
    detail = "You are not a member of “acme”."
    for who in (bob, carol):
        answer = asked(ACTIVITY, by=who)
        assert answer.json == {"code": 403, "detail": detail, "type": "authorization_error"}
    assert asked("/org/nobody/datasets/activity").status_code == 404


def test_a_users_own_datasets_are_for_that_user(given: Given, alice, bob, asked: Asked):
    given.dataset("own", owner=bob, shared_with=[alice])
    download(asked, "own", org="bob")
    shown = asked("/org/bob/datasets/activity", by=bob).json["items"]
    assert [(item["dataset_name"], item["user_id"]) for item in shown] == [("bob/own", str(alice.uuid))]
    assert asked("/org/bob/datasets/activity", by=alice).status_code == 403
    assert asked("/org/alice/datasets/activity").json["items"] == []


def test_leaves_out_what_is_withdrawn_or_unnamed_and_follows_a_rename(given, alice, acme, trees, asked: Asked, act):
    unnamed = given.dataset("any", owner=alice, organization=acme, is_unnamed=True)
    download(asked, unnamed.slug)
    download(asked)
    given.rename(trees, "woods")
    assert names(asked) == ["acme/woods"]
    act(withdraw, trees)
    assert names(asked) == []


def test_costs_the_same_few_statements_at_1_item_and_at_60(
    given: Given, alice, client, trees, asked: Asked, statements: Watch
):
    token, counted = given.token(alice), []
    for number in (1, 59):
        for _ in range(number):
            download(asked)
        client.get("/api/v1/user", token=token)  # who asks is looked up once
        with statements() as seen:
            assert client.get(f"/api/v1{ACTIVITY}?limit=200", token=token).status_code == 200
        counted.append(len(seen))
    assert counted[1] <= counted[0] <= 8
