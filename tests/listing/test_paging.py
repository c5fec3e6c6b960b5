"""Whatever the order and the size of a page: the pages joined are the whole list, in order, each row once."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from unicodedata import normalize
from unittest import mock
from urllib.parse import urlsplit

import pytest
from flask import Flask
from hypothesis import given as drawn
from hypothesis import strategies as st

from tests.conftest import rolled_back
from tests.support.callers import HTML, Script
from tests.support.given import Given
from tests.support.profiles import times

pytestmark = pytest.mark.long

TITLES = ("Zebra", "zebra", "Äpfel", "äpfel", "Straße", "STRASSE", "ﬁre", "fire", "雨", "")
DAYS = ("2019-05-01", "2024-02-29", None)
NUMBERS = (None, 0, 7, 2_000)
# Moments of the catalog never go back, so these lie after the account was made.
BEGINNING = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """A dataset of the list: what it can be sorted by, and whether it came in the same moment as the one before."""

    title: str
    day: str | None
    is_later: bool
    versions: tuple[tuple[str, int | None, int | None, int], ...]
    """Label, number of rows, size in bytes, number of downloads."""
    files: tuple[str, ...]


ENTRIES = st.lists(
    st.builds(
        Entry,
        title=st.sampled_from(TITLES),
        day=st.sampled_from(DAYS),
        is_later=st.booleans(),
        versions=st.lists(
            st.tuples(
                st.sampled_from(("1.0.0", "2.0.0")),
                st.sampled_from(NUMBERS),
                st.sampled_from(NUMBERS),
                st.integers(0, 2),
            ),
            unique_by=lambda version: version[0],
            max_size=2,
        ).map(lambda versions: tuple(sorted(versions))),
        files=st.lists(st.sampled_from(TITLES[:-1]), max_size=3).map(tuple),
    ),
    max_size=12,
)
SIZES = st.integers(1, 5)


@dataclass(frozen=True)
class Listed:
    """What the catalog holds, as rows to sort: each is (what it is called, when it came, its entry)."""

    datasets: list[tuple[str, datetime, Entry]]
    token: str


@contextmanager
def listed(app: Flask, entries: list[Entry], batch_rows: int = 500) -> Iterator[Listed]:
    """The catalog with nothing but `entries`, in their order, reading `batch_rows` at a time for a whole list."""
    settings = app.extensions["catalog_settings"].model_copy(update={"batch_rows": batch_rows})
    with rolled_back(app), mock.patch.dict(app.extensions, catalog_settings=settings):
        given = Given(app)
        alice = given.user("alice")
        held, at = [], BEGINNING
        for number, entry in enumerate(entries):
            at += timedelta(seconds=entry.is_later)
            slug = f"set_{number * 7 % 13:02}"
            with mock.patch("catalog.changes.journal.now", return_value=at):
                thing = given.dataset(
                    slug,
                    owner=alice,
                    title=entry.title,
                    data_updated_text=entry.day,
                    versions=[
                        {"label": label, "row_count": rows, "file_size_bytes": size}
                        for label, rows, size, _ in entry.versions
                    ],
                    assets=[
                        {"kind": "csv", "name": name, "uri": f"https://files.example/{slug}/{n}"}
                        for n, name in enumerate(entry.files)
                    ],
                )
            if entry.versions:
                given.downloads(thing, *(downloads for *_, downloads in entry.versions))
            held.append((slug, at, entry))
        with mock.patch("catalog.changes.journal.now", return_value=at):
            yield Listed(held, given.token(alice))


def folded(text: str) -> str:
    """As names are compared, regardless of case and of compatible forms."""
    return normalize("NFKC", normalize("NFKC", text).casefold())


def updated(row: tuple[str, datetime, Entry]) -> datetime:
    """The source's own date, else when it came."""
    _, at, entry = row
    return datetime.fromisoformat(f"{entry.day}T00:00:00+00:00") if entry.day else at


def items(row: tuple[str, datetime, Entry]) -> int:
    """The rows of the latest version."""
    versions = row[2].versions
    return (versions[-1][1] or 0) if versions else 0


def downloads(row: tuple[str, datetime, Entry]) -> int:
    """Those of all versions together."""
    return sum(number for *_, number in row[2].versions)


DATASET_SORTS: dict[str, Callable[[tuple[str, datetime, Entry]], Any]] = {
    "slug": lambda row: row[0],
    "name": lambda row: folded(row[2].title or row[0]),
    "created": lambda row: row[1],
    "updated": updated,
    "items": items,
    "downloads": downloads,
}
ASSET_SORTS: dict[str, Callable[[tuple[str, datetime, str, str]], Any]] = {
    "created": lambda row: row[1],
    "updated": lambda row: row[1],
    "name": lambda row: folded(row[2]),
    "dataset": lambda row: row[3],
}


def sorting(sorts: dict) -> st.SearchStrategy[str]:
    """An order, either way."""
    return st.sampled_from([*sorts, *(f"-{name}" for name in sorts)])


