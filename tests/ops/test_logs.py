"""No secret reaches a log, however it was spelled."""

import json

import pytest
from flask import Flask
from sqlalchemy import text

from catalog.db import db
from catalog.ops.logs import JsonLines, Redaction, _legible, redacted
from tests.support.callers import Browser, Script
from tests.support.given import PASSWORD, Given
from tests.support.groups import ON_SQLITE

ADDRESSES = [
    "/v2/datasets?token=plainsecret",
    "/v2/datasets?limit=1&token=plainsecret&x=1",
    "/sign-in?next=/v2/datasets%3Ftoken%3Dplainsecret",
    "/sign-in?next=%252Fv2%252Fdatasets%253Ftoken%253Dplainsecret",
    "/v2/datasets?to%6ben=plainsecret",
    "/datasets?x-api-key=plainsecret",
    "/datasets?apikey=plainsecret",
    "/x?access_token=plainsecret",
    "/auth/apikey/plainsecret/validate",
    "/auth/apikey/plain%2Fplainsecret",
    "/downloads/plainsecret",
    "/catalog/downloads/plainsecret?x=1",
    "/do%77nloads%2Fplainsecret",
    "/sign-in?next=%2Fdownloads%2Fplainsecret",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_are_logged_without_secrets(address):
    assert "plainsecret" not in _legible(address)


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Bearer plainsecret",
        "X-API-Key: plainsecret",
        "{'Cookie': 'a=plainsecret'}",
        "catalog_" + "a" * 30,
    ],
)
def test_whatever_is_logged_goes_without_secrets(line):
    assert "plainsecret" not in redacted(line)
    assert "a" * 30 not in redacted(line)


def test_an_address_stays_on_its_line():
    assert "\n" not in _legible("/x?q=%0aINFO%20forged")


@ON_SQLITE
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("x-api-key=plainsecret", "x-api-key=[redacted]"),
        ("x-api-key=plainsecret&page=2", "x-api-key=[redacted]&page=2"),
        ("q=cookie:%20plainsecret", "q=cookie: [redacted]"),
        ("q=authorization:", "q=authorization:"),
    ],
)
def test_the_line_of_a_request_is_whole_whatever_its_address_holds(client: Script, caplog, query, shown):
    with caplog.at_level("INFO", "catalog.requests"):
        client.get(f"/datasets?{query}")
    (record,) = [one for one in caplog.records if one.name == "catalog.requests"]
    status, line, said = record.outcome["status"], Redaction().format(record), json.loads(JsonLines().format(record))
    assert f"GET /datasets?{shown} {status} " in line
    assert line.endswith(" ms")
    assert said["message"] in line
    assert "plainsecret" not in line + str(said)


# A database that takes no other password, as one whose disk is full.
FULL = {
    "sqlite": """CREATE TRIGGER full_disk BEFORE UPDATE OF password_hash ON "user"
        BEGIN SELECT RAISE(ABORT, 'no room'); END""",
    "postgresql": 'ALTER TABLE "user" ADD CONSTRAINT full_disk CHECK (false) NOT VALID',
}


def test_a_write_that_fails_is_logged_without_what_was_to_be_written(app: Flask, given: Given, caplog):
    given.user("alice", password=PASSWORD, email="alice@example.org")
    alice = Browser(app)
    alice.sign_in("alice", PASSWORD)
    with app.app_context():
        db.session.execute(text(FULL[db.engine.dialect.name]))
        db.session.commit()
    new = "blue whale under piano"
    answer = alice.submit("/account/password", present=PASSWORD, password=new, again=new)
    assert answer.status_code == 500
    for formatter in (Redaction(), JsonLines()):
        logged = "\n".join(map(formatter.format, caplog.records))
        assert "UPDATE" in logged
        assert "[SQL parameters hidden" in logged
        assert not [secret for secret in ("argon2", "alice@example.org", new) if secret in logged]
