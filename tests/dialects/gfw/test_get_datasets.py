"""GET /datasets for scripts: whole or by pages, each viewer what is theirs to see."""

import json
from datetime import timedelta

import pytest
from flask import Flask

from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.db import db
from catalog.dialects.gfw import routes
from catalog.model import Dataset
from tests.dialects.gfw.reading import NOT_AN_INTEGER, TOO_SMALL, faults, slugs, walked
from tests.support.callers import Browser, Script
from tests.support.clock import Clock
from tests.support.given import PASSWORD, Given, Party
from tests.support.statements import Watch

# What comes


def test_shows_all_that_is_said_of_a_dataset(client: Script, given: Given, alice: Party, clock: Clock):
    thing = given.dataset(
        "trees",
        owner=alice,
        visibility="public",
        title="Trees",
        subtitle="All of them",
        source="Foresters",
        license="CC BY 4.0",
        data_language="en",
        overview="Where *trees* stand.",
        citation="Foresters, 2026",
        cautions="Count twice.",
        learn_more="https://trees.example",
        resolution_description="a tree",
        geographic_coverage="Earth",
        update_frequency="yearly",
        scale="global",
        function="counting",
        key_restrictions="none",
        why_added="asked for",
        spatial_resolution=10.5,
        is_downloadable=False,
        tags=["Forest", "Change"],
        versions=["v2", "Release 10", "v1"],
    )
    at = f"{clock.moment:%Y-%m-%dT%H:%M:%SZ}"
    assert client.get("/datasets").json == {
        "data": [
            {
                "created_on": at,
                "updated_on": at,
                "dataset": "trees",
                "is_downloadable": False,
                "metadata": {
                    "title": "Trees",
                    "subtitle": "All of them",
                    "source": "Foresters",
                    "license": "CC BY 4.0",
                    "data_language": "en",
                    "overview": "Where *trees* stand.",
                    "citation": "Foresters, 2026",
                    "cautions": "Count twice.",
                    "tags": ["Forest", "Change"],
                    "learn_more": "https://trees.example",
                    "created_on": at,
                    "updated_on": at,
                    "spatial_resolution": 10.5,
                    "resolution_description": "a tree",
                    "geographic_coverage": "Earth",
                    "update_frequency": "yearly",
                    "scale": "global",
                    "function": "counting",
                    "key_restrictions": "none",
                    "why_added": "asked for",
                    "id": str(thing.uuid),
                },
                "versions": ["v1", "v2", "v10"],
            }
        ],
        "status": "success",
    }


def test_writes_what_is_not_known_as_null_and_lists_as_lists(client: Script, given: Given, alice: Party):
    given.dataset("trees", owner=alice, visibility="public")
    record = client.get("/datasets").json["data"][0]
    assert record["versions"] == record["metadata"].pop("tags") == []
    stated = {key: value for key, value in record["metadata"].items() if value is not None}
    assert set(stated) == {"created_on", "updated_on", "id"}


@pytest.mark.parametrize(("given_number", "written"), [(10.5, "10.5"), (30.0, "30"), (0.000277, "0.000277")])
def test_keeps_the_fraction_of_a_resolution_and_makes_none_up(client, given, alice, given_number, written):
    given.dataset("trees", owner=alice, visibility="public", spatial_resolution=given_number)
    assert f'"spatial_resolution":{written},' in client.get("/datasets").text


def test_writes_moments_to_the_second_as_the_published_page_does(client, given, alice, clock: Clock):
    clock.tick(microseconds=250_000)
    given.dataset("trees", owner=alice, visibility="public")
    written = f"{clock.moment:%Y-%m-%dT%H:%M:%S}Z"
    assert client.get("/datasets").json["data"][0]["created_on"] == written


def test_an_empty_catalog_is_an_empty_list(client: Script):
    answer = client.get("/datasets")
    assert (answer.status_code, answer.text) == (200, '{"data":[],"status":"success"}')
    assert answer.content_type == "application/json"


# Whole or by pages


