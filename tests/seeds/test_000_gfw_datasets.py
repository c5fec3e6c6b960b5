"""Seed 000, getDatasets: every parameter, header, key and error that the page names, against our answers."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import update

from catalog.db import db
from catalog.model import Dataset
from tests.support.callers import Script
from tests.support.given import Given
from tests.support.seeds import examples

HOST = "https://data-api.globalforestwatch.org"
RECORD = {
    "created_on": "2019-08-24T14:15:22Z",
    "updated_on": "2019-08-24T14:15:22Z",
    "dataset": "string",
    "is_downloadable": True,
    "metadata": {
        "title": "Deforestation alerts (GLAD-S2)",
        "subtitle": "Sentinel-2 based deforestation alerts",
        "source": "Global Land Analysis and Discovery (GLAD), University of Maryland",
        "license": "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)",
        "data_language": "en",
        "overview": "This data set is a forest loss alert product developed by the Global Land Analysis and Discovery "
        "lab at the University of Maryland.",
        "citation": "Pickens, A.H., Hansen, M.C., Adusei, B., and Potapov P. 2020. Sentinel-2 Forest Loss Alert. "
        "Global Land Analysis and Discovery (GLAD), University of Maryland.",
        "cautions": "Results are masked to only within the primary forest mask.",
        "tags": ["Forest Change"],
        "learn_more": "https://glad.earthengine.app/view/s2-forest-alerts",
    },
    "versions": [],
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
# What the real service says beside the page, after the page's own keys.
MORE = [
    *("created_on", "updated_on", "spatial_resolution", "resolution_description", "geographic_coverage"),
    *("update_frequency", "scale", "function", "key_restrictions", "why_added", "id"),
]


@pytest.fixture
def service(app: Flask, given: Given, app_with: Callable[..., Flask]) -> tuple[Script, str]:
    """The hundred datasets of the page's example at its address, and a token."""
    alice = given.user("alice")
    said = {key: value for key, value in RECORD["metadata"].items() if key != "tags"}
    thing = given.dataset("string", owner=alice, visibility="public", tags=RECORD["metadata"]["tags"], **said)
    given.datasets([f"string_{n:02}" for n in range(99)], owner=alice, visibility="public")
    moment = datetime.fromisoformat(RECORD["created_on"])
    with app.app_context():
        moments = {"created_at": moment, "updated_at": moment}
        db.session.execute(update(Dataset).where(Dataset.id == thing.id).values(moments))
        db.session.commit()
    return Script(app_with(public_url=HOST, trusted_hosts=("localhost",))), given.token(alice)


@pytest.mark.real_records
def test_the_page_shows_what_is_asserted_here():
    assert [str(shown) for shown in examples("000")] == [str(EXAMPLE), str(REFUSAL)]


@pytest.mark.parametrize("spelling", ["page[Size]", "page[size]"])
def test_answers_the_example_of_the_page_key_by_key(service: tuple[Script, str], spelling: str):
    client, token = service
    # The headers of the page: a type for the body that a GET has not, and a token.
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    answer = client.get(f"/datasets?{spelling}=25", headers=headers)
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    page = answer.json
    assert len(page["data"]) == 25
    metadata = page["data"][0]["metadata"]
    assert list(metadata) == [*RECORD["metadata"], *MORE]
    for key in MORE:
        del metadata[key]
    page["data"] = page["data"][:1]
    assert str(page) == str(EXAMPLE).replace("/:model", "/datasets")


def test_all_records_have_the_keys_of_the_example(service: tuple[Script, str]):
    client, _ = service
    records = client.get("/datasets").json["data"]
    assert len(records) == 100
    assert {tuple(record) for record in records} == {tuple(RECORD)}
    assert {tuple(record["metadata"]) for record in records} == {(*RECORD["metadata"], *MORE)}


def test_the_token_is_not_needed(service: tuple[Script, str]):
    client, token = service
    assert client.get("/datasets?page[Size]=25").json == client.get("/datasets?page[Size]=25", token=token).json


def test_the_links_of_the_example_lead_through_all_hundred(service: tuple[Script, str]):
    client, _ = service
    met, links = [], client.get("/datasets?page[Size]=25").json["links"]
    addresses = [links["first"]]
    while addresses[-1]:
        page = client.get(addresses[-1].removeprefix(HOST)).json
        met += [record["dataset"] for record in page["data"]]
        addresses.append(page["links"]["next"])
    assert met == ["string", *(f"string_{n:02}" for n in range(99))]
    assert addresses == [*(f"{HOST}/datasets?page[number]={n}&page[size]=25" for n in (1, 2, 3, 4)), ""]
    assert links["last"] == addresses[3]


def test_meta_is_written_in_strings_as_on_the_page(service: tuple[Script, str]):
    client, _ = service
    meta = client.get("/datasets?page[Size]=30&page[number]=4").json["meta"]
    assert list(meta.items()) == [("size", "30"), ("total_items", "100"), ("total_pages", "4")]


def test_a_422_has_the_detail_of_the_page_beside_what_the_real_service_sends(service: tuple[Script, str]):
    client, _ = service
    answer = client.get("/datasets?page[Size]=many")
    assert answer.status_code == 422
    assert answer.json["detail"] == [
        {"loc": ["query", "page[Size]"], "msg": "value is not a valid integer", "type": "type_error.integer"}
    ]
    assert list(answer.json["detail"][0]) == list(REFUSAL["detail"][0])
    assert (answer.json["status"], answer.json["message"]) == ("failed", answer.json["detail"])
