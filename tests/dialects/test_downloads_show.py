"""GET /downloads/{sealed}: leads to the data without credentials, for a while, for whoever asked."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from catalog.access import VISITOR
from catalog.changes.accounts import set_disabled
from catalog.changes.datasets import restore, revise, set_visibility, transfer, withdraw
from catalog.changes.downloads import ask_download
from catalog.changes.drafts import AssetDraft, DatasetDraft, VersionDraft
from catalog.changes.sharing import unshare
from catalog.db import db
from catalog.dialects.downloads import address_of
from catalog.model import Asset, Dataset, Version, Visibility
from catalog.vocabulary.seals import seal
from tests.support.acting import Acting
from tests.support.callers import HTML, Browser, Script
from tests.support.clock import Clock
from tests.support.given import Given, Party, Thing

FILE = "https://files.example/trees.csv"
NOT_FOUND = {"code": 404, "detail": "There is no such download.", "type": "not_found_error"}
NOT_THERE = {"code": 404, "detail": "What was to be downloaded is no longer there.", "type": "not_found_error"}
EXPIRED = {
    "code": 410,
    "detail": "This download link has expired. Please ask for a new one.",
    "type": "not_found_error",
}


@pytest.fixture
def act(app: Flask) -> Acting:
    return Acting(app)


@pytest.fixture
def alice(given: Given) -> Party:
    return given.user("alice")


@pytest.fixture
def bob(given: Given) -> Party:
    return given.user("bob")


@pytest.fixture
def trees(given: Given, alice: Party, bob: Party) -> Thing:
    """A private dataset of Alice's that she shared with Bob."""
    return given.dataset(
        "trees", owner=alice, shared_with=[bob], versions=["1.0"], assets=[{"kind": "csv", "uri": FILE}]
    )


@pytest.fixture
def address(clock: Clock, client: Script, given: Given, bob: Party, trees: Thing) -> str:
    """The address that Bob was given at the moment at which the clock stands."""
    path = "/api/v1/org/alice/datasets/trees/1.0.0/download"
    return client.post(path, token=given.token(bob)).json["url"].removeprefix("http://localhost")


@pytest.fixture
def led(client: Script, address: str) -> Callable[[], object]:
    """Where the address leads now: a place, or a refusal."""

    def follow() -> object:
        answer = client.get(address)
        return answer.headers.get("Location") or answer.json

    return follow


def test_leads_to_the_file_for_whoever_holds_it(client: Script, address: str):
    for headers in ({}, {"Accept": HTML}, {"X-API-Key": "any"}, {"Authorization": "Bearer wrong"}):
        answer = client.get(address, headers=headers)
        assert (answer.status_code, answer.headers["Location"]) == (302, FILE)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.head(address).status_code == 302
    assert client.post(address).status_code == 405


def test_is_short_enough_for_a_line(address: str):
    assert len(f"http://127.0.0.1:8000{address}") < 90


def test_ends(client: Script, address: str, led, clock: Clock):
    clock.tick(minutes=14, seconds=59)
    assert led() == FILE
    clock.tick(seconds=1)
    answer = client.get(address)
    assert (answer.status_code, answer.json) == (410, EXPIRED)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_an_expired_one_is_a_page_in_a_browser(browser: Browser, address: str, clock: Clock):
    clock.tick(days=400_000)
    answer = browser.get(address)
    assert (answer.status_code, answer.mimetype) == (410, "text/html")
    assert "This link has expired" in answer.text


def test_a_forged_one_is_not_found(app: Flask, client: Script, browser: Browser, address: str):
    sealed = address.removeprefix("/downloads/")
    forged = [("A" if sealed[0] != "A" else "B") + sealed[1:], sealed.partition(".")[0], "x", ".", "%F0%9F%8C%B3"]
    forged += ["a" * 5000, "%ED%A0%80", seal(uuid4(), "another key", purpose="download")]
    forged += [seal(uuid4(), app.secret_key, purpose=purpose) for purpose in ("download", "another purpose")]
    for text in forged:
        answer = client.get(f"/downloads/{text}")
        assert (answer.status_code, answer.json) == (404, NOT_FOUND), text
    page = browser.get(f"/downloads/{forged[0]}")
    assert (page.status_code, "Search for" in page.text) == (404, False)
    assert client.get("/downloads").json["detail"] == "There is nothing at this address."
    assert browser.get("/downloads").mimetype == "text/html"


