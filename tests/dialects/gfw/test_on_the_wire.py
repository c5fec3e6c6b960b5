"""How the GFW lists travel: kept, packed, read by other sites, asked for by browsers."""

import gzip
from datetime import timedelta

import pytest

from tests.dialects.gfw.reading import TOO_SMALL, faults, slugs
from tests.support.callers import HTML
from tests.support.groups import EITHER

pytestmark = EITHER

ORIGIN = {"Origin": "https://elsewhere.example"}
GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("query", ["", "?page[size]=2", "?page[size]=5000"])
def test_says_how_long_an_answer_may_be_kept(client, given, alice, three, query):
    assert client.get(f"/datasets{query}").headers["Cache-Control"] == "max-age=0"
    assert client.get(f"/datasets{query}", token=given.token(alice)).headers["Cache-Control"] == "private, max-age=0"


@pytest.mark.parametrize("query", ["", "?page[size]=2", "?page[size]=5000&tag=x", "?q=trees"])
def test_what_a_caller_holds_already_is_not_sent_again(client, given, alice, three, query):
    held = client.get(f"/datasets{query}").headers["ETag"]
    again = client.get(f"/datasets{query}", headers={"If-None-Match": held} | GZIP)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", held)
    assert again.headers["Cache-Control"] == "max-age=0"
    assert {"Accept", "Authorization", "X-API-Key", "Accept-Encoding"} <= set(again.vary.as_set(preserve_casing=True))
    assert client.get("/datasets?page[size]=1", headers={"If-None-Match": held}).status_code == 200
    given.dataset("hidden_one", owner=alice, visibility="private")
    assert client.get(f"/datasets{query}", headers={"If-None-Match": held}).status_code == 304
    given.dataset("new_one", owner=alice, visibility="public")
    assert client.get(f"/datasets{query}", headers={"If-None-Match": held}).status_code == 200


def test_what_one_viewer_holds_is_not_what_another_would_get(client, given, alice, bob, carol):
    given.dataset("trees", owner=alice, shared_with=[bob])
    held = client.get("/datasets", token=given.token(bob))
    answer = client.get("/datasets", token=given.token(carol), headers={"If-None-Match": held.headers.get("ETag", "")})
    assert (slugs(held), slugs(answer)) == (["trees"], [])


def test_a_list_that_changes_as_time_passes_is_sent_again(client, given, alice, clock):
    day = f"{clock.moment - timedelta(days=9):%Y-%m-%d}"
    given.dataset("roads", owner=alice, visibility="public", data_updated_text=day)
    held = client.get("/datasets?updated=30d")
    clock.tick(days=60)
    answer = client.get("/datasets?updated=30d", headers={"If-None-Match": held.headers.get("ETag", "")})
    assert (slugs(held), slugs(answer)) == (["roads"], [])


@pytest.mark.parametrize("query", ["", "?size=100", "?size=5000"])
def test_long_answers_are_packed_for_those_who_can_unpack(client, given, alice, query):
    given.datasets([f"trees_{n}" for n in range(20)], owner=alice, visibility="public")
    plain, packed = client.get(f"/datasets{query}"), client.get(f"/datasets{query}", headers=GZIP)
    assert gzip.decompress(packed.data) == plain.data
    assert (packed.headers["Content-Encoding"], packed.content_type) == ("gzip", "application/json")
    assert len(packed.data) < len(plain.data) / 3
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]
    refused = client.get(f"/datasets{query}", headers={"Accept-Encoding": "gzip;q=0, br"})
    assert ("Content-Encoding" in refused.headers, refused.data) == (False, plain.data)


@pytest.mark.parametrize("path", ["/ping", "/datasets", "/datasets?size=5", "/datasets?size=5000"])
def test_short_answers_are_sent_as_they_are(client, path):
    assert "Content-Encoding" not in client.get(path, headers=GZIP).headers


@pytest.mark.parametrize("path", ["/datasets", "/datasets.json", "/datasets/", "/datasets?size=x", "/ping"])
def test_scripts_of_other_sites_may_read_it(client, three, path):
    answer = client.get(path, headers=ORIGIN)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Access-Control-Allow-Origin" not in client.get(path).headers


@pytest.mark.parametrize("path", ["/datasets", "/datasets.json", "/assets", "/ping", "/v2/datasets"])
def test_browsers_are_told_beforehand_what_they_may_send(client, path):
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "x-api-key, authorization"}
        answer = client.open("OPTIONS", path, headers=ORIGIN | asked)
        assert answer.status_code == 200
        said = {name: value for name, value in answer.headers.items() if name.startswith("Access-Control-")}
        said.pop("Access-Control-Expose-Headers", None)
        assert said == {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
            "Access-Control-Allow-Headers": "authorization, x-api-key",
            "Access-Control-Max-Age": "600",
        }


@pytest.mark.parametrize("path", ["/datasets", "/assets", "/", "/sign-in", "/organizations", "/nothing"])
def test_scripts_of_other_sites_may_not_read_pages(client, path):
    for headers in (ORIGIN, ORIGIN | {"Accept": HTML}):
        answer = client.get(path, headers=headers)
        if answer.mimetype == "text/html":
            assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.mimetype == "text/html"


@pytest.mark.parametrize("query", ["", "?page[size]=2", "?page[size]=5000"])
def test_a_head_says_what_a_get_would(client, three, query):
    get, head = client.get(f"/datasets{query}", headers=GZIP), client.head(f"/datasets{query}", headers=GZIP)
    del head.headers["X-Request-Id"], get.headers["X-Request-Id"]
    assert (head.status_code, head.data, dict(head.headers)) == (200, b"", dict(get.headers))


def test_the_address_with_a_slash_leads_to_the_one_without(client):
    answer = client.get("/datasets/?page[size]=2&tag=a%20b")
    assert (answer.status_code, answer.headers["Location"]) == (307, "/datasets?page%5Bsize%5D=2&tag=a%20b")


def test_the_twin_is_json_for_a_browser_too_and_stays_the_twin(client, three):
    answer = client.get("/datasets.json?size=2", headers={"Accept": HTML})
    assert slugs(answer) == ["maps", "rain"]
    assert answer.json["links"]["next"] == "http://localhost/datasets.json?page[number]=2&page[size]=2"
    assert faults(client.get("/datasets.json?size=0", headers={"Accept": HTML})) == [
        {"loc": ["query", "size"], **TOO_SMALL}
    ]


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("image/png", "application/json"),
        ("text/*", "application/json"),
        ("text/html;q=0, */*", "application/json"),
        ("text/html", "text/html"),
        ("application/json, text/html;q=0.1", "text/html"),
        ("application/xhtml+xml", "text/html"),
    ],
)
def test_who_names_html_gets_the_page_and_everybody_else_the_list(client, accept, type_):
    answer = client.get("/datasets", headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (200, type_)
    assert "Accept" in answer.vary.as_set(preserve_casing=True)