def in_order(rows: list, sorts: dict, sort: str) -> list[str]:
    """What the rows are called, in the order `sort`; those alike as they came, and the other way round too."""
    ordered = sorted(rows, key=sorts[sort.removeprefix("-")])
    if sort.startswith("-"):
        ordered = sorted(reversed(rows), key=sorts[sort.removeprefix("-")], reverse=True)
    return [row[0] for row in ordered]


@times(5)
@drawn(entries=ENTRIES, sort=sorting(DATASET_SORTS), size=SIZES, batch_rows=SIZES)
def test_datasets_in_the_gfw_dialect(shared_app, entries, sort, size, batch_rows):
    with listed(shared_app, entries, batch_rows) as held:
        whole = in_order(held.datasets, DATASET_SORTS, sort)
        path = f"/datasets?sort={sort}"
        assert gfw_whole(shared_app, held, path, "dataset") == whole
        assert gfw_pages(shared_app, held, f"{path}&page[size]={size}", "dataset") == chunks(whole, size)


@times(5)
@drawn(entries=ENTRIES, sort=sorting(ASSET_SORTS), size=SIZES, batch_rows=SIZES)
def test_assets_in_the_gfw_dialect(shared_app, entries, sort, size, batch_rows):
    with listed(shared_app, entries, batch_rows) as held:
        rows = [
            (f"https://files.example/{slug}/{n}", at, name, slug)
            for slug, at, entry in held.datasets
            for n, name in enumerate(entry.files)
        ]
        whole = in_order(rows, ASSET_SORTS, sort)
        path = f"/assets?sort={sort}"
        assert gfw_whole(shared_app, held, path, "asset_uri") == whole
        assert gfw_pages(shared_app, held, f"{path}&page[size]={size}", "asset_uri") == chunks(whole, size)


@times(5)
@drawn(entries=ENTRIES, sort=sorting(DATASET_SORTS), size=SIZES)
def test_datasets_in_a_browser(shared_app, entries, sort, size):
    with listed(shared_app, entries) as held:
        expected = chunks(in_order(held.datasets, DATASET_SORTS, sort), size)
        pages = []
        for number in range(1, len(expected) + 1):
            path = f"/datasets?sort={sort}&size={size}&page={number}"
            page = Script(shared_app).get(path, token=held.token, headers={"Accept": HTML}).get_data(as_text=True)
            pages.append(re.findall(r'class="dataset_card__link" href="/datasets/([^"]+)"', page))
        assert pages == expected


@times(5)
@drawn(
    entries=ENTRIES,
    sort_by=st.sampled_from(("name", "created_at", "updated_at", "row_count", "file_size_bytes")),
    sort_dir=st.sampled_from(("asc", "desc")),
    size=SIZES,
)
def test_versions_in_the_org_dialect(shared_app, entries, sort_by, sort_dir, size):
    with listed(shared_app, entries) as held:
        whole = rows_of_org(held, sort_by, is_descending=sort_dir == "desc")
        pages = []
        for number in range(1, max(1, -(-len(whole) // size)) + 1):
            path = f"/api/v1/org/alice/datasets?sort_by={sort_by}&sort_dir={sort_dir}&limit={size}&page={number}"
            answer = Script(shared_app).get(path, token=held.token).json
            pages.append([(row["name"], row["version"]) for row in answer["datasets"]])
        assert pages == chunks(whole, size)


def rows_of_org(held: Listed, sort_by: str, *, is_descending: bool) -> list[tuple[str, str]]:
    """The rows of the org dialect: what is unknown comes last, those alike by name and version, either way."""
    rows = [
        {"name": f"alice/{slug}", "version": label, "created_at": at, "row_count": rows, "file_size_bytes": size}
        for slug, at, entry in held.datasets
        for label, rows, size, _ in entry.versions or [(("1.0.0" if entry.files else "0.0.0"), None, None, 0)]
    ]
    key = {"updated_at": "created_at"}.get(sort_by, sort_by)
    rows.sort(key=lambda row: (row["name"], row["version"]))
    known = [row for row in rows if row[key] is not None]
    known.sort(key=lambda row: row[key], reverse=is_descending)
    return [(row["name"], row["version"]) for row in [*known, *(row for row in rows if row[key] is None)]]


def gfw_whole(app: Flask, held: Listed, path: str, key: str) -> list[str]:
    """The unpaged list."""
    return [item[key] for item in Script(app).get(path, token=held.token).json["data"]]


def gfw_pages(app: Flask, held: Listed, path: str, key: str) -> list[list[str]]:
    """The pages, from link to link."""
    pages = []
    while path:
        answer = Script(app).get(path, token=held.token).json
        pages.append([item[key] for item in answer["data"]])
        following = urlsplit(answer["links"]["next"])
        path = f"{following.path}?{following.query}" if following.query else ""
    return pages


def chunks(whole: list, size: int) -> list[list]:
    """`whole` cut into pages; an empty list has one, empty page."""
    return [whole[start : start + size] for start in range(0, len(whole), size)] or [[]]
