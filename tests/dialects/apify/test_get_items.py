"""GET /v2/datasets/{dataset_id}/items: none are stored yet, so a page of none in every format; signed addresses."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from apify_client._utils.crypto import create_storage_content_signature
from flask import Flask

from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.db import db
from catalog.model import Dataset
from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given, Party, Thing
from tests.support.groups import EITHER

pytestmark = EITHER

NOT_SIGNED_IN = {"error": {"type": "token-not-valid", "message": "Authentication token is not valid."}}
ALL = "999999999999"


@pytest.fixture
def trees(given: Given, alice: Party) -> Thing:
    """A dataset of Alice's."""
    return given.dataset("trees", owner=alice, title="Trees & <more>", versions=[{"label": "1", "row_count": 12}])


@pytest.fixture
def asked(client: Script, given: Given, alice: Party, trees: Thing):
    """Asks for the items in Alice's name, with a query."""
    token = given.token(alice)
    return lambda query="", **more: client.get(f"/v2/datasets/{trees.public_id}/items?{query}", token=token, **more)


def refusal(name: str, given: str, expected: str) -> dict:
    message = f'Invalid input: "{name}" must be {expected}, not "{given}".'
    return {"error": {"type": "invalid-input", "message": message}}


# The page


@pytest.mark.parametrize(
    ("query", "offset", "limit", "desc"),
    [
        ("", "0", ALL, "false"),
        ("offset=&limit=&desc=", "0", ALL, "false"),
        ("limit=0", "0", ALL, "false"),
        ("offset=3&limit=5&desc=1", "3", "5", "true"),
        ("offset=2.9&limit=1e3&desc=TRUE", "2", "1000", "true"),
        ("offset=1e30", str(int(1e30)), ALL, "false"),
        ("limit=5000000000000", "0", "5000000000000", "false"),
        ("offset=1&offset=2", "2", ALL, "false"),
        ("chunkSize=1000&limit=1000&nothing=x", "0", "1000", "false"),
        ("clean=1&fields=a,b&omit=c&unwind=d&flatten=e&view=overview&skipEmpty=1&skipHidden=0", "0", ALL, "false"),
    ],
)
def test_is_a_page_of_none_that_says_what_was_asked_for(asked, query, offset, limit, desc):
    answer = asked(query)
    assert (answer.status_code, answer.data) == (200, b"[]")
    assert answer.content_type == "application/json; charset=utf-8"
    counts = {key: value for key, value in answer.headers.items() if key.startswith("X-Apify-Pagination")}
    assert counts == {
        "X-Apify-Pagination-Total": "0",
        "X-Apify-Pagination-Offset": offset,
        "X-Apify-Pagination-Limit": limit,
        "X-Apify-Pagination-Count": "0",
        "X-Apify-Pagination-Desc": desc,
    }


def test_scripts_of_other_sites_may_read_the_counts(asked):
    exposed = asked("", headers={"Origin": "https://elsewhere.example"}).headers["Access-Control-Expose-Headers"]
    assert "X-Apify-Pagination-Desc" in exposed


@pytest.mark.parametrize("name", ["offset", "limit"])
@pytest.mark.parametrize("value", ["-1", "x", "NaN", "１"])
def test_refuses_what_is_no_number(asked, name, value):
    answer = asked("", query_string={name: value})
    assert (answer.status_code, answer.json) == (400, refusal(name, value, "a number from 0 on"))


@pytest.mark.parametrize("name", ["desc", "clean", "skipEmpty", "skipHidden", "attachment", "bom", "skipHeaderRow"])
def test_refuses_what_is_neither_true_nor_false(asked, name):
    answer = asked(f"{name}=yes")
    assert (answer.status_code, answer.json) == (400, refusal(name, "yes", "one of 1, true, 0, false"))


@pytest.mark.parametrize("value", ["pdf", "JSON", "json ", "csv,json"])
def test_refuses_a_format_that_it_does_not_write(asked, value):
    answer = asked("", query_string={"format": value})
    words = "one of json, jsonl, csv, html, xlsx, xml, rss"
    assert (answer.status_code, answer.json) == (400, refusal("format", value, words))


