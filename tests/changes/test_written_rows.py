"""Rows that are written once for all: written anew when they differ, for whatever dialect, and never for the past."""

import re

import pytest

from catalog.access import OPERATOR
from catalog.changes import accounts, datasets, organizations
from catalog.changes.redrafting import draft_of
from catalog.changes.revising import load_whole
from catalog.db import db
from catalog.listing.written import Place, Written
from catalog.model import Organization, User
from tests.support.groups import EITHER
from tests.support.statements import Watch

# When something was changed last, which may be in the same second or not.
_MOMENT = re.compile(rb'"(updated_on|modifiedAt|updated_at)":"[^"]*"')
PATHS = {
    "gfw": "/datasets?page[size]=5",
    "gfw assets": "/assets?page[size]=5",
    "apify": "/v2/datasets?limit=5",
    "org": "/api/v1/org/team/datasets?include_public=true",
}


@pytest.fixture
def parks(given, cast):
    return given.dataset(
        "parks",
        owner=cast.alice,
        organization=cast.team,
        visibility="public",
        title="Parks",
        tags=["green"],
        versions=["1"],
        assets=[{"kind": "CSV", "uri": "https://example.org/parks.csv", "version": "1"}],
    )


def _revise(thing, **said) -> None:
    (whole,) = load_whole([thing.id])
    draft = draft_of(whole)
    texts = {**draft.texts, **said.pop("texts", {})}
    datasets.revise(OPERATOR, whole, type(draft)(**{**vars(draft), **said, "texts": texts}))


CHANGES = {
    "another title": (lambda parks: _revise(parks, texts={"title": "Gardens"}), {"gfw", "org"}),
    "other tags": (lambda parks: _revise(parks, tags=["urban"]), {"gfw", "gfw assets", "org"}),
    "another slug": (
        lambda parks: datasets.rename(OPERATOR, load_whole([parks.id])[0], "gardens"),
        {"gfw", "gfw assets", "apify", "org"},
    ),
    "another title of the organization": (
        lambda parks: organizations.revise(
            OPERATOR, db.session.scalars(db.select(Organization)).one(), title="More", description=None
        ),
        set(),
    ),
    "another owner": (
        lambda parks: datasets.transfer(
            OPERATOR, load_whole([parks.id])[0], owner=db.session.scalars(db.select(User).filter_by(handle="bob")).one()
        ),
        {"apify"},
    ),
    "a token of somebody": (
        lambda parks: accounts.issue_token(
            OPERATOR, db.session.scalars(db.select(User).filter_by(handle="carol")).one(), name="more"
        ),
        set(),
    ),
}
pytestmark = EITHER


@pytest.mark.parametrize("what", CHANGES)
def test_a_row_is_written_anew_when_what_it_says_differs(app, given, cast, client, parks, what):
    change, differing = CHANGES[what]
    token = given.token(cast.editor)

    def rows() -> dict[str, bytes]:
        return {name: _MOMENT.sub(b"", client.get(path, token=token).data) for name, path in PATHS.items()}

    before = rows()
    assert rows() == before
    with app.app_context():
        change(parks)
        db.session.commit()
    after = rows()
    assert {name for name in PATHS if after[name] != before[name]} == differing
    app.extensions["catalog_written"].clear()
    app.extensions["catalog_shelf"].clear()
    assert rows() == after


@pytest.mark.parametrize("what", CHANGES)
def test_a_card_is_drawn_anew_when_it_says_something_else_to_whoever_sees_it(
    app, given, cast, client, parks, statements: Watch, what
):
    given.dataset("own", owner=cast.bob, organization=cast.team)
    given.dataset("given", owner=cast.alice, shared_with=[cast.bob])
    tokens = [None, *(given.token(one) for one in (cast.alice, cast.bob, cast.carol, cast.editor))]

    def cards() -> list[list[str]]:
        pages = [client.get("/datasets", headers={"Accept": "text/html"}, token=token).text for token in tokens]
        return [re.findall(r'<li class="dataset_card".*?\n</li>', page, re.DOTALL) for page in pages]

    cards()
    with app.app_context():
        CHANGES[what][0](parks)
        db.session.commit()
    given.downloads(parks, 3)
    with statements() as seen:
        after = cards()
    assert sum("version.semver_key" in statement for statement in seen) <= 4, (
        "of who sees them alike they are drawn once"
    )
    app.extensions["catalog_written"].clear()
    app.extensions["catalog_shelf"].clear()
    assert cards() == after
    assert [len(found) for found in after] == [1, 2, 3, 1, 2]
    assert "own" in after[2][0] + after[2][1] + after[2][2]


def test_numbers_that_no_journal_tells_of_are_those_of_now(app, given, cast, client, parks):
    token = given.token(cast.editor)

    def told() -> tuple[int, str]:
        row = client.get(PATHS["org"], token=token).json["datasets"][0]
        return row["download_count"], client.get(PATHS["apify"], token=token).json["data"]["items"][0]["accessedAt"]

    downloads, accessed = told()
    given.downloads(parks, 7)
    client.get("/dataset/parks", token=token)
    with app.app_context():
        app.extensions["catalog_tally"].flush()
    assert told()[0] == downloads + 7
    assert told()[1] > accessed


def test_a_row_is_read_once_for_every_list_that_shows_it(given, cast, client, statements: Watch):
    for slug in ("parks", "trees", "woods"):
        given.dataset(slug, owner=cast.alice, visibility="public")

    def read(path: str, token: str | None = None) -> int:
        with statements() as seen:
            assert client.get(path, token=token).json["data"]
        return sum("dataset.overview" in statement for statement in seen)

    assert read("/datasets?page[size]=3") == 1
    assert read("/datasets?page[size]=2&sort=slug") == 0
    assert read("/datasets?page[size]=3", token=given.token(cast.bob)) == 0
    given.dataset("gardens", owner=cast.alice, visibility="public")
    assert read("/datasets?page[size]=4") == 1


@pytest.mark.parametrize("name", PATHS)
def test_a_list_made_anew_for_who_is_known_takes_few_statements(given, cast, client, parks, statements: Watch, name):
    token, path = given.token(cast.editor), PATHS[name]
    client.get(path, token=token)
    with statements() as seen:
        assert client.get(path.replace("=5", "=4").replace("true", "1"), token=token).status_code == 200
    assert len(seen) <= 6


def test_who_still_sees_the_past_is_given_nothing_that_was_written_later(app, given, cast):
    parks = given.dataset("parks", owner=cast.alice)
    place = Place(parks.id, parks.id, "a form")
    with app.app_context():
        kept = Written(10_000)
        past = kept.follow()
        kept.keep(past, place, b"past")
        assert kept.find(past, place) == b"past"
        _revise(parks, texts={"title": "Another"})
        present = kept.follow()
        assert kept.find(present, place) is None
        kept.keep(past, place, b"past")
        assert kept.find(present, place) is None
        kept.keep(present, place, b"present")
        assert (kept.find(past, place), kept.find(present, place)) == (None, b"present")
