"""GET /api/v1/org/{org}/datasets: the versions of an organization's datasets, filtered, sorted, a page at a time."""

from base64 import b64encode
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
from catalog.model import Dataset, Version
from tests.support.callers import Browser, Script
from tests.support.clock import Clock
from tests.support.given import PASSWORD, Given, Party
from tests.support.statements import Watch

KEYS = [
    "id",
    "name",
    "version",
    "created_at",
    "download_count",
    "format",
    "is_public",
    "origin",
    "summary",
    "license",
    "pretty_name",
    "size_category",
    "updated_at",
    "tags",
    "task_categories",
    "language",
    "row_count",
    "file_size_bytes",
]
ENVELOPE_KEYS = ["datasets", "has_next", "has_previous", "limit", "page", "total", "total_pages"]
Listed = Callable[..., TestResponse]


def rows(answer: TestResponse) -> list[str]:
    """The rows of a page, as `name version`."""
    assert answer.status_code == 200, answer.text
    return [f"{row['name']} {row['version']}" for row in answer.json["datasets"]]


def slugs(answer: TestResponse) -> list[str]:
    """The datasets of a page, without their organization."""
    return [row.split()[0].split("/")[1] for row in rows(answer)]


def envelope(answer: TestResponse) -> dict:
    return {key: value for key, value in answer.json.items() if key != "datasets"}


def uuid_of(app: Flask, slug: str) -> str:
    """The id of the one version of a dataset."""
    with app.app_context():
        return str(db.session.scalar(db.select(Version.uuid).join(Version.dataset).where(Dataset.slug == slug)))


# Rows


def test_answers_with_these_keys_in_this_order(app, given, alice, acme, clock: Clock, listed: Listed):
    clock.moment = datetime(2101, 1, 2, 3, 4, 5, 678901, UTC)
    version = {
        "label": "2017-04-07",
        "row_count": 5000,
        "file_size_bytes": 123,
        "origin": {"url": "https://example.org/trees"},
        "language": ["en", "pt"],
        "task_categories": ["image-classification", "ranking"],
    }
    given.dataset(
        "trees",
        owner=alice,
        organization=acme,
        visibility="internal",
        title="Trees",
        subtitle="Every tree",
        license="CC-BY-4.0",
        tags=["forest", "climate"],
        versions=[version],
        assets=[{"kind": "CSV file", "format": "text/csv"}],
    )
    with app.app_context():
        db.session.execute(update(Version).values(download_count=3))
        db.session.commit()
    row = {
        "id": uuid_of(app, "trees"),
        "name": "acme/trees",
        "version": "2017.4.7",
        "created_at": "2101-01-02T03:04:05.678901Z",
        "download_count": 3,
        "format": "csv",
        "is_public": True,
        "origin": {"url": "https://example.org/trees"},
        "summary": "Every tree",
        "license": "CC-BY-4.0",
        "pretty_name": "Trees",
        "size_category": "1K<n<10K",
        "updated_at": "2101-01-02T03:04:05.678901Z",
        "tags": ["forest", "climate"],
        "task_categories": ["image-classification", "ranking"],
        "language": ["en", "pt"],
        "row_count": 5000,
        "file_size_bytes": 123,
    }
    answer = listed()
    assert answer.json == {
        "datasets": [row],
        "has_next": False,
        "has_previous": False,
        "limit": 50,
        "page": 1,
        "total": 1,
        "total_pages": 1,
    }
    assert list(answer.json) == ENVELOPE_KEYS
    assert list(answer.json["datasets"][0]) == KEYS
    assert answer.content_type == "application/json"


def test_a_dataset_without_a_version_is_one_row_that_states_nothing(given, alice, acme, clock: Clock, listed: Listed):
    clock.moment = datetime(2101, 1, 2, tzinfo=UTC)
    trees = given.dataset("trees", owner=alice, organization=acme)
    assert listed().json["datasets"] == [
        {
            "id": str(trees.uuid),
            "name": "acme/trees",
            "version": "0.0.0",
            "created_at": "2101-01-02T00:00:00Z",
            "download_count": 0,
            "format": "unknown",
            "is_public": False,
            "origin": {},
            "summary": None,
            "license": None,
            "pretty_name": None,
            "size_category": None,
            "updated_at": "2101-01-02T00:00:00Z",
            "tags": [],
            "task_categories": None,
            "language": None,
            "row_count": None,
            "file_size_bytes": None,
        }
    ]