@pytest.mark.parametrize("query", ["", "?x=1", "?pages=1", "?page[no]=1", "?q=", "?limit=1"])
def test_without_a_page_the_whole_list_comes_without_links_and_meta(client, three, query):
    assert list(client.get(f"/datasets{query}").json) == ["data", "status"]
    assert slugs(client.get(f"/datasets{query}")) == ["maps", "rain", "trees"]


@pytest.mark.parametrize(
    "size",
    ["page[size]", "page[Size]", "PAGE[SIZE]", "page%5Bsize%5D", "page%5bSize%5d", "size", "Size"],
)
def test_any_spelling_of_a_page_turns_paging_on(client, three, size):
    for number in ("page[number]", "page[Number]", "page%5Bnumber%5D", "page"):
        page = client.get(f"/datasets?{number}=2&{size}=2").json
        assert list(page) == ["data", "status", "links", "meta"]
        assert [record["dataset"] for record in page["data"]] == ["trees"]
        for alone in (f"{number}=1", f"{size}=10"):
            meta = client.get(f"/datasets?{alone}").json["meta"]
            assert meta == {"size": "10", "total_items": "3", "total_pages": "1"}


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("size=1&page[size]=2", "2"),
        ("page[size]=2&size=1", "2"),
        ("page[Size]=2&size=no", "2"),
        ("page[size]=1&page[size]=2", "2"),
        ("page[size]=1&page[Size]=2", "2"),
        ("page[size]=%202%20", "2"),
        ("page[size]=%2B2", "2"),
        ("page[size]=002", "2"),
    ],
)
def test_brackets_win_and_the_last_of_several_counts(client, three, query, size):
    page = client.get(f"/datasets?{query}").json
    assert (page["meta"]["size"], len(page["data"])) == (size, 2)


def test_links_lead_around_a_page_and_keep_what_narrows_the_list(client, given, alice):
    given.datasets([f"trees_{n}" for n in range(5)], owner=alice, visibility="public", tags=["a b", "ü&"])
    given.dataset("roads", owner=alice, visibility="public")
    answer = client.get("/datasets?tag=a%20b&page[size]=2&x=1&tag=%C3%BC%26&sort=-slug&page[number]=2&x-api-key=no")

    def page(number: int) -> str:
        narrowed = "tag=a%20b&tag=%C3%BC%26&sort=-slug"
        return f"http://localhost/datasets?page[number]={number}&page[size]=2&{narrowed}"

    assert list(answer.json["links"].items()) == [
        ("self", page(2)),
        ("first", page(1)),
        ("last", page(3)),
        ("prev", page(1)),
        ("next", page(3)),
    ]
    assert list(answer.json["meta"].items()) == [("size", "2"), ("total_items", "5"), ("total_pages", "3")]
    assert slugs(answer) == ["trees_2", "trees_1"]


def test_there_is_no_link_where_there_is_no_page(client, three):
    first, last = walked(client, "/datasets?page[size]=2")
    assert (first["links"]["prev"], last["links"]["next"]) == ("", "")
    assert first["links"]["next"] == last["links"]["self"] == first["links"]["last"]


def test_links_name_the_address_that_the_operator_set(app_with, three):
    client = Script(app_with(public_url="https://data.example.org/catalog/", trusted_hosts=("localhost",)))
    links = client.get("/datasets?size=2").json["links"]
    assert links["self"] == "https://data.example.org/catalog/datasets?page[number]=1&page[size]=2"


def test_following_the_links_of_a_narrowed_list_meets_all_of_it_and_nothing_else(client, given, alice):
    given.datasets([f"trees_{n:02}" for n in range(23)], owner=alice, visibility="public", tags=["forest"])
    given.datasets([f"roads_{n:02}" for n in range(9)], owner=alice, visibility="public")
    pages = walked(client, "/datasets?tag=forest&page[size]=4")
    assert [record["dataset"] for page in pages for record in page["data"]] == [f"trees_{n:02}" for n in range(23)]
    assert {tuple(page["meta"].values()) for page in pages} == {("4", "23", "6")}


