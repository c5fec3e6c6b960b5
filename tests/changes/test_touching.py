"""Whom a change touches: the lists of those are made anew, and what everybody else holds stays right."""

import pytest

from catalog.access import OPERATOR
from catalog.changes import accounts, datasets, organizations, sharing
from catalog.db import db
from catalog.model import Dataset, Organization, User, Version, Visibility
from tests.support.callers import Script
from tests.support.statements import Watch

EVERYBODY = {"visitor", "alice", "bob", "carol", "editor"}
SIGNED_IN = EVERYBODY - {"visitor"}
REACHED = {"alice", "bob", "editor"}
"""Whom `trees` reaches: its owner, with whom it is shared, and a member of its team."""


class Watching:
    """The list as each of several callers holds it, and whose has changed since."""

    def __init__(self, client: Script, given, cast) -> None:
        parties = {name: getattr(cast, name) for name in SIGNED_IN}
        self._client = client
        self._tokens = {"visitor": None} | {name: given.token(party) for name, party in parties.items()}
        self._held = {name: self._tag(name) for name in self._tokens}

    def _tag(self, name: str, **headers: str):
        answer = self._client.get("/datasets?page[size]=5", token=self._tokens[name], headers=headers)
        return answer.status_code if headers else answer.headers["ETag"]

    def touched(self) -> set[str]:
        """Those to whom the list is sent again."""
        return {name for name, held in self._held.items() if self._tag(name, **{"If-None-Match": held}) == 200}


@pytest.fixture
def watching(client, given, cast, trees) -> Watching:
    return Watching(client, given, cast)


def _held(thing) -> Dataset:
    return db.session.get_one(Dataset, thing.id)


def _with(cast, name: str) -> User:
    return db.session.get_one(User, getattr(cast, name).id)


def _team(cast) -> Organization:
    return db.session.get_one(Organization, cast.team.id)


CHANGES = {
    "opened to the signed-in": (
        lambda trees, cast: datasets.set_visibility(OPERATOR, _held(trees), Visibility.INTERNAL),
        SIGNED_IN,
    ),
    "opened to everybody": (
        lambda trees, cast: datasets.set_visibility(OPERATOR, _held(trees), Visibility.PUBLIC),
        EVERYBODY,
    ),
    "shared": (lambda trees, cast: sharing.share(OPERATOR, _held(trees), with_=_with(cast, "carol")), SIGNED_IN),
    "shared no longer": (
        lambda trees, cast: sharing.unshare(OPERATOR, _held(trees), with_=_with(cast, "bob")),
        REACHED,
    ),
    "renamed": (lambda trees, cast: datasets.rename(OPERATOR, _held(trees), "woods"), REACHED),
    "handed over": (
        lambda trees, cast: datasets.transfer(OPERATOR, _held(trees), owner=_with(cast, "carol")),
        SIGNED_IN,
    ),
    "taken from the team": (
        lambda trees, cast: datasets.transfer(OPERATOR, _held(trees), organization=None),
        REACHED,
    ),
    "withdrawn": (lambda trees, cast: datasets.withdraw(OPERATOR, _held(trees)), REACHED),
    "a team retitled": (
        lambda trees, cast: organizations.revise(OPERATOR, _team(cast), title="Another", description=None),
        EVERYBODY,
    ),
    "an account retitled": (
        lambda trees, cast: accounts.revise(OPERATOR, _with(cast, "alice"), title="Alice A.", email=None),
        EVERYBODY,
    ),
    "admitted to the team": (
        lambda trees, cast: organizations.admit(OPERATOR, _team(cast), _with(cast, "carol")),
        {"carol"},
    ),
    "dismissed from the team": (
        lambda trees, cast: organizations.dismiss(OPERATOR, _team(cast), _with(cast, "editor")),
        {"editor"},
    ),
    "a token issued": (lambda trees, cast: accounts.issue_token(OPERATOR, _with(cast, "alice"), name="more"), set()),
    "an account enrolled": (lambda trees, cast: accounts.enrol(OPERATOR, "dave"), set()),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_touches_those_who_see_it_or_saw_it(app, cast, trees, watching, what):
    change, touched = CHANGES[what]
    with app.app_context():
        change(trees, cast)
    assert watching.touched() == touched


def test_what_was_open_touches_those_to_whom_it_is_closed(app, given, cast, client):
    parks = given.dataset("parks", owner=cast.alice, visibility="public")
    watching = Watching(client, given, cast)
    with app.app_context():
        datasets.set_visibility(OPERATOR, _held(parks), Visibility.PRIVATE)
    assert watching.touched() == EVERYBODY


def test_downloads_that_are_counted_are_no_change_and_shown_all_the_same(app, given, cast, client, browser):
    given.dataset("parks", owner=cast.alice, visibility="public", versions=["1"])
    watching = Watching(client, given, cast)
    assert "7 downloads" not in browser.get("/datasets").get_data(as_text=True)
    with app.app_context():
        version_id = db.session.scalar(db.select(Version.id))
        db.session.rollback()
        for _ in range(7):
            app.extensions["catalog_tally"].count_download(version_id)
        app.extensions["catalog_tally"].flush()
    assert watching.touched() == set()
    assert "7 downloads" in browser.get("/datasets").get_data(as_text=True)


def test_an_answer_is_made_once_for_all_who_see_the_same(given, cast, client, statements: Watch):
    given.dataset("parks", owner=cast.alice, visibility="public")
    first = client.get("/datasets?page[size]=5")
    with statements() as seen:
        again = client.get("/datasets?page[size]=5")
    assert (again.data, again.headers["Vary"], len(seen)) == (first.data, first.headers["Vary"], 1)


def test_nothing_that_is_kept_reaches_somebody_else(given, cast, client):
    given.dataset("parks", owner=cast.alice, shared_with=[cast.bob])
    slugs = {
        name: [one["dataset"] for one in client.get("/datasets?page[size]=5", token=token).json["data"]]
        for name, token in [(name, given.token(getattr(cast, name))) for name in ("alice", "carol", "bob")]
    }
    assert slugs == {"alice": ["parks"], "carol": [], "bob": ["parks"]}


def test_answers_are_not_kept_where_the_operator_wants_none(app_with, given, cast, statements: Watch):
    client = Script(app_with(answer_memory=0))
    counted = []
    for _ in range(2):
        with statements() as seen:
            client.get("/datasets?page[size]=5")
        counted.append(len(seen))
    assert counted[1] == counted[0] > 1