def test_every_version_is_a_row_with_its_own_id(given, alice, acme, listed: Listed):
    given.dataset("trees", owner=alice, organization=acme, versions=["1.1", "1.0", "Release 55"])
    given.dataset("bare", owner=alice, organization=acme)
    answer = listed("sort_by=name&sort_dir=asc")
    assert rows(answer) == ["acme/bare 0.0.0", "acme/trees 1.0.0", "acme/trees 1.1.0", "acme/trees 55.0.0"]
    assert len({row["id"] for row in answer.json["datasets"]}) == answer.json["total"] == 4


def test_origin_is_what_the_source_said_where_the_version_states_none(given, alice, acme, listed: Listed):
    stated = {"label": "1", "origin": {"url": "https://example.org"}}
    given.dataset("trees", owner=alice, organization=acme, versions=[stated, "2"], extra={"doi": "10.1/x"})
    given.dataset("bare", owner=alice, organization=acme, extra={"doi": "10.1/y"})
    answer = listed("sort_by=name&sort_dir=asc")
    assert [row["origin"] for row in answer.json["datasets"]] == [
        {"doi": "10.1/y"},
        {"url": "https://example.org"},
        {"doi": "10.1/x"},
    ]


@pytest.mark.parametrize(
    ("visibility", "is_public"),
    [("public", True), ("internal", True), ("private", False)],
)
def test_public_is_what_every_signed_in_reader_may_see(given, alice, acme, listed, visibility, is_public):
    given.dataset("trees", owner=alice, organization=acme, visibility=visibility)
    assert listed().json["datasets"][0]["is_public"] is is_public


@pytest.mark.parametrize(
    ("license_", "shown"),
    [("cc-by-4.0", "CC-BY-4.0"), ("As the ministry says", "As the ministry says"), ("Long " * 30, None), (None, None)],
)
def test_a_license_goes_out_by_its_short_name_or_in_few_words(given, alice, acme, listed, license_, shown):
    said = {"license": license_} if license_ else {}
    given.dataset("trees", owner=alice, organization=acme, **said)
    assert listed().json["datasets"][0]["license"] == shown


def test_without_a_subtitle_the_summary_is_how_the_overview_begins(given, alice, acme, listed: Listed):
    given.dataset("trees", owner=alice, organization=acme, overview="All the trees of the city, counted by hand.")
    assert listed().json["datasets"][0]["summary"] == "All the trees of the city, counted by hand."


def test_leaves_out_the_unnamed_and_the_withdrawn(app: Flask, given, alice, acme, listed: Listed):
    given.dataset("work", owner=alice, organization=acme, is_unnamed=True)
    trees = given.dataset("trees", owner=alice, organization=acme)
    with app.app_context():
        datasets.withdraw(OPERATOR, db.session.get_one(Dataset, trees.id))
    assert envelope(listed()) == {
        "has_next": False,
        "has_previous": False,
        "limit": 50,
        "page": 1,
        "total": 0,
        "total_pages": 0,
    }


# Whose rows


@pytest.fixture
def cast(given: Given, alice: Party, acme: Party) -> dict[str, str]:
    """Datasets of acme, of two other organizations and of nobody's; the token of each of the cast."""
    bob, carol, dave = given.user("bob"), given.user("carol"), given.user("dave")
    club = given.organization("club", members={dave: "viewer"})
    other = given.organization("other", members={carol: "admin"})
    given.organization("empty", members={carol: "admin"})
    for slug, said in {
        "trees": {"owner": alice, "organization": acme, "shared_with": [bob]},
        "roads": {"owner": alice, "organization": acme},
        "roofs": {"owner": alice, "organization": acme, "shared_with": [club]},
        "rain": {"owner": bob, "organization": acme},
        "maps": {"owner": carol, "organization": other, "visibility": "public"},
        "menus": {"owner": carol, "organization": other, "visibility": "internal"},
        "mines": {"owner": carol, "organization": other},
        "notes": {"owner": alice},
        "novel": {"owner": alice, "visibility": "public"},
        "night": {"owner": alice, "shared_with": [bob]},
        "diary": {"owner": bob},
    }.items():
        given.dataset(slug, **said)
    return {party.name: given.token(party) for party in (alice, bob, carol, dave)}


OPEN = ["maps", "menus", "novel"]