@pytest.mark.parametrize("query", ["page[number]=1", "page[size]=7", "page=1&size=7"])
def test_an_empty_list_has_one_page(client: Script, query):
    answer = client.get(f"/datasets?{query}").json
    assert (answer["data"], answer["meta"]["total_items"], answer["meta"]["total_pages"]) == ([], "0", "1")
    assert answer["links"]["self"] == answer["links"]["first"] == answer["links"]["last"]
    assert answer["links"]["prev"] == answer["links"]["next"] == ""


@pytest.mark.parametrize(("size", "page_count"), [(2, 2), (3, 1), (5000, 1)])
@pytest.mark.parametrize("number", [3, 10**20])
def test_a_page_past_the_end_is_refused_in_a_sentence(client, three, number, size, page_count):
    answer = client.get(f"/datasets?page[number]={number}&page[size]={size}")
    sentence = f"Page number {number} is larger than the total page count: {page_count}"
    fault = {
        "loc": ["query", "page[number]"],
        "msg": sentence,
        "type": "value_error.number.not_le",
        "ctx": {"limit_value": page_count},
    }
    assert (answer.status_code, answer.json) == (422, {"status": "failed", "message": sentence, "detail": [fault]})


@pytest.mark.parametrize("size", [1001, 2**31, 2**63 - 1, 2**63, 10**20, 10**300])
@pytest.mark.parametrize("as_integers", [False, True])
def test_a_size_has_no_bound_and_is_echoed_as_asked(app_with, three, size, as_integers):
    client = Script(app_with(gfw_meta_integers=as_integers))
    answer = client.get(f"/datasets?page[size]={size}")
    assert slugs(answer) == ["maps", "rain", "trees"]
    link = f"http://localhost/datasets?page[number]=1&page[size]={size}"
    assert answer.json["links"] == {"self": link, "first": link, "last": link, "prev": "", "next": ""}
    # Flask's reader of JSON would turn the largest into fractions.
    written = (size, 3, 1) if as_integers else (str(size), "3", "1")
    assert tuple(json.loads(answer.text)["meta"].values()) == written


def test_meta_holds_integers_where_the_operator_wants_them(app_with, three):
    answer = Script(app_with(gfw_meta_integers=True)).get("/datasets?size=2")
    assert answer.json["meta"] == {"size": 2, "total_items": 3, "total_pages": 2}


@pytest.mark.parametrize("batch_rows", [1, 3, 7, 50])
def test_a_long_page_is_read_in_batches_and_holds_the_same(app_with, given, alice, monkeypatch, batch_rows):
    monkeypatch.setattr(routes, "LONGEST_AT_ONCE", 5)
    given.datasets([f"trees_{n:02}" for n in range(16)], owner=alice, visibility="public")
    client = Script(app_with(batch_rows=batch_rows))
    for sort in ("slug", "-slug", "created", "-updated"):
        whole = slugs(client.get(f"/datasets?sort={sort}"))
        pages = walked(client, f"/datasets?sort={sort}&size=7")
        assert len(whole) == 16
        shown = [[record["dataset"] for record in page["data"]] for page in pages]
        assert shown == [whole[:7], whole[7:14], whole[14:]]
        assert [page["meta"] for page in pages] == [{"size": "7", "total_items": "16", "total_pages": "3"}] * 3
        assert [list(page) for page in pages] == [["data", "status", "links", "meta"]] * 3
        assert pages[1]["links"]["next"] == f"http://localhost/datasets?page[number]=3&page[size]=7&sort={sort}"


# In which order


