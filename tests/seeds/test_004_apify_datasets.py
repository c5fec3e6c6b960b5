"""Seed 004, the older page of the same list: its example, and where it and seed 002 contradict each other."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import update

from catalog.db import db
from catalog.model import Dataset, User
from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given
from tests.support.seeds import examples

USER = "tbXmWu7GCxnyYtSiL"
MOMENTS = {
    "createdAt": "2019-12-12T07:34:14.202Z",
    "modifiedAt": "2019-12-13T08:36:13.202Z",
    "accessedAt": "2019-12-14T08:36:13.202Z",
}
EXAMPLE = {
    "data": {
        "total": 2,
        "offset": 0,
        "limit": 1000,
        "desc": False,
        "count": 2,
        "items": [
            {
                "id": "wkzbqmufyuamgv3yf",
                "name": "d7b9mdysbtx5l7xaj",
                "userId": USER,
                **MOMENTS,
                "itemCount": 7,
                "cleanItemCount": 5,
                "actId": None,
                "actRunId": None,
            },
            {
                "id": "YiKoxjkaS9gjGTqhF",
                "name": "eshop-items",
                "userId": USER,
                **MOMENTS,
                "itemCount": 2,
                "cleanItemCount": 2,
                "actId": None,
                "actRunId": None,
            },
        ],
    }
}


@pytest.fixture
def janes(app: Flask, given: Given) -> str:
    """The token of the user of the page's example, whose two datasets came at the same moment."""
    jane = given.user("jane")
    for item in EXAMPLE["data"]["items"]:
        thing = given.dataset("any", owner=jane)
        with app.app_context():
            db.session.execute(update(User).where(User.id == jane.id).values(public_id=USER))
            db.session.execute(
                update(Dataset)
                .where(Dataset.id == thing.id)
                .values(
                    public_id=item["id"],
                    name=item["name"],
                    name_folded=item["name"],
                    created_at=datetime.fromisoformat(item["createdAt"]),
                    updated_at=datetime.fromisoformat(item["modifiedAt"]),
                    accessed_at=datetime.fromisoformat(item["accessedAt"]),
                    item_count=item["itemCount"],
                    clean_item_count=item["cleanItemCount"],
                )
            )
            db.session.commit()
    return given.token(jane)


@pytest.mark.real_records
def test_the_page_shows_what_is_asserted_here():
    assert [str(shown) for shown in examples("004")] == [str(EXAMPLE)]


def test_answers_the_example_of_the_page_key_by_key(client: Script, janes: str):
    answer = client.get("/v2/datasets", token=janes)
    assert (answer.status_code, str(answer.json)) == (200, str(EXAMPLE))


def test_desc_turns_also_what_came_at_the_same_moment(client: Script, janes: str):
    data = client.get("/v2/datasets?desc=1", token=janes).json["data"]
    assert data == EXAMPLE["data"] | {"desc": True, "items": EXAMPLE["data"]["items"][::-1]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [("offset=10&limit=99", []), ("offset=1&limit=99", ["eshop-items"]), ("limit=1", ["d7b9mdysbtx5l7xaj"])],
)
def test_offset_and_limit_cut_as_the_page_says(client: Script, janes: str, query: str, expected: list):
    data = client.get(f"/v2/datasets?{query}", token=janes).json["data"]
    assert ([item["name"] for item in data["items"]], data["total"]) == (expected, 2)


def test_sorts_by_createdat_where_the_page_once_says_startedat(client: Script, given: Given, clock: Clock):
    alice = given.user("alice")
    for slug in ("one", "two"):
        clock.tick()
        given.dataset(slug, owner=alice)
    items = client.get("/v2/datasets?desc=true", token=given.token(alice)).json["data"]["items"]
    assert [item["name"] for item in items] == ["two", "one"]
    assert "startedAt" not in items[0]


@pytest.mark.parametrize(
    ("hides_empty", "query", "expected"),
    [
        (False, "unnamed=1", ["empty", "full", "unnamed empty", "unnamed full"]),
        (True, "unnamed=1", ["full", "unnamed full"]),
        (True, "unnamed=true", ["full", "unnamed full"]),
        (True, "unnamed=0", ["empty", "full"]),
        (True, "", ["empty", "full"]),
    ],
)
def test_hides_empty_ones_beside_the_unnamed_only_where_it_is_set_so(app_with, given, hides_empty, query, expected):
    alice = given.user("alice")
    for title in ("empty", "full", "unnamed empty", "unnamed full"):
        versions = [{"label": "1", "row_count": 2}] if "full" in title else []
        given.dataset("any", owner=alice, is_unnamed="unnamed" in title, title=title, versions=versions)
    script = Script(app_with(apify_unnamed_hides_empty=hides_empty, apify_list_extras=True))
    answer = script.get(f"/v2/datasets?{query}", token=given.token(alice))
    assert sorted(item["title"] for item in answer.json["data"]["items"]) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["bobs", "hers"]),
        ("ownership=ownedByMe", ["hers"]),
        ("ownership=sharedWithMe", ["bobs"]),
    ],
)
def test_ownership_parts_what_is_accessible(client: Script, given: Given, query: str, expected: list):
    alice, bob = given.user("alice"), given.user("bob")
    given.dataset("hers", owner=alice)
    given.dataset("bobs", owner=bob, shared_with=[alice])
    items = client.get(f"/v2/datasets?{query}", token=given.token(alice)).json["data"]["items"]
    assert sorted(item["name"] for item in items) == expected