@pytest.mark.parametrize(
    ("who", "org", "include_public", "expected"),
    [
        ("alice", "acme", False, ["rain", "roads", "roofs", "trees"]),
        ("alice", "acme", True, ["rain", "roads", "roofs", "trees", *OPEN]),
        ("bob", "acme", False, ["rain", "trees"]),
        ("bob", "acme", True, ["rain", "trees", *OPEN]),
        ("carol", "acme", False, 403),
        ("carol", "acme", True, OPEN),
        ("dave", "acme", False, ["roofs"]),
        ("dave", "acme", True, ["roofs", *OPEN]),
        ("carol", "other", False, ["maps", "menus", "mines"]),
        ("alice", "other", False, 403),
        ("alice", "other", True, OPEN),
        ("carol", "empty", False, []),
        ("alice", "empty", False, 403),
        ("alice", "empty", True, OPEN),
        ("alice", "alice", False, ["night", "notes", "novel"]),
        ("alice", "alice", True, ["maps", "menus", "night", "notes", "novel"]),
        ("bob", "bob", False, ["diary"]),
        ("carol", "carol", False, []),
        ("bob", "alice", False, 403),
        ("bob", "alice", True, 403),
        ("alice", "nobody", False, 404),
        ("alice", "nobody", True, 404),
        ("alice", "ACME", False, 404),
    ],
)
def test_shows_what_reaches_the_reader(client: Script, cast: dict, who: str, org: str, include_public: bool, expected):
    flag = str(include_public).lower()
    answer = client.get(f"/api/v1/org/{org}/datasets?include_public={flag}", token=cast[who])
    if isinstance(expected, int):
        assert answer.status_code == expected
    else:
        assert sorted(slugs(answer)) == sorted(expected)
        assert answer.json["total"] == len(expected)


def test_a_filter_that_finds_nothing_shuts_nobody_out(client: Script, cast: dict):
    assert rows(client.get("/api/v1/org/acme/datasets?name=nothing", token=cast["bob"])) == []


def test_names_say_whose_a_dataset_is(client: Script, cast: dict):
    answer = client.get("/api/v1/org/acme/datasets?include_public=1&sort_by=name&sort_dir=asc", token=cast["carol"])
    assert rows(answer) == ["alice/novel 0.0.0", "other/maps 0.0.0", "other/menus 0.0.0"]


# Filters


@pytest.fixture
def library(given: Given, alice: Party, acme: Party) -> None:
    """Datasets that differ in everything that can be filtered by."""
    csv, parquet = {"kind": "file", "format": "csv"}, {"kind": "file", "format": "parquet"}
    for slug, said in {
        "trees": {
            "title": "Trees of the city",
            "subtitle": "Where they STAND, 100% counted",
            "tags": ["forest", "city"],
            "license": "CC-BY-4.0",
            "assets": [csv],
            "versions": [{"label": "1", "row_count": 10, "task_categories": ["ranking", "counting"]}],
        },
        "roads": {
            "subtitle": "Straßen und Wege",
            "tags": ["city", "traffic"],
            "license": "ODbL-1.0",
            "assets": [parquet],
            "versions": [{"label": "1", "row_count": 2000, "task_categories": ["routing"]}],
        },
        "rain_gauges": {
            "overview": "Stands in the rain.",
            "tags": ["a,b"],
            "license": "As the ministry says",
            "versions": [{"label": "1", "row_count": 3000, "task_categories": ["counting"]}],
        },
        "bare": {},
    }.items():
        given.dataset(slug, owner=alice, organization=acme, **said)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("name=trees", ["trees"]),
        ("name=acme/trees", ["trees"]),
        ("name=other/trees", []),
        ("name=tree", []),
        ("name=Trees", []),
        ("name=", []),
        ("name=roads&name=trees", ["trees"]),
        ("search=ROAD", ["roads"]),
        ("search=acme%2Fr", ["rain_gauges", "roads"]),
        ("search=stand", ["rain_gauges", "trees"]),
        ("search=they stand", ["trees"]),
        ("search=stand they", []),
        ("search=STRASSEN", ["roads"]),
        ("search=0%25 c", ["trees"]),
        ("search=%25", ["trees"]),
        ("search=_", ["rain_gauges"]),
        ("search=city", []),
        ("search=", ["bare", "rain_gauges", "roads", "trees"]),
        ("tags=forest", ["trees"]),
        ("tags=forest&tags=traffic", ["roads", "trees"]),
        ("tags=Forest", []),
        ("tags=a,b", ["rain_gauges"]),
        ("tags=forest,city", []),
        ("tags=", []),
        ("license=CC-BY-4.0", ["trees"]),
        ("license=CC-BY-4.0&license=As the ministry says", ["rain_gauges", "trees"]),
        ("task_categories=counting", ["rain_gauges", "trees"]),
        ("task_categories=routing&task_categories=ranking", ["roads", "trees"]),
        ("format=csv", ["trees"]),
        ("format=csv&format=parquet", ["roads", "trees"]),
        ("format=unknown", ["bare", "rain_gauges"]),
        ("size_category=n<1K", ["trees"]),
        ("size_category=n<1K&size_category=1K<n<10K", ["rain_gauges", "roads", "trees"]),
        ("tags=city&format=parquet", ["roads"]),
        ("tags=city&format=parquet&license=CC-BY-4.0", []),
        ("task_categories=counting&size_category=1K<n<10K&search=rain&name=rain_gauges", ["rain_gauges"]),
        ("include_public=true&tags=forest", ["trees"]),
        ("colour=green&Tags=x&tags[]=x&page_size=1", ["bare", "rain_gauges", "roads", "trees"]),
        ("name=%00", []),
        ("search=%00", []),
        ("tags=%00&tags=forest", ["trees"]),
        ("tags=%FF", []),
    ],
)
def test_each_filter_narrows(listed: Listed, query: str, expected: list[str]):
    answer = listed(query.replace(" ", "+").replace("<", "%3C"))
    assert sorted(slugs(answer)) == expected
    assert answer.json["total"] == len(expected)