def test_comes_by_slug_code_point_by_code_point(client, given, alice):
    given.datasets(["b_1", "b-1", "b11", "a_z", "aaz", "z00"], owner=alice, visibility="public")
    assert slugs(client.get("/datasets")) == ["a_z", "aaz", "b-1", "b11", "b_1", "z00"]
    assert [page["data"][0]["dataset"] for page in walked(client, "/datasets?size=1")] == slugs(client.get("/datasets"))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("slug", ["maps", "rain", "trees"]),
        ("-slug", ["trees", "rain", "maps"]),
        ("created", ["trees", "maps", "rain"]),
        ("-created", ["rain", "maps", "trees"]),
        ("name", ["rain", "trees", "maps"]),
        ("created&sort=-slug", ["trees", "rain", "maps"]),
    ],
)
def test_can_be_sorted(client, given, alice, clock, sort, expected):
    for slug, title in (("trees", "Zebras"), ("maps", "Éclairs"), ("rain", "apples")):
        clock.tick()
        given.dataset(slug, owner=alice, visibility="public", title=title)
    assert slugs(client.get(f"/datasets?sort={sort}")) == expected


# Who sees what


@pytest.fixture
def cast(given: Given, alice: Party, bob: Party, carol: Party) -> dict[str, str]:
    """Datasets of every kind, and a token of each of the three."""
    team = given.organization("team", members={bob: "viewer"})
    given.dataset("trees", owner=alice, shared_with=[bob])
    given.dataset("roads", owner=alice)
    given.dataset("rain", owner=alice, visibility="internal")
    given.dataset("maps", owner=carol, visibility="public")
    given.dataset("boats", owner=alice, organization=team)
    given.dataset("work", owner=alice, visibility="public", is_unnamed=True)
    return {party.name: given.token(party) for party in (alice, bob, carol)}


@pytest.mark.parametrize(
    ("who", "query", "expected"),
    [
        (None, "", ["maps"]),
        ("alice", "", ["boats", "maps", "rain", "roads", "trees"]),
        ("bob", "", ["boats", "maps", "rain", "trees"]),
        ("carol", "", ["maps", "rain"]),
        (None, "ownership=ownedByMe", []),
        (None, "ownership=sharedWithMe", []),
        ("alice", "ownership=ownedByMe", ["boats", "rain", "roads", "trees"]),
        ("bob", "ownership=sharedWithMe", ["boats", "trees"]),
        ("carol", "ownership=sharedWithMe", []),
        ("carol", "visibility=internal&visibility=private", ["rain"]),
        ("carol", "owner=alice", ["rain"]),
        ("bob", "organization=team", ["boats"]),
        ("carol", "organization=team", []),
        ("carol", "organization=unheard-of", []),
    ],
)
def test_each_sees_what_is_theirs_to_see(client, cast, who, query, expected):
    assert slugs(client.get(f"/datasets?{query}", token=cast.get(who))) == expected
    paged = client.get(f"/datasets?{query}&page[size]=10", token=cast.get(who))
    assert (slugs(paged), paged.json["meta"]["total_items"]) == (expected, str(len(expected)))


@pytest.mark.parametrize(
    "present",
    [
        lambda secret: {"headers": {"Authorization": f"Bearer {secret}"}},
        lambda secret: {"headers": {"authorization": f"bearer {secret}"}},
        lambda secret: {"headers": {"X-API-Key": secret}},
        lambda secret: {"query_string": {"x-api-key": secret}},
        lambda secret: {"headers": {"x-api-key": "a-key-of-the-real-service"}, "query_string": {"x-api-key": secret}},
    ],
)
def test_a_token_may_come_by_either_header_or_in_the_address(client, cast, present):
    assert slugs(client.get("/datasets", **present(cast["bob"]))) == ["boats", "maps", "rain", "trees"]


@pytest.mark.parametrize("given_key", [{"headers": {"X-API-Key": "2d60cd88"}}, {"query_string": {"x-api-key": "2d60"}}])
def test_a_key_that_cannot_be_one_of_ours_is_ignored(client, cast, given_key):
    assert slugs(client.get("/datasets", **given_key)) == ["maps"]


def test_a_secret_in_the_address_is_in_no_link(client, cast):
    answer = client.get(f"/datasets?size=1&x-api-key={cast['bob']}")
    assert cast["bob"] not in answer.text