def test_leads_nowhere_once_its_asker_may_not_see_the_dataset(act: Acting, bob: Party, trees: Thing, led):
    act(unshare, trees, with_=bob)
    assert led() == NOT_THERE
    act(set_visibility, trees, Visibility.INTERNAL)
    assert led() == FILE
    act(withdraw, trees)
    assert led() == NOT_THERE
    act(restore, trees)
    assert led() == FILE


@pytest.mark.parametrize("kind", [Dataset, Version, Asset])
def test_leads_nowhere_once_the_file_is_not_offered_any_more(app: Flask, led, kind: type):
    for is_downloadable, expected in ((False, NOT_THERE), (True, FILE)):
        with app.app_context():
            db.session.execute(db.update(kind).values(is_downloadable=is_downloadable))
            db.session.commit()
        assert led() == expected


def test_leads_nowhere_while_its_askers_account_is_closed(act: Acting, bob: Party, led):
    act(set_disabled, bob, True)
    assert led() == NOT_FOUND
    act(set_disabled, bob, False)
    assert led() == FILE


def test_keeps_leading_where_the_dataset_went(given: Given, act: Acting, bob: Party, trees: Thing, led):
    given.rename(trees, "woods")
    act(transfer, trees, owner=bob)
    assert led() == FILE


def test_follows_the_file_while_it_is_there(act: Acting, trees: Thing, led):
    def content(*assets: AssetDraft) -> DatasetDraft:
        return DatasetDraft(slug="trees", versions=[VersionDraft(label="1.0")], assets=assets)

    act(revise, trees, content(AssetDraft(kind="csv", uri="https://files.example/more.csv"), AssetDraft(kind="csv")))
    act(revise, trees, content())
    assert led() == NOT_THERE


@pytest.mark.parametrize(
    ("uri", "place"),
    [
        ("https://files.example/a b\n/c", "https://files.example/a%20b/c"),
        ("HTTPS://files.example/bäume?x=ä&y=%20", "https://files.example/b%C3%A4ume?x=%C3%A4&y=%20"),
        ("https://bäume.example/", "https://xn--bume-loa.example/"),
        ('https://files.example/<"{|}\\>', "https://files.example/%3C%22%7B%7C%7D%5C%3E"),
        ("https://files.example/\x01x", "https://files.example/%01x"),
    ],
)
def test_leads_to_what_can_stand_in_a_header(client: Script, given: Given, bob: Party, uri: str, place: str):
    given.dataset("odd", owner=bob, versions=["1.0"], assets=[{"kind": "csv", "uri": uri}])
    token = given.token(bob)
    answer = client.post("/api/v1/org/bob/datasets/odd/1.0.0/download", token=token).json
    assert client.get(answer["url"].removeprefix("http://localhost")).headers["Location"] == place


def test_a_visitors_leads_while_visitors_may_see_the_dataset(
    app: Flask, client: Script, given: Given, act: Acting, alice: Party
):
    maps = given.dataset(
        "maps", owner=alice, visibility="public", versions=["1.0"], assets=[{"kind": "csv", "uri": FILE}]
    )
    with app.test_request_context():
        version = db.session.scalar(db.select(Version).where(Version.dataset_id == maps.id))
        download = ask_download(VISITOR, db.session.get_one(Dataset, maps.id), version, minutes=15)
        address = address_of(download).removeprefix("http://localhost")
    assert client.get(address).headers["Location"] == FILE
    act(set_visibility, maps, Visibility.INTERNAL)
    assert client.get(address).json == NOT_THERE