def test_uses_as_much_of_a_search_text_as_it_is_set_to(app_with, given: Given, alice: Party, acme: Party):
    given.dataset("trees", owner=alice, organization=acme, subtitle="x" * 10 + "yz")
    script, token = Script(app_with(text_limit=12)), given.token(alice)
    found = {
        text: script.get("/api/v1/org/acme/datasets", query_string={"search": text}, token=token).json["total"]
        for text in ("x" * 10 + "yz and what is beyond", "x" * 10 + "zy", "z" * 100_000)
    }
    assert list(found.values()) == [1, 0, 0]


# Order


@pytest.fixture
def shelf(given: Given, alice: Party, acme: Party, clock: Clock) -> None:
    """Versions of known age and size, some of which state none; dated so that every order differs."""
    for slug, versions in {
        "beech": [{"label": "2", "row_count": 30, "file_size_bytes": 5}, {"label": "1", "row_count": 10}],
        "alder": [{"label": "1", "row_count": 20, "file_size_bytes": 9}],
        "cedar": [],
    }.items():
        clock.tick()
        given.dataset(slug, owner=alice, organization=acme, versions=versions)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "cedar0 alder1 beech1 beech2"),
        ("sort_by=created_at&sort_dir=desc", "cedar0 alder1 beech1 beech2"),
        ("sort_dir=asc", "beech1 beech2 alder1 cedar0"),
        ("sort_by=name&sort_dir=asc", "alder1 beech1 beech2 cedar0"),
        ("sort_by=name", "cedar0 beech1 beech2 alder1"),
        ("sort_by=updated_at&sort_dir=asc", "beech1 beech2 alder1 cedar0"),
        ("sort_by=row_count&sort_dir=asc", "beech1 alder1 beech2 cedar0"),
        ("sort_by=row_count", "beech2 alder1 beech1 cedar0"),
        ("sort_by=file_size_bytes&sort_dir=asc", "beech2 alder1 beech1 cedar0"),
        ("sort_by=file_size_bytes", "alder1 beech2 beech1 cedar0"),
        ("sort_by=row_count&sort_by=name&sort_dir=desc&sort_dir=asc", "alder1 beech1 beech2 cedar0"),
    ],
)
def test_sorts_by_what_is_asked_and_puts_what_states_nothing_last(listed: Listed, query: str, expected: str):
    found = [row.replace(" ", "").removeprefix("acme/").removesuffix(".0.0") for row in rows(listed(query))]
    assert found == expected.split()
    walked = [row for page in range(1, 6) for row in rows(listed(f"{query}&limit=1&page={page}"))]
    assert [row.replace(" ", "").removeprefix("acme/").removesuffix(".0.0") for row in walked] == expected.split()