@pytest.mark.parametrize("path", ["/datasets", "/datasets.json"])
def test_a_session_counts_on_the_list_and_its_twin(browser: Browser, given: Given, path):
    dora = given.user("dora", password=PASSWORD)
    given.dataset("roads", owner=dora)
    json_please = {"Accept": "application/json"}
    assert slugs(browser.get(path, headers=json_please)) == []
    browser.sign_in("dora", PASSWORD)
    answer = browser.get(path, headers=json_please)
    assert slugs(answer) == ["roads"]
    assert answer.headers["Cache-Control"] == "private, max-age=0"


# What narrows


@pytest.fixture
def shelf(given: Given, alice: Party, bob: Party, clock: Clock) -> None:
    team = given.organization("team", members={alice: "admin"})
    public = {"visibility": "public"}
    given.dataset(
        "trees",
        owner=alice,
        title="Trees of the world",
        tags=["forest", "life"],
        license="CC BY 4.0",
        data_updated_text="2025-03-01",
        assets=[{"kind": "csv", "format": "csv"}],
        **public,
    )
    given.dataset(
        "roads",
        owner=bob,
        overview="Every road 100% paved",
        tags=["traffic"],
        data_updated_text=f"{clock.moment - timedelta(days=9):%Y-%m-%d}",
        assets=[{"kind": "S3 Bucket", "format": "parquet"}],
        **public,
    )
    given.dataset("rain", owner=alice, organization=team, title="Regen", data_updated_text="2020", **public)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=TREES", ["trees"]),
        ("q=world%20trees", ["trees"]),
        ("q=100%25", ["roads"]),
        ("q=%25", []),
        ("q=nothing", []),
        ("tag=forest", ["trees"]),
        ("tag=forest&tag=traffic", ["roads", "trees"]),
        ("license=CC-BY-4.0", ["trees"]),
        ("license=-", ["rain", "roads"]),
        ("organization=team", ["rain"]),
        ("owner=bob", ["roads"]),
        ("format=parquet", ["roads"]),
        ("type=csv", ["trees"]),
        ("type=S3%20Bucket", ["roads"]),
        ("visibility=public", ["rain", "roads", "trees"]),
        ("visibility=private", []),
        ("updated=2025", ["trees"]),
        ("updated=2025-03..", ["roads", "trees"]),
        ("updated=30d", ["roads"]),
        ("tag=forest&owner=bob", []),
        ("q=&tag=&sort=&updated=&ownership=", ["rain", "roads", "trees"]),
    ],
)
def test_our_parameters_narrow_the_list(client, shelf, query, expected):
    assert slugs(client.get(f"/datasets?{query}")) == expected
    paged = client.get(f"/datasets?{query}&page=1")
    assert (slugs(paged), paged.json["meta"]["total_items"]) == (expected, str(len(expected)))


@pytest.mark.parametrize(
    ("query", "name", "type_"),
    [
        ("visibility=secret", "visibility", "value_error"),
        ("ownership=mine", "ownership", "value_error"),
        ("updated=yesterday", "updated", "value_error"),
        ("sort=colour", "sort", "value_error"),
        ("q=" + "x" * 501, "q", "value_error.any_str.max_length"),
        ("&".join(f"tag={n}" for n in range(51)), "tag", "value_error.list.max_items"),
    ],
)
def test_a_parameter_of_ours_that_cannot_be_used_is_named(client, query, name, type_):
    (fault,) = faults(client.get(f"/datasets?{query}"))
    assert (fault["loc"], fault["type"], bool(fault["msg"])) == (["query", name], type_, True)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0", TOO_SMALL),
        ("-3", TOO_SMALL),
        ("-" + "9" * 30, TOO_SMALL),
        ("abc", NOT_AN_INTEGER),
        ("1.5", NOT_AN_INTEGER),
        ("1.0", NOT_AN_INTEGER),
        ("", NOT_AN_INTEGER),
        ("1e3", NOT_AN_INTEGER),
        ("%00", NOT_AN_INTEGER),
        ("9" * 5000, NOT_AN_INTEGER),
    ],
)
def test_a_page_that_is_no_page_is_named_as_it_was_spelled(client, value, said):
    for name in ("page[size]", "page[number]", "page[Size]", "PAGE[NUMBER]", "page", "size"):
        assert faults(client.get(f"/datasets?{name}={value}")) == [{"loc": ["query", name], **said}]


