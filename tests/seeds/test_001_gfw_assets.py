"""Seed 001, getAssets: every parameter, header, key and error that the page names, against our answers."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from catalog.db import db
from catalog.model import Asset
from tests.support.callers import Script
from tests.support.given import Given
from tests.support.seeds import examples

HOST = "https://data-api.globalforestwatch.org"
RECORD = {
    "created_on": "2019-08-24T14:15:22Z",
    "updated_on": "2019-08-24T14:15:22Z",
    "asset_id": "b4695157-0d1d-4da0-8f9e-5c53149389e4",
    "dataset": "string",
    "version": "string",
    "asset_type": "Dynamic vector tile cache",
    "asset_uri": "string",
    "status": "pending",
    "is_managed": True,
    "is_downloadable": True,
    "metadata": {
        "tags": ["string"],
        "fields": [
            {
                "name": "string",
                "alias": "string",
                "description": "string",
                "data_type": "date",
                "unit": "string",
                "is_feature_info": True,
                "is_filter": True,
            }
        ],
        "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    },
}
EXAMPLE = {
    "data": [RECORD],
    "status": "success",
    "links": {
        "self": f"{HOST}/:model?page[number]=1&page[size]=25",
        "first": f"{HOST}/:model?page[number]=1&page[size]=25",
        "last": f"{HOST}/:model?page[number]=4&page[size]=25",
        "prev": "",
        "next": f"{HOST}/:model?page[number]=2&page[size]=25",
    },
    "meta": {"size": "25", "total_items": "100", "total_pages": "4"},
}
REFUSAL = {"detail": [{"loc": ["string"], "msg": "string", "type": "string"}]}
# The page writes `string` for a version and says that it is a number; versions look like this one.
VERSION = "v1.8"
# What the real service adds for tile caches.
ZOOM = {"min_zoom": None, "max_zoom": None}


@pytest.fixture
def service(app: Flask, given: Given, app_with: Callable[..., Flask]) -> tuple[Script, str]:
    """The hundred assets of the page's example at its address, and a token; the example's is the oldest."""
    alice = given.user("alice")
    given.dataset(
        RECORD["dataset"],
        owner=alice,
        visibility="public",
        tags=["string"],
        versions=["v1", VERSION],
        assets=[
            {
                "kind": RECORD["asset_type"],
                "uri": RECORD["asset_uri"],
                "status": RECORD["status"],
                "is_managed": RECORD["is_managed"],
                "version": VERSION,
                "fields": RECORD["metadata"]["fields"],
            },
            *({"kind": "csv", "uri": f"s3://{n}", "version": VERSION} for n in range(49)),
            *({"kind": "ndjson", "uri": f"s3://{n}", "version": "v1"} for n in range(50)),
        ],
    )
    moment = datetime.fromisoformat(RECORD["created_on"])
    with app.app_context():
        db.session.execute(
            update(Asset)
            .where(Asset.uri == "string")
            .values(
                uuid=UUID(RECORD["asset_id"]),
                metadata_uuid=UUID(RECORD["metadata"]["id"]),
                created_at=moment,
                updated_at=moment,
            )
        )
        db.session.commit()
    return Script(app_with(public_url=HOST, trusted_hosts=("localhost",))), given.token(alice)


@pytest.mark.real_records
def test_the_page_shows_what_is_asserted_here():
    assert [str(shown) for shown in examples("001")] == [str(EXAMPLE), str(REFUSAL)]


def test_answers_the_example_of_the_page_key_by_key(service: tuple[Script, str]):
    client, token = service
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    answer = client.get("/assets?page[size]=25", headers=headers)
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    page = answer.json
    assert len(page["data"]) == 25
    page["data"] = page["data"][:1]
    assert {key: page["data"][0]["metadata"].pop(key) for key in ZOOM} == ZOOM
    assert page["data"][0]["version"] == VERSION
    page["data"][0]["version"] = RECORD["version"]
    assert str(page) == str(EXAMPLE).replace("/:model", "/assets")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("dataset=string&version=v1.8", 50),
        ("dataset=string&version=1.8", 50),
        ("dataset=string&version=1", 50),
        ("dataset=string&version=latest", 50),
        ("dataset=other&version=v1", 0),
        ("asset_type=Dynamic%20vector%20tile%20cache", 1),
        ("asset_type=csv", 49),
        ("asset_uri=string", 1),
        ("asset_uri=s3://7", 2),
        ("is_latest=true", 50),
        ("is_latest=false", 50),
        ("is_default=true", 2),
        ("is_default=false", 98),
        ("dataset=string&version=1.8&asset_type=csv&asset_uri=s3://7&is_latest=true&is_default=false&page[size]=25", 1),
    ],
)
def test_every_parameter_of_the_page_narrows_the_list(service: tuple[Script, str], query: str, count: int):
    client, _ = service
    assert len(client.get(f"/assets?{query}").json["data"]) == count
    meta = client.get(f"/assets?{query}&page[number]=1").json["meta"]
    assert meta["total_items"] == str(count)


def test_the_size_of_the_page_may_be_spelled_as_for_datasets(service: tuple[Script, str]):
    client, _ = service
    assert client.get("/assets?page[Size]=25").json["meta"] == EXAMPLE["meta"]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("dataset=X", ("value_error.str.regex", 'string does not match regex "^[a-z][a-z0-9_-]{2,}$"')),
        (
            "version=one",
            ("value_error.str.regex", r'string does not match regex "^v\d{1,8}(\.\d{1,3}){0,2}?$|^latest$"'),
        ),
        ("is_latest=x", ("type_error.bool", "value could not be parsed to a boolean")),
        ("is_default=x", ("type_error.bool", "value could not be parsed to a boolean")),
        ("page[size]=x", ("type_error.integer", "value is not a valid integer")),
        ("page[size]=0", ("value_error.number.not_ge", "ensure this value is greater than or equal to 1")),
    ],
)
def test_a_422_has_the_detail_of_the_page_beside_what_the_real_service_sends(service, query, fault):
    client, _ = service
    answer = client.get(f"/assets?{query}")
    assert answer.status_code == 422
    (entry,) = answer.json["detail"]
    assert list(entry)[:3] == list(REFUSAL["detail"][0])
    assert (entry["loc"], entry["type"], entry["msg"]) == (["query", query.partition("=")[0]], *fault)
    assert (answer.json["status"], answer.json["message"]) == ("failed", answer.json["detail"])


def test_an_unheard_type_is_refused_with_those_that_are_known(service: tuple[Script, str]):
    client, _ = service
    (entry,) = client.get("/assets?asset_type=x").json["detail"]
    assert (entry["loc"], entry["type"]) == (["query", "asset_type"], "type_error.enum")
    assert RECORD["asset_type"] in entry["ctx"]["enum_values"]
    assert f"'{RECORD['asset_type']}'" in entry["msg"]