def test_updated_at_is_the_last_change_of_the_version(app: Flask, listed: Listed, shelf: None):
    with app.app_context():
        of_alder = db.select(Version.id).join(Version.dataset).where(Dataset.slug == "alder").scalar_subquery()
        later = datetime(2102, 1, 1, tzinfo=UTC)
        db.session.execute(update(Version).where(Version.id == of_alder).values(updated_at=later))
        db.session.commit()
    answer = listed("sort_by=updated_at&limit=1")
    assert (rows(answer), answer.json["datasets"][0]["updated_at"]) == (["acme/alder 1.0.0"], "2102-01-01T00:00:00Z")


# Pages


@pytest.mark.parametrize(
    ("query", "expected", "page", "limit", "total_pages", "has_next", "has_previous"),
    [
        ("", "abcde", 1, 50, 1, False, False),
        ("limit=2", "ab", 1, 2, 3, True, False),
        ("limit=2&page=2", "cd", 2, 2, 3, True, True),
        ("limit=2&page=3", "e", 3, 2, 3, False, True),
        ("limit=5", "abcde", 1, 5, 1, False, False),
        ("limit=200&page=2", "", 2, 200, 1, False, True),
        ("limit=9&limit=2&page=9&page=1", "ab", 1, 2, 3, True, False),
        ("limit=1.0&page=+2", "b", 2, 1, 5, True, True),
        ("limit=1_0&page=%2B1", "abcde", 1, 10, 1, False, False),
        (f"page={2**63}", "", 2**63, 50, 1, False, True),
    ],
)
def test_cuts_pages_and_says_where_one_is(
    given, alice, acme, listed, query, expected, page, limit, total_pages, has_next, has_previous
):
    given.datasets([f"{letter}00" for letter in "abcde"], owner=alice, organization=acme)
    answer = listed(f"sort_by=name&sort_dir=asc&{query}")
    assert "".join(slug[0] for slug in slugs(answer)) == expected
    assert envelope(answer) == {
        "has_next": has_next,
        "has_previous": has_previous,
        "limit": limit,
        "page": page,
        "total": 5,
        "total_pages": total_pages,
    }


@pytest.mark.parametrize("number", [10**20, 10**400])
def test_gives_a_page_beyond_every_database_back_in_digits(listed: Listed, number: int):
    answer = listed(f"page={number}")
    assert (answer.status_code, answer.text) == (
        200,
        f'{{"datasets":[],"has_next":false,"has_previous":false,"limit":50,"page":{number},"total":0,"total_pages":0}}',
    )


@pytest.mark.parametrize(
    ("flags", "total"),
    [
        (("1", "true", "TRUE", "t", "yes", "Y", "on"), 1),
        (("0", "false", "False", "f", "no", "N", "off"), 0),
    ],
)
def test_reads_every_spelling_of_a_flag(client: Script, given: Given, flags: tuple[str, ...], total: int):
    bob, carol = given.user("bob"), given.user("carol")
    given.dataset("maps", owner=bob, visibility="public")
    token = given.token(carol)
    for flag in flags:
        answer = client.get(f"/api/v1/org/carol/datasets?include_public={flag}", token=token)
        assert answer.json["total"] == total, flag


# Faults


@pytest.mark.parametrize(
    ("query", "name", "message", "type_"),
    [
        ("page=0", "page", "Input should be greater than or equal to 1", "greater_than_equal"),
        ("page=-3", "page", "Input should be greater than or equal to 1", "greater_than_equal"),
        ("limit=0", "limit", "Input should be greater than or equal to 1", "greater_than_equal"),
        ("limit=201", "limit", "Input should be less than or equal to 200", "less_than_equal"),
        *(
            (
                f"{name}={value}",
                name,
                "Input should be a valid integer, unable to parse string as an integer",
                "int_parsing",
            )
            for name in ("page", "limit")
            for value in ("", "two", "1.5", "1e3", "１０", "٣", "nan", "0x10", "1%00", "None")
        ),
        (
            f"page={'9' * 5000}",
            "page",
            "Unable to parse input string as an integer, exceeded maximum size",
            "int_parsing_size",
        ),
        *(
            (
                f"include_public={value}",
                "include_public",
                "Input should be a valid boolean, unable to interpret input",
                "bool_parsing",
            )
            for value in ("", "2", "maybe", "+true")
        ),
        *(
            (
                f"sort_by={value}",
                "sort_by",
                "Input should be 'name', 'created_at', 'updated_at', 'row_count' or 'file_size_bytes'",
                "literal_error",
            )
            for value in ("", "Name", "downloads", "name,created_at")
        ),
        *(
            (f"sort_dir={value}", "sort_dir", "Input should be 'asc' or 'desc'", "literal_error")
            for value in ("", "ASC", "down")
        ),
    ],
)
def test_refuses_what_pydantic_would(listed: Listed, query: str, name: str, message: str, type_: str):
    answer = listed(query)
    assert (answer.status_code, answer.json) == (
        422,
        {
            "code": 422,
            "detail": f"{name}: {message}",
            "type": "validation_error",
            "errors": [{"loc": ["query", name], "msg": message, "type": type_}],
        },
    )
    assert list(answer.json) == ["code", "detail", "type", "errors"]
    assert list(answer.json["errors"][0]) == ["loc", "msg", "type"]