def test_names_all_that_is_wrong_at_once_in_the_order_of_the_parameters(client):
    answer = client.get("/datasets?sort=x&page[size]=0&visibility=y&page[number]=no&ownership=z")
    names = ["page[number]", "page[size]", "visibility", "ownership", "sort"]
    assert [fault["loc"] for fault in faults(answer)] == [["query", name] for name in names]


@pytest.mark.parametrize("path", ["/datasets", "/datasets.json", "/assets", "/assets.json"])
def test_a_body_is_never_read(client, given, alice, path):
    given.dataset("trees", owner=alice, visibility="public", assets=[{"kind": "csv"}])
    for body in ('{"page[Size]": "nonsense"}', "{"):
        answer = client.get(path, data=body, content_type="application/json")
        assert (answer.status_code, list(answer.json), len(answer.json["data"])) == (200, ["data", "status"], 1)


# What it costs


def _many(given: Given, owner: Party, count: int) -> None:
    given.datasets(
        [f"{owner.name}_{n:03}" for n in range(count)],
        owner=owner,
        visibility="public",
        tags=["a", "b"],
        versions=[],
    )


@pytest.mark.parametrize("query", ["page[size]=200", "size=200&tag=a&sort=-updated", "size=200&ownership=ownedByMe"])
def test_a_page_costs_the_same_few_statements_at_1_row_and_at_200(client, given, alice, statements: Watch, query):
    token = given.token(alice)
    counts = []
    for count in (1, 199):
        _many(given, given.user(f"owner{count}") if "owned" not in query else alice, count)
        with statements() as seen:
            answer = client.get(f"/datasets?{query}", token=token)
        counts.append(len(seen))
        given.dataset(f"more_{count}", owner=alice)
    assert len(answer.json["data"]) >= 199
    assert counts[1] <= counts[0] <= 8


def test_a_whole_list_costs_the_same_few_statements_a_batch(app_with, given, alice, statements: Watch):
    _many(given, alice, 40)
    costs = {}
    for rows in (40, 20, 10, 5):
        client = Script(app_with(batch_rows=rows))
        with statements() as seen:
            assert len(client.get("/datasets").json["data"]) == 40
        costs[rows] = len(seen)
    # A batch is its rows, their tags and their versions; after a full one, one more question finds the end.
    assert {rows: cost - 3 * 40 // rows for rows, cost in costs.items()} == dict.fromkeys(costs, 2)


def test_withdrawn_datasets_are_gone(app: Flask, client, three):
    with app.app_context():
        trees = db.session.scalars(db.select(Dataset).filter_by(slug="trees")).one()
        datasets.withdraw(OPERATOR, trees)
    assert slugs(client.get("/datasets")) == ["maps", "rain"]


def test_a_search_comes_by_relevance_where_that_is_asked_for_also_as_a_whole(client, given):
    alice = given.user("alice")
    given.dataset("set_aa", owner=alice, visibility="public", title="Rain and storms", overview="Mostly of storms.")
    given.dataset("set_bb", owner=alice, visibility="public", title="Storms", overview="Of storms, and of rain.")
    given.dataset("set_cc", owner=alice, visibility="public", title="Rain")
    for query in ("q=rain&sort=relevance", "q=rain&sort=relevance&page=1"):
        assert slugs(client.get(f"/datasets?{query}")) == ["set_cc", "set_aa", "set_bb"]
    assert slugs(client.get("/datasets?q=rain&sort=-relevance")) == ["set_bb", "set_aa", "set_cc"]
    assert slugs(client.get("/datasets?q=rain")) == ["set_aa", "set_bb", "set_cc"]
    assert slugs(client.get("/datasets?sort=relevance")) == ["set_aa", "set_bb", "set_cc"]
