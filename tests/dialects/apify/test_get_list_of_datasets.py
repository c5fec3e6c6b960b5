"""GET /v2/datasets: a user's own datasets and those shared with them, a page at a time."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.changes.drafts import VersionDraft
from catalog.db import db
from catalog.model import Dataset
from catalog.tally import note_access
from tests.support.callers import Browser, Script
from tests.support.clock import Clock
from tests.support.given import PASSWORD, Given, Party, Thing
from tests.support.statements import Watch

KEYS = [
    "id",
    "name",
    "userId",
    "createdAt",
    "modifiedAt",
    "accessedAt",
    "itemCount",
    "cleanItemCount",
    "actId",
    "actRunId",
]
EXTRA_KEYS = ["title", "username", "generalAccess", "stats"]
Listed = Callable[..., TestResponse]


def names(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json["data"]["items"]]


def window(answer: TestResponse) -> dict:
    return {key: value for key, value in answer.json["data"].items() if key != "items"}


def change(app: Flask, thing: Thing, **columns: object) -> None:
    """Set columns of a dataset that no verb sets yet."""
    with app.app_context():
        db.session.execute(update(Dataset).where(Dataset.id == thing.id).values(**columns))
        db.session.commit()


def test_answers_with_exactly_these_keys_in_this_order(given: Given, alice: Party, clock: Clock, listed: Listed):
    clock.moment = datetime(2101, 1, 2, 3, 4, 5, 678901, UTC)
    trees = given.dataset("trees", owner=alice, versions=[{"label": "1", "row_count": 7}])
    expected = {
        "data": {
            "total": 1,
            "offset": 0,
            "limit": 1000,
            "desc": False,
            "count": 1,
            "items": [
                {
                    "id": trees.public_id,
                    "name": "trees",
                    "userId": alice.public_id,
                    "createdAt": "2101-01-02T03:04:05.678Z",
                    "modifiedAt": "2101-01-02T03:04:05.678Z",
                    "accessedAt": "2101-01-02T03:04:05.678Z",
                    "itemCount": 7,
                    "cleanItemCount": 7,
                    "actId": None,
                    "actRunId": None,
                }
            ],
        }
    }
    answer = listed()
    assert answer.json == expected
    assert list(answer.json["data"]) == list(expected["data"])
    assert list(answer.json["data"]["items"][0]) == KEYS
    assert answer.content_type == "application/json"
    assert re.fullmatch(r"[A-Za-z0-9]{17}", trees.public_id)
    assert re.fullmatch(r"[A-Za-z0-9]{17}", alice.public_id)


def test_writes_whole_seconds_with_three_digits_too(given: Given, alice: Party, clock: Clock, listed: Listed):
    clock.moment = datetime(2101, 1, 2, tzinfo=UTC)
    given.dataset("trees", owner=alice)
    assert listed().json["data"]["items"][0]["createdAt"] == "2101-01-02T00:00:00.000Z"


def test_tells_changes_and_reads_apart(app: Flask, given: Given, alice: Party, clock: Clock, listed: Listed):
    trees = given.dataset("trees", owner=alice)
    with app.app_context():
        clock.tick(hours=1)
        datasets.rename(OPERATOR, db.session.get_one(Dataset, trees.id), "woods")
        clock.tick(hours=1)
        note_access(trees.id)
    with app.app_context():
        app.extensions["catalog_tally"].flush()
    (item,) = listed().json["data"]["items"]
    moments = {key: item[key] for key in ("createdAt", "modifiedAt", "accessedAt")}
    assert moments == {
        "createdAt": "2100-05-09T12:00:00.000Z",
        "modifiedAt": "2100-05-09T13:00:00.000Z",
        "accessedAt": "2100-05-09T14:00:00.000Z",
    }


def test_says_which_run_made_a_dataset(app: Flask, given: Given, alice: Party, listed: Listed):
    trees = given.dataset("trees", owner=alice)
    change(app, trees, act_id="zdc3Pyhyz3m8vjDeM", act_run_id="HG7ML7M8z78YcAPEB")
    (item,) = listed().json["data"]["items"]
    assert (item["actId"], item["actRunId"]) == ("zdc3Pyhyz3m8vjDeM", "HG7ML7M8z78YcAPEB")


def test_an_empty_list_is_a_page(listed: Listed):
    assert listed().json == {"data": {"total": 0, "offset": 0, "limit": 1000, "desc": False, "count": 0, "items": []}}


@pytest.fixture
def cast(given: Given, alice: Party, clock: Clock) -> dict[str, str]:
    """Datasets that reach Alice, Bob, Carol and Dave in every way; the token of each."""
    bob, carol, dave = given.user("bob"), given.user("carol"), given.user("dave")
    lab = given.organization("lab", members={bob: "viewer"})
    club = given.organization("club", members={carol: "editor", dave: "viewer"})
    for slug, said in {
        "trees": {"owner": alice, "shared_with": [bob]},
        "roads": {"owner": alice},
        "rain": {"owner": bob},
        "rivers": {"owner": alice, "organization": lab},
        "roofs": {"owner": alice, "shared_with": [club]},
        "maps": {"owner": carol, "visibility": "public"},
        "menus": {"owner": carol, "visibility": "internal"},
        "mines": {"owner": carol, "visibility": "public", "shared_with": [dave]},
    }.items():
        clock.tick()
        given.dataset(slug, **said)
    return {party.name: given.token(party) for party in (alice, bob, carol, dave)}


@pytest.mark.parametrize(
    ("who", "query", "expected"),
    [
        ("alice", "", ["trees", "roads", "rivers", "roofs"]),
        ("alice", "ownership=ownedByMe", ["trees", "roads", "rivers", "roofs"]),
        ("alice", "ownership=sharedWithMe", []),
        ("bob", "", ["trees", "rain", "rivers"]),
        ("bob", "ownership=ownedByMe", ["rain"]),
        ("bob", "ownership=sharedWithMe", ["trees", "rivers"]),
        ("bob", "desc=1", ["rivers", "rain", "trees"]),
        ("carol", "", ["roofs", "maps", "menus", "mines"]),
        ("carol", "ownership=ownedByMe", ["maps", "menus", "mines"]),
        ("dave", "", ["roofs", "mines"]),
        ("dave", "ownership=sharedWithMe", ["roofs", "mines"]),
        ("dave", "ownership=ownedByMe", []),
    ],
)
def test_lists_what_is_ones_own_or_shared_with_one(client: Script, cast: dict, who: str, query: str, expected: list):
    answer = client.get(f"/v2/datasets?{query}", token=cast[who])
    assert names(answer) == expected
    assert answer.json["data"]["total"] == len(expected)


def test_leaves_out_what_was_withdrawn(app: Flask, given: Given, alice: Party, listed: Listed):
    trees = given.dataset("trees", owner=alice)
    with app.app_context():
        datasets.withdraw(OPERATOR, db.session.get_one(Dataset, trees.id))
    assert listed("unnamed=1").json["data"]["total"] == 0


# Order


def test_lists_the_oldest_first_and_settles_ties_the_same_way_every_time(given, alice, clock, listed):
    given.dataset("old", owner=alice)
    clock.tick()
    for slug in ("zebra", "apple", "mango"):
        given.dataset(slug, owner=alice)
    clock.tick()
    given.dataset("young", owner=alice)
    whole = ["old", "zebra", "apple", "mango", "young"]
    assert names(listed()) == whole
    assert names(listed("desc=1")) == whole[::-1]
    assert [name for n in range(6) for name in names(listed(f"limit=1&offset={n}"))] == whole
    assert [name for n in range(6) for name in names(listed(f"limit=1&offset={n}&desc=true"))] == whole[::-1]


def test_what_comes_while_somebody_pages_comes_at_the_end(given, alice, clock, listed):
    for slug in ("one", "two", "three"):
        given.dataset(slug, owner=alice)
        clock.tick()
    first = names(listed("limit=2"))
    given.dataset("four", owner=alice)
    assert first + names(listed("limit=2&offset=2")) == ["one", "two", "three", "four"]


# Windows


@pytest.mark.parametrize(
    ("query", "offset", "limit", "expected"),
    [
        ("", 0, 1000, ["a00", "a01", "a02", "a03", "a04"]),
        ("limit=0", 0, 1000, ["a00", "a01", "a02", "a03", "a04"]),
        ("limit=&offset=", 0, 1000, ["a00", "a01", "a02", "a03", "a04"]),
        ("limit=%20&offset=%20", 0, 1000, ["a00", "a01", "a02", "a03", "a04"]),
        ("limit=2", 0, 2, ["a00", "a01"]),
        ("limit=2.0&offset=1.0", 1, 2, ["a01", "a02"]),
        ("limit=2.9&offset=1.9", 1, 2, ["a01", "a02"]),
        ("limit=.9&offset=.9", 0, 1000, ["a00", "a01", "a02", "a03", "a04"]),
        ("limit=2e0&offset=30E-1", 3, 2, ["a03", "a04"]),
        ("limit=+2&offset=%2B1", 1, 2, ["a01", "a02"]),
        ("limit=-0&offset=-0", 0, 1000, ["a00", "a01", "a02", "a03", "a04"]),
        ("limit=1&limit=3&offset=2&offset=0", 0, 3, ["a00", "a01", "a02"]),
        ("limit=1001", 0, 1000, ["a00", "a01", "a02", "a03", "a04"]),
        ("limit=1e30", 0, 1000, ["a00", "a01", "a02", "a03", "a04"]),
        ("offset=4", 4, 1000, ["a04"]),
        ("offset=5", 5, 1000, []),
        ("offset=999999999999", 999999999999, 1000, []),
        ("offset=9223372036854775808", 2**63, 1000, []),
        ("offset=100000000000000000000&limit=1e300", 10**20, 1000, []),
    ],
)
def test_shows_the_window_that_was_asked_for(given, alice, listed, query, offset, limit, expected):
    given.datasets([f"a{n:02}" for n in range(5)], owner=alice)
    answer = listed(query)
    assert names(answer) == expected
    whole = {"total": 5, "offset": offset, "limit": limit, "desc": False, "count": len(expected)}
    assert window(answer) == whole


def test_gives_an_offset_beyond_every_database_back_in_digits(listed: Listed):
    assert f'"offset":{int(1e30)},' in listed("offset=1e30").text


def test_cuts_a_page_at_a_thousand(given: Given, alice: Party, listed: Listed):
    slugs = [f"a{n:04}" for n in range(1003)]
    given.datasets(slugs, owner=alice)
    first, last = listed("limit=999999"), listed("limit=999999&offset=1000")
    assert window(first) == {"total": 1003, "offset": 0, "limit": 1000, "desc": False, "count": 1000}
    assert names(first) + names(last) == slugs
    assert names(listed("desc=1&limit=2&offset=1000")) == ["a0002", "a0001"]


def test_an_empty_page_follows_the_last_one(given: Given, alice: Party, listed: Listed):
    given.datasets([f"a{n}0" for n in range(5)], owner=alice)
    walked, offset = [], 0
    while page := listed(f"limit=2&offset={offset}").json["data"]["items"]:
        walked += page
        offset += len(page)
    assert [item["name"] for item in walked] == ["a00", "a10", "a20", "a30", "a40"]


def refusal(name: str, given: str, expected: str) -> dict:
    message = f'Invalid input: "{name}" must be {expected}, not "{given}".'
    return {"error": {"type": "invalid-input", "message": message}}


@pytest.mark.parametrize("name", ["offset", "limit"])
@pytest.mark.parametrize(
    "value",
    [
        "-1",
        "-0.5",
        "x",
        "1,5",
        "1_000",
        "１０",
        "٣",
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "1e999",
        "0x10",
        "1e",
        ".",
        "5 6",
    ],
)
def test_refuses_what_is_no_number_from_0_on(listed: Listed, name: str, value: str):
    answer = listed("", query_string={name: value})
    assert (answer.status_code, answer.json) == (400, refusal(name, value, "a number from 0 on"))


@pytest.mark.parametrize("name", ["desc", "unnamed"])
@pytest.mark.parametrize("value", ["2", "yes", "on", "-1", "１", "null"])
def test_refuses_what_is_neither_true_nor_false(listed: Listed, name: str, value: str):
    answer = listed("", query_string={name: value})
    assert (answer.status_code, answer.json) == (400, refusal(name, value, "one of 1, true, 0, false"))


@pytest.mark.parametrize("value", ["OwnedByMe", "ownedbyme", "mine", " ownedByMe", "ownedByMe,sharedWithMe"])
def test_takes_the_words_of_ownership_alone(listed: Listed, value: str):
    answer = listed("", query_string={"ownership": value})
    assert (answer.status_code, answer.json) == (
        400,
        refusal("ownership", value, "one of ownedByMe, sharedWithMe"),
    )


@pytest.mark.parametrize(
    ("value", "is_descending"),
    [("1", True), ("true", True), ("True", True), ("0", False), ("false", False), ("FALSE", False), ("", False)],
)
def test_reads_the_spellings_of_true_and_false(given, alice, clock, listed, value, is_descending):
    given.dataset("old", owner=alice)
    clock.tick()
    given.dataset("young", owner=alice)
    answer = listed(f"desc={value}")
    assert answer.json["data"]["desc"] is is_descending
    assert names(answer) == (["young", "old"] if is_descending else ["old", "young"])


def test_says_the_first_fault_of_several(listed: Listed):
    answer = listed("ownership=x&unnamed=x&desc=x&limit=x&offset=x")
    assert answer.json == refusal("offset", "x", "a number from 0 on")


def test_ignores_what_it_does_not_know_and_an_empty_ownership(given, alice, listed):
    given.dataset("trees", owner=alice)
    assert names(listed("chunkSize=10&q=nothing&ownership=&Limit=0&page=7")) == ["trees"]


# Named and unnamed, with and without items


@pytest.fixture
def storages(given: Given, alice: Party, clock: Clock) -> dict[str, Thing]:
    """Each of named and unnamed, with items and empty."""
    filled = [{"label": "1", "row_count": 3}]
    made = {}
    for slug, said in {
        "full": {"versions": filled},
        "empty": {},
        "unnamed_full": {"versions": filled, "is_unnamed": True},
        "unnamed_empty": {"is_unnamed": True},
    }.items():
        clock.tick()
        made[slug] = given.dataset(slug, owner=alice, **said)
    return made


NAMED, ALL = ["full", "empty"], ["full", "empty", "unnamed_full", "unnamed_empty"]


@pytest.mark.parametrize(
    ("query", "hides_empty", "expected"),
    [
        ("", False, NAMED),
        ("unnamed=0", False, NAMED),
        ("unnamed=1", False, ALL),
        ("unnamed=true", False, ALL),
        ("", True, NAMED),
        ("unnamed=false", True, NAMED),
        ("unnamed=1", True, ["full", "unnamed_full"]),
    ],
)
def test_lists_unnamed_ones_when_asked(app_with, given, alice, storages, query, hides_empty, expected):
    script = Script(app_with(apify_unnamed_hides_empty=hides_empty))
    answer = script.get(f"/v2/datasets?{query}", token=given.token(alice))
    assert [item["id"] for item in answer.json["data"]["items"]] == [storages[slug].public_id for slug in expected]
    assert answer.json["data"]["total"] == len(expected)


def test_an_unnamed_one_goes_by_its_id(given: Given, alice: Party, listed: Listed):
    thing = given.dataset("any", owner=alice, is_unnamed=True)
    assert names(listed("unnamed=1")) == [thing.public_id]


# More than the pages say


@pytest.mark.parametrize("origin", ["CLI", "CI"])
def test_gives_the_command_line_tool_what_its_tables_need(given: Given, alice: Party, listed: Listed, origin: str):
    given.dataset(
        "trees", owner=alice, visibility="public", title="Trees", versions=["1", {"label": "2", "file_size_bytes": 99}]
    )
    given.dataset("roads", owner=alice)
    given.dataset("rain", owner=alice, visibility="internal", versions=["1"])
    items = listed("", headers={"X-Apify-Request-Origin": origin}).json["data"]["items"]
    assert [list(item) for item in items] == [KEYS + EXTRA_KEYS] * 3
    assert [{key: item[key] for key in EXTRA_KEYS} for item in items] == [
        {
            "title": "Trees",
            "username": "alice",
            "generalAccess": "ANYONE_WITH_NAME_CAN_READ",
            "stats": {"s3StorageBytes": 99},
        },
        {"title": None, "username": "alice", "generalAccess": "RESTRICTED", "stats": {}},
        {"title": None, "username": "alice", "generalAccess": "FOLLOW_USER_SETTING", "stats": {}},
    ]


def test_gives_the_extras_to_all_where_the_operator_says_so(app_with, given: Given, alice: Party):
    given.dataset("trees", owner=alice)
    answer = Script(app_with(apify_list_extras=True)).get("/v2/datasets", token=given.token(alice))
    assert list(answer.json["data"]["items"][0]) == KEYS + EXTRA_KEYS


# Credentials


def test_takes_the_token_in_a_header_or_in_the_query(client: Script, given: Given, alice: Party):
    token = given.token(alice)
    assert client.get("/v2/datasets", token=token).status_code == 200
    assert client.get(f"/v2/datasets?token={token}").status_code == 200
    assert client.get("/v2/datasets", headers={"X-API-Key": token}).status_code == 200


def test_believes_the_header_and_not_the_query(client: Script, given: Given, alice: Party):
    token = given.token(alice)
    assert client.get("/v2/datasets?token=wrong", token=token).status_code == 200
    assert client.get(f"/v2/datasets?token={token}", token="wrong").status_code == 401


def test_takes_no_cookie(browser: Browser, given: Given):
    given.dataset("trees", owner=given.user("dora", password=PASSWORD))
    browser.sign_in("dora", PASSWORD)
    assert "trees" in browser.get("/datasets").text
    assert browser.get("/v2/datasets").status_code == 401


def test_asks_who_it_is_before_what_they_want(client: Script):
    assert client.get("/v2/datasets?limit=x").status_code == 401


# Headers


def test_nobody_else_may_keep_the_answer(listed: Listed):
    headers = listed().headers
    assert headers["Cache-Control"] == "private, max-age=0"
    assert {"Authorization", "X-API-Key", "X-Apify-Request-Origin"} <= set(headers["Vary"].split(", "))


def test_sends_nothing_anew_that_the_caller_holds(given: Given, alice: Party, listed: Listed):
    given.dataset("trees", owner=alice)
    tag = listed().headers["ETag"]
    again = listed("", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    command_line = {"If-None-Match": tag, "X-Apify-Request-Origin": "CLI"}
    assert listed("", headers=command_line).status_code == 200
    given.dataset("roads", owner=alice)
    assert listed("", headers={"If-None-Match": tag}).status_code == 200


def test_head_says_what_get_would(client: Script, given: Given, alice: Party):
    given.dataset("trees", owner=alice)
    token = given.token(alice)
    head, full = client.head("/v2/datasets", token=token), client.get("/v2/datasets", token=token)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == full.headers["Content-Length"]


# What it costs


@pytest.mark.parametrize("headers", [{}, {"X-Apify-Request-Origin": "CLI"}])
@pytest.mark.parametrize("query", ["", "unnamed=1&ownership=ownedByMe&desc=1", "limit=200"])
def test_a_page_costs_the_same_few_statements_at_1_row_and_at_200(
    given, alice, listed, statements: Watch, headers, query
):
    counted = []
    for slugs in (["first"], [f"a{n:03}" for n in range(199)]):
        given.datasets(slugs, owner=alice, tags=["climate"], versions=[VersionDraft(label="1")])
        with statements() as seen:
            assert listed(query, headers=headers).json["data"]["count"] in (1, 200)
        counted.append(len(seen))
    assert counted[1] <= counted[0] <= 8
