"""Which host names requests may name."""

import pytest

from tests.support.callers import HTML

LOOPBACK = ["localhost", "LOCALHOST:8000", "localhost.", "127.0.0.1", "127.0.0.1:9", "[::1]", "[::1]:8000"]


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_names_are_always_admitted_with_any_port(client, host):
    assert client.get("/ping", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]", "x:1:2"])
@pytest.mark.parametrize("path", ["/", "/datasets", "/v2/datasets", "/api/v1/org/a/datasets", "/sign-in"])
def test_other_names_are_refused_everywhere(client, host, path):
    answer = client.get(path, headers={"Host": host, "Accept": HTML})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_admitted_names_are_the_public_address_and_those_set(app_with):
    app = app_with(public_url="https://catalog.example.org:8443/data", trusted_hosts=".lan.example,intra")
    admitted = ["catalog.example.org", "a.lan.example", "lan.example", "intra:80", "localhost"]
    hosts = [*admitted, "b.example.org", "intra.evil"]
    seen = [app.test_client().get("/ping", headers={"Host": host}).status_code for host in hosts]
    assert seen == [200, 200, 200, 200, 200, 400, 400]


def test_what_others_may_keep_carries_no_session(app, browser, given):
    given.user("alice", password="correct horse battery")
    browser.sign_in("alice", "correct horse battery")
    page = browser.get("/").get_data(as_text=True)
    sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = browser.get(sheet)
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Set-Cookie" not in browser.get("/datasets").headers


def test_the_address_of_another_build_is_not_kept(client):
    answer = client.get("/static/0123456789ab/css/all.css")
    assert (answer.status_code, "immutable" in answer.headers["Cache-Control"]) == (200, False)
