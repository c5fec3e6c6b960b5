"""Requests that lie about where they go, lead elsewhere, or bring what no address may hold."""

from urllib.parse import urlsplit

import pytest

from tests.support.callers import HTML, Browser, Script
from tests.support.groups import EITHER

pytestmark = EITHER

ODD = [
    "%00",
    "%0d%0aSet-Cookie:%20a=b",
    "%ff",
    "%ed%a0%80",
    "%E2%80%AE",
    "..%2f..%2fetc%2fpasswd",
    "%2525252e",
    "1" * 5000,
]
PLACES = [
    "/{}",
    "/datasets/{}",
    "/assets/{}",
    "/users/{}",
    "/static/{}/x",
    "/v2/{}",
    "/api/v1/org/{}/datasets",
    "/dataset/{}",
]
PARAMETERS = [
    "q",
    "page",
    "page[size]",
    "limit",
    "offset",
    "next",
    "tag",
    "token",
    "x-api-key",
    "include_public",
    "owner",
]


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL"])
def test_a_host_that_only_a_proxy_may_name_is_not_believed(app, alice, header):
    for path in (
        "/datasets",
        "/datasets.json?size=1",
        "/openapi/org.json",
        "/developers",
        "/users/nobody",
        "/datasets/",
    ):
        answer = alice.open("GET", path, headers={"Accept": HTML, header: "evil.example"})
        assert "evil.example" not in answer.text, path
        assert "evil.example" not in str(answer.headers), path


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil.example"]
)
def test_a_forged_host_is_refused_everywhere(app, host):
    for path in ("/", "/datasets.json", "/v2/datasets", "/api/v1/org/x/datasets", "/openapi/gfw.json", "/developers"):
        answer = Script(app).get(path, headers={"Host": host})
        assert answer.status_code == 400, path
        assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["//evil.example/datasets/", "/datasets/?next=//evil.example", "/assets/?x=%0d%0aLocation:%20//evil.example"],
)
def test_no_redirect_leads_elsewhere(client, path):
    answer = client.get(path)
    if "Location" in answer.headers:
        location = urlsplit(answer.headers["Location"])
        assert location.netloc in ("", "localhost")
        assert not location.path.startswith("//")
        assert "\n" not in answer.headers["Location"]


@pytest.mark.parametrize("query", ["x=//evil.example", "x=%0d%0aA:%20b", "%00", "x=" + "%25" * 900])
def test_an_old_name_leads_to_the_new_one_whatever_else_is_asked(app, given, query):
    thing = given.dataset("old_trees", owner=given.user("alice"), visibility="public")
    given.rename(thing, "trees")
    answer = Browser(app).open("GET", f"/datasets/old_trees?{query}", headers={"Accept": HTML})
    location = urlsplit(answer.headers["Location"])
    assert (answer.status_code, location.netloc, location.path) == (301, "", "/datasets/trees")
    assert "\n" not in answer.headers["Location"]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
@pytest.mark.parametrize("accept", [HTML, "application/json"], ids=["page", "script"])
def test_nothing_in_an_address_breaks_the_catalog(app, given, odd, accept):
    token = given.token(given.user("alice"))
    asked = [place.format(odd) for place in PLACES]
    asked += [
        f"{path}?{name}={odd}" for name in PARAMETERS for path in ("/datasets", "/assets", "/v2/datasets", "/sign-in")
    ]
    for path in asked:
        answer = Script(app).get(path, token=token, headers={"Accept": accept})
        assert answer.status_code < 500, path
        assert answer.headers.get("Set-Cookie", "").find("a=b") == -1, path


@pytest.mark.parametrize("odd", ["a\0b", "é" * 300, "a\tb", "Bearer", "Bearer ", "Basic !!!", "Basic AAAA", "\x7f"])
@pytest.mark.parametrize(
    "name", ["Authorization", "X-API-Key", "Cookie", "Accept", "If-None-Match", "X-Request-Id", "Origin"]
)
def test_nothing_in_a_header_breaks_the_catalog(app, name, odd):
    for path in ("/datasets", "/v2/datasets", "/api/v1/org/x/datasets", "/ping", "/healthz"):
        answer = Script(app).get(path, headers={name: odd})
        assert answer.status_code < 500, path
