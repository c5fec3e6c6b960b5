"""Each request has a name, which its answer tells and its lines in the log bear."""

import json
import logging
import sys

import pytest

from catalog.ops.logs import JsonLines, Redaction
from tests.support.callers import Browser, Script

GIVEN = "0123456789abcdef0123456789abcdef"
HEADER = "X-Request-Id"


@pytest.mark.parametrize("path", ["/", "/datasets.json", "/v2/datasets", "/api/v1/nowhere", "/healthz", "/nowhere"])
def test_every_answer_tells_a_name_of_its_own(client, path):
    first, second = (client.get(path).headers[HEADER] for _ in range(2))
    assert len(bytes.fromhex(first)) == 16
    assert first != second


def test_a_caller_chooses_no_name(client):
    assert client.get("/ping", headers={HEADER: GIVEN}).headers[HEADER] != GIVEN


def test_a_trusted_proxy_chooses_the_name(app_with):
    assert Script(app_with(proxy_hops=1)).get("/ping", headers={HEADER: GIVEN.upper()}).headers[HEADER] == GIVEN


@pytest.mark.parametrize("given", ["", "x" * 32, GIVEN + "0", GIVEN[:-1], f"{GIVEN} ", "０" * 32])
def test_a_proxy_passes_no_other_text(app_with, given):
    got = Script(app_with(proxy_hops=1)).get("/ping", headers={HEADER: given.encode().decode("latin-1")})
    assert len(bytes.fromhex(got.headers[HEADER])) == 16
    assert got.headers[HEADER] not in (given, GIVEN)


def test_error_pages_show_it_and_envelopes_do_not(browser, client):
    page = browser.get("/nowhere")
    assert page.headers[HEADER] in page.text
    for path in ("/v2/nowhere", "/api/v1/nowhere", "/dataset/nowhere"):
        answer = client.get(path)
        assert answer.headers[HEADER] not in answer.text


def test_the_page_for_a_strange_host_shows_it(app):
    answer = Browser(app).open("GET", "/", headers={"Host": "evil.example", "Accept": "text/html"})
    assert (answer.status_code, answer.headers[HEADER] in answer.text) == (400, True)


def test_scripts_of_other_sites_may_read_it(client):
    for path in ("/datasets", "/ping", "/v2/datasets", "/api/v1/nowhere"):
        said = client.get(path, headers={"Origin": "https://elsewhere.example"}).headers
        assert HEADER in said["Access-Control-Expose-Headers"].split(", ")


@pytest.fixture
def lines(app):
    """The lines of the log, as JSON."""
    kept = []
    handler = logging.Handler()
    handler.emit = lambda record: kept.append(JsonLines().format(record))
    logger = logging.getLogger("catalog.requests")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield kept
    logger.removeHandler(handler)
    logger.setLevel(before)


def test_a_line_says_who_asked_what_and_how_it_went(lines, client, given):
    token = given.token(given.user("alice"))
    answer = client.get("/v2/datasets?limit=1&token=plainsecret", token=token)
    (line,) = map(json.loads, lines)
    assert list(line) == [
        *("time", "level", "logger", "message", "request_id", "method", "path", "user", "token", "dialect"),
        *("status", "ms"),
    ]
    assert line["request_id"] == answer.headers[HEADER]
    assert (line["method"], line["status"], line["dialect"]) == ("GET", 200, "apify")
    assert line["path"] == "/v2/datasets?limit=1&token=[redacted]"
    assert (type(line["user"]), type(line["token"])) == (int, int)
    assert "plainsecret" not in lines[0]
    assert token not in lines[0]


@pytest.mark.parametrize("path", ["/x?q=%0a{%22forged%22:1}", "/%ff%00%ed%a0%80?token=plainsecret", "/x?q=%22%5c"])
def test_a_line_stays_one_object_whatever_was_asked(lines, client, path):
    client.get(path)
    assert [len(line.splitlines()) for line in lines] == [1]
    assert "plainsecret" not in lines[0]
    assert json.loads(lines[0])["logger"] == "catalog.requests"


@pytest.mark.parametrize("formatter", [JsonLines, Redaction])
@pytest.mark.parametrize(
    "secret", ["Authorization: Bearer plainsecret", "x?token=plainsecret", "Cookie: a=plainsecret"]
)
def test_tracebacks_go_without_secrets(formatter, secret):
    try:
        raise ValueError(secret)
    except ValueError:
        record = logging.LogRecord("catalog", 40, "x", 1, "failed: %s", (secret,), sys.exc_info())
    line = formatter().format(record)
    assert "Traceback" in line
    assert "plainsecret" not in line