@pytest.mark.parametrize("name", ["xmlRoot", "xmlRow"])
@pytest.mark.parametrize("value", ["1a", "a b", "<a>", "a/", "é", "a" * 101, "a\0", "a:b"])
def test_refuses_what_is_no_name_of_an_element(asked, name, value):
    answer = asked("", query_string={name: value})
    assert (answer.status_code, answer.json["error"]["type"]) == (400, "invalid-input")
    assert f'"{name}" must be the name of an XML element' in answer.json["error"]["message"]


@pytest.mark.parametrize("value", ["\0", "\ud7ff", "1e400", "9" * 5000, "%", "{}", "[]", "x" * 5000])
@pytest.mark.parametrize("name", ["offset", "fields", "view", "delimiter", "signature", "format", "xmlRoot", "bom"])
def test_nothing_that_is_asked_for_breaks_it(asked, name, value):
    assert asked("", query_string={name: value}).status_code in (200, 400)


# Formats


@pytest.mark.parametrize(
    ("form", "media_type", "body"),
    [
        ("json", "application/json; charset=utf-8", b"[]"),
        ("jsonl", "application/jsonl; charset=utf-8", b""),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
        ("xml", "application/xml; charset=utf-8", b'<?xml version="1.0" encoding="UTF-8"?>\n<items>\n</items>\n'),
    ],
)
def test_is_written_as_asked_for(asked, form, media_type, body):
    answer = asked(f"format={form}")
    assert (answer.status_code, answer.content_type, answer.data) == (200, media_type, body)


def test_feeds_are_feeds(asked, trees):
    answer = asked("format=rss")
    channel = ElementTree.fromstring(answer.data).find("channel")
    assert answer.content_type == "application/rss+xml; charset=utf-8"
    assert channel.findtext("title") == "Trees & <more>"
    assert channel.findtext("link") == f"http://localhost/v2/datasets/{trees.public_id}/items"


def test_workbooks_are_workbooks(asked):
    answer = asked("format=xlsx")
    assert answer.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert "xl/worksheets/sheet1.xml" in ZipFile(BytesIO(answer.data)).namelist()


def test_tables_are_pages_that_run_nothing(asked):
    answer = asked("format=html")
    assert answer.content_type == "text/html; charset=utf-8"
    assert "<title>Trees &amp; &lt;more&gt;</title>" in answer.text
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_xml_is_called_as_asked_for(asked):
    assert asked("format=xml&xmlRoot=Wald.v1&xmlRow=_b-1").data.endswith(b"<Wald.v1>\n</Wald.v1>\n")


@pytest.mark.parametrize(
    ("query", "is_marked"),
    [("format=csv", True), ("format=csv&bom=0", False), ("bom=1", True), ("format=jsonl", False)],
)
def test_begins_with_a_mark_where_it_should(asked, query, is_marked):
    assert asked(query).data.startswith(b"\xef\xbb\xbf") == is_marked


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_is_a_file_where_a_browser_is_to_keep_it(asked, form):
    assert "Content-Disposition" not in asked(f"format={form}").headers
    disposition = asked(f"format={form}&attachment=1").headers["Content-Disposition"]
    assert disposition == f"attachment; filename=trees.{form}"


# Who reads them


def test_are_for_those_who_may_see_the_dataset(client, given, trees):
    bob, carol = given.user("bob"), given.user("carol")
    given.share(trees, bob)
    path = "/v2/datasets/alice~trees/items"
    assert [client.get(path, token=given.token(one)).status_code for one in (bob, carol)] == [200, 404]
    assert (client.get(path).status_code, client.get(path).json) == (401, NOT_SIGNED_IN)


def test_are_asked_for_by_somebody_before_they_are_asked_for_wrongly(client, trees):
    assert client.get(f"/v2/datasets/{trees.public_id}/items?limit=x").status_code == 401


def test_reading_them_moves_the_moment_of_the_last_access(app: Flask, client, given, alice, clock: Clock, asked):
    clock.tick(hours=1)
    asked()
    with app.app_context():
        app.extensions["catalog_tally"].flush()
    read = client.get("/v2/datasets/~trees", token=given.token(alice)).json["data"]["accessedAt"]
    assert read == clock.moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# Signed addresses