def test_says_every_fault_at_once_in_one_sentence(listed: Listed):
    answer = listed("include_public=x&limit=0&page=x&sort_dir=x&sort_by=x&tags=fine")
    named = [fault["loc"] for fault in answer.json["errors"]]
    assert named == [["query", name] for name in ("sort_by", "sort_dir", "page", "limit", "include_public")]
    assert answer.json["detail"] == "; ".join(f"{fault['loc'][1]}: {fault['msg']}" for fault in answer.json["errors"])


# Credentials and headers


def test_takes_a_token_by_three_ways(client: Script, given: Given, alice: Party, acme: Party):
    token = given.token(alice)
    basic = b64encode(f"__token__:{token}".encode()).decode()
    for headers in ({"Authorization": f"Bearer {token}"}, {"X-API-Key": token}, {"Authorization": f"Basic {basic}"}):
        assert client.get("/api/v1/org/acme/datasets", headers=headers).status_code == 200


def test_takes_no_token_in_the_address_and_no_cookie(browser: Browser, client: Script, given, alice, acme):
    assert client.get(f"/api/v1/org/acme/datasets?token={given.token(alice)}").status_code == 401
    given.dataset("trees", owner=given.user("dora", password=PASSWORD))
    browser.sign_in("dora", PASSWORD)
    assert "trees" in browser.get("/datasets").text
    assert browser.get("/api/v1/org/acme/datasets").status_code == 401


def test_asks_who_it_is_before_what_they_want(client: Script):
    assert client.get("/api/v1/org/nobody/datasets?page=x").status_code == 401


def test_nobody_else_may_keep_the_answer(listed: Listed):
    headers = listed().headers
    assert headers["Cache-Control"] == "private, max-age=0"
    assert {"Authorization", "X-API-Key"} <= set(headers["Vary"].split(", "))


def test_sends_nothing_anew_that_the_caller_holds(given, alice, acme, listed: Listed):
    tag = listed().headers["ETag"]
    again = listed("", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert listed("limit=1", headers={"If-None-Match": tag}).status_code == 200
    given.dataset("trees", owner=alice, organization=acme)
    assert listed("", headers={"If-None-Match": tag}).status_code == 200


def test_head_says_what_get_would(client: Script, given: Given, alice: Party, acme: Party):
    given.dataset("trees", owner=alice, organization=acme)
    token = given.token(alice)
    head, full = (client.open(method, "/api/v1/org/acme/datasets", token=token) for method in ("HEAD", "GET"))
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == full.headers["Content-Length"]


# What it costs


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
@pytest.mark.parametrize("query", ["", "sort_by=row_count&tags=climate&search=a", "name=a000"])
def test_a_page_costs_the_same_few_statements_at_1_row_and_at_200(
    client, given, alice, acme, statements: Watch, who, query
):
    bob, carol = given.user("bob"), given.user("carol")
    token = {"alice": given.token(alice), "bob": given.token(bob), "carol": given.token(carol)}[who]
    versions = [VersionDraft(label="1", task_categories=["ranking"])]
    said = {"owner": alice, "organization": acme, "visibility": "public", "tags": ["climate"], "versions": versions}
    given.datasets(["a000"], **said)
    given.dataset("shared", owner=alice, organization=acme, shared_with=[bob])
    path = f"/api/v1/org/acme/datasets?limit=200&include_public=1&{query}"
    counted = []
    for slugs in ([], [f"a{n:03}" for n in range(1, 200)]):
        given.datasets(slugs, **said)
        with statements() as seen:
            assert client.get(path, token=token).json["total"] >= 1
        counted.append(len(seen))
    assert counted[1] <= counted[0] <= 8
