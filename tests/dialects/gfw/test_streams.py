"""A whole list is sent while it is read: nothing is held for its reader but a place, and that comes back."""

import gzip
import json
import zlib
from collections.abc import Callable
from random import Random

import pytest
from flask import Flask

from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.db import db
from catalog.dialects.gfw import routes
from catalog.listing import lists as lists_module
from catalog.model import Dataset
from tests.support.callers import Script
from tests.support.given import Given, Party
from tests.support.groups import EITHER
from tests.support.statements import Watch

pytestmark = EITHER

TRY_LATER = {
    "status": "error",
    "message": "Too many readers of whole lists at the moment. Please ask for pages, or try again later.",
}
SLUGS = [f"trees_{n:02}" for n in range(20)]
PLAIN_OR_PACKED = pytest.mark.parametrize("encoding", ["identity", "gzip"])
# A whole list, and a page that is as long as one.
STREAMED = pytest.mark.parametrize("path", ["/datasets", "/datasets?page[size]=1001"])


@pytest.fixture
def twenty(given: Given, alice: Party) -> None:
    """Twenty datasets with so much text, and so little of it the same, that none waits in the packer for the next."""
    for slug in SLUGS:
        given.dataset(slug, owner=alice, visibility="public", function=Random(slug).randbytes(10_000).hex())


@pytest.fixture
def narrow(app_with: Callable[..., Flask], twenty: None) -> Script:
    """A catalog that reads two rows at a time and lets one reader of whole lists in."""
    return Script(app_with(batch_rows=2, stream_readers=1))


def _opened(client: Script, path: str, encoding: str):
    answer = client.get(path, headers={"Accept-Encoding": encoding})
    assert (answer.status_code, answer.headers.get("Content-Encoding", "identity")) == (200, encoding)
    return answer


@STREAMED
@PLAIN_OR_PACKED
def test_reads_no_further_than_it_is_read(narrow: Script, statements: Watch, path: str, encoding: str):
    with statements() as seen:
        answer = _opened(narrow, path, encoding)
        chunks = iter(answer.response)
        beginning = len(seen)
        sent = b""
        while len(sent) < 80_000:
            sent += next(chunks)
        halfway = len(seen)
        for chunk in chunks:
            sent += chunk
    assert beginning < 10
    assert halfway < 25
    assert len(seen) > 30
    body = gzip.decompress(sent) if encoding == "gzip" else sent
    assert [record["dataset"] for record in json.loads(body)["data"]] == SLUGS
    answer.close()


@STREAMED
@PLAIN_OR_PACKED
@pytest.mark.parametrize("taken", [0, 3])
def test_a_reader_who_leaves_gives_the_place_back(narrow: Script, path: str, encoding: str, taken: int):
    answer = _opened(narrow, path, encoding)
    chunks = iter(answer.response)
    for _ in range(taken):
        next(chunks)
    refused = narrow.get("/datasets")
    assert (refused.status_code, refused.json, refused.headers["Retry-After"]) == (503, TRY_LATER, "5")
    assert narrow.get("/datasets?page[size]=1000").status_code == 200
    answer.close()
    assert len(narrow.get("/datasets").json["data"]) == 20
    assert len(narrow.get("/datasets").json["data"]) == 20


@STREAMED
def test_a_head_and_an_unchanged_list_take_no_place(narrow: Script, path: str):
    for _ in range(3):
        answer = narrow.head(path)
        answer.close()
        assert answer.status_code == 200
    reader = narrow.get(path)
    assert narrow.get(path, headers={"If-None-Match": reader.headers["ETag"]}).status_code == 304
    reader.close()


@PLAIN_OR_PACKED
def test_a_list_that_breaks_off_does_not_end_as_if_it_were_whole(monkeypatch, caplog, narrow: Script, encoding: str):
    write = routes.present.dataset

    def break_down(dataset: Dataset) -> dict:
        if dataset.slug == "trees_15":
            raise RuntimeError("no more")
        return write(dataset)

    monkeypatch.setattr(routes.present, "dataset", break_down)
    answer = _opened(narrow, "/datasets", encoding)
    sent: list[bytes] = []
    with pytest.raises(RuntimeError):
        sent.extend(answer.response)
    body = b"".join(sent)
    if encoding == "gzip":
        body = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body)
    assert body.startswith(b'{"data":[')
    assert b'"status"' not in body
    assert "a list broke off while it was sent" in caplog.text
    answer.close()
    monkeypatch.undo()
    assert narrow.get("/datasets").status_code == 200


def test_a_fault_at_the_beginning_is_an_error_and_keeps_no_place(monkeypatch, narrow: Script):
    def break_down(dataset: Dataset) -> dict:
        raise RuntimeError("nothing at all")

    monkeypatch.setattr(routes.present, "dataset", break_down)
    for _ in range(3):
        answer = narrow.get("/datasets")
        assert (answer.status_code, answer.json["status"]) == (500, "error")


def test_what_changes_meanwhile_neither_repeats_nor_skips_the_others(
    app: Flask, narrow: Script, given: Given, alice: Party
):
    answer = narrow.get("/datasets")
    chunks = iter(answer.response)
    sent = next(chunks) + next(chunks)
    with app.app_context():
        for slug in ("trees_00", "trees_15"):
            datasets.withdraw(OPERATOR, db.session.scalars(db.select(Dataset).filter_by(slug=slug)).one())
    given.dataset("trees_155", owner=alice, visibility="public")
    met = [record["dataset"] for record in json.loads(sent + b"".join(chunks))["data"]]
    assert met == sorted({*SLUGS, "trees_155"} - {"trees_15"})


@pytest.mark.parametrize("sort", ["", "&sort=name", "&sort=-name", "&sort=-updated"])
@pytest.mark.parametrize("what", ["datasets", "assets"])
def test_a_search_that_finds_much_is_sent_whole_in_every_order(
    app_with: Callable[..., Flask], given: Given, alice: Party, monkeypatch, what: str, sort: str
):
    two = [{"kind": "csv", "name": f"Table {number}"} for number in range(2)]
    for number, slug in enumerate(["oaks", "elms", "firs", "rain", "pines"]):
        title = f"{slug} wood" if slug != "rain" else "Rain"
        given.dataset(slug, title=title, owner=alice, assets=two, visibility="private" if number == 2 else "public")
    whole, long = f"/{what}?q=wood{sort}", f"/{what}?q=wood{sort}&page[size]=1001"
    few, page = _records(app_with(batch_rows=3), whole), _records(app_with(batch_rows=3), long)
    monkeypatch.setattr(lists_module, "FEW", 2)
    assert _records(app_with(batch_rows=3), whole) == _records(app_with(batch_rows=3), long) == few == page
    assert len(few) == (3 if what == "datasets" else 6)


def _records(app: Flask, path: str) -> list[dict]:
    return Script(app).get(path).get_json()["data"]