@pytest.fixture
def storage(client: Script, given: Given, alice: Party, trees: Thing) -> dict:
    """What Alice is told of her dataset by a token that writes."""
    return client.get(f"/v2/datasets/{trees.public_id}", token=given.token(alice, scope="write")).json["data"]


def status(client: Script, name: str, signature: str, **more) -> int:
    return client.get(f"/v2/datasets/{name}/items", query_string={"signature": signature}, **more).status_code


def signed(storage: dict, **more) -> str:
    """A signature as the clients make it."""
    return create_storage_content_signature(storage["id"], storage["urlSigningSecretKey"], **more)


def test_the_address_of_the_items_opens_them_to_everybody(client, storage):
    address = urlsplit(storage["itemsPublicUrl"])
    answer = client.get(f"{address.path}?{address.query}")
    assert (answer.status_code, answer.data) == (200, b"[]")
    assert client.get(f"{address.path}?{address.query}&format=csv&limit=x").status_code == 400
    assert client.head(f"{address.path}?{address.query}").status_code == 200


def test_a_signature_of_a_client_opens_them_by_every_name(client, alice, storage):
    names = [storage["id"], "alice~trees", "ALICE~Trees", f"{alice.public_id}~trees"]
    assert [status(client, name, signed(storage)) for name in names] == [200] * 4
    assert status(client, "~trees", signed(storage)) == 401


def test_a_signature_opens_nothing_else(client, given, alice, storage):
    roads = given.dataset("roads", owner=alice, visibility="public")
    assert status(client, roads.public_id, signed(storage)) == 401
    for path in (f"/v2/datasets/{storage['id']}", f"/v2/datasets/{storage['id']}/statistics", "/v2/datasets"):
        assert client.get(path, query_string={"signature": signed(storage)}).status_code == 401


def test_a_signature_ends_with_its_time(client, storage, monkeypatch, clock: Clock):
    monkeypatch.setattr("time.time", lambda: clock.moment.timestamp())
    signature = signed(storage, expires_in=timedelta(minutes=5))
    clock.tick(minutes=4, seconds=59)
    assert status(client, storage["id"], signature) == 200
    clock.tick(seconds=2)
    assert status(client, storage["id"], signature) == 401


def test_a_signature_ends_with_its_dataset(app: Flask, client, storage, trees):
    with app.app_context():
        datasets.withdraw(OPERATOR, db.session.get_one(Dataset, trees.id))
    assert status(client, storage["id"], signed(storage)) == 401


def test_a_signature_goes_for_one_catalog(app_with, storage):
    script = Script(app_with(secret_key="another-key-0123456789"))
    assert status(script, storage["id"], signed(storage)) == 401


@pytest.mark.parametrize(
    "forged",
    [
        "x",
        "=",
        "é",
        "A" * 201,
        "A",
        urlsafe_b64encode(b"0.0.").decode(),
        urlsafe_b64encode(b"0.0.0").decode(),
        urlsafe_b64encode(b"1.0.0").decode(),
        urlsafe_b64encode(b"0..0").decode(),
        urlsafe_b64encode(b"0.-1.0").decode(),
        urlsafe_b64encode(b"0." + b"9" * 120 + b".0").decode(),
        urlsafe_b64encode("0.１.0".encode()).decode(),
        urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_a_forged_signature_opens_nothing_and_shuts_nothing(client, given, alice, storage, forged):
    assert status(client, storage["id"], forged) == 401
    assert status(client, "AAAAAAAAAAAAAAAAA", forged) == 401
    assert status(client, storage["id"], forged, token=given.token(alice)) == 200


def test_a_wrong_token_is_refused_beside_a_right_signature(client, storage):
    assert status(client, storage["id"], signed(storage), token="wrong") == 401


def test_a_signature_opens_them_to_somebody_signed_in_too(client, given, storage):
    assert status(client, storage["id"], signed(storage), token=given.token(given.user("carol"))) == 200


def test_no_signature_goes_into_the_log(client, storage, caplog):
    with caplog.at_level("INFO"):
        status(client, storage["id"], signed(storage))
    assert signed(storage) not in caplog.text
