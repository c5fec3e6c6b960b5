"""Organizations founded and revised by form."""

import pytest
from sqlalchemy import select

from catalog.db import db
from catalog.model import Membership, Organization
from tests.support.pages import text_of

ASKED = {"key": "lab", "title": "Forest Lab", "description": "Where trees\nare counted."}


@pytest.fixture
def held(app):
    """The organization called so."""

    def held(key):
        with app.app_context():
            return db.session.scalar(select(Organization).where(Organization.key == key))

    return held


def faults(answer):
    return {text_of(link): link.get("href") for link in answer.page.find("a", "error_summary__link")}


def test_whoever_founds_it_is_its_admin(app, browser_of, cast, held):
    carol = browser_of("carol")
    assert carol.page("/organizations").link("New organization") == "/organizations/new"
    answer = carol.submit("/organizations/new", "/organizations", **ASKED)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/organizations/lab/members")
    made = held("lab")
    assert (made.title, made.folded, made.description) == ("Forest Lab", "forest lab", "Where trees\nare counted.")
    with app.app_context():
        rows = db.session.execute(select(Membership.user_id, Membership.role)).all()
    assert [tuple(row) for row in rows] == [(cast.carol.id, "admin")]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"key": ""}, {"Enter a key": "#key"}),
        ({"key": "Lab"}, {"A key has 2 to 39 small letters, digits or hyphens": "#key"}),
        ({"key": "l"}, {"A key has 2 to 39 small letters, digits or hyphens": "#key"}),
        ({"key": "a/b"}, {"A key has 2 to 39 small letters, digits or hyphens": "#key"}),
        ({"key": "new"}, {"The name “new” is kept for addresses of the catalog.": "#key"}),
        ({"key": "alice"}, {"The name “alice” is taken.": "#key"}),
        ({"title": " \0"}, {"Enter a title": "#title"}),
        ({"title": "x" * 201}, {"A title has at most 200 characters": "#title"}),
        ({"description": "x" * 2001}, {"A description has at most 2,000 characters": "#description"}),
    ],
)
def test_says_what_stands_against_it(browser_of, held, sent, expected):
    answer = browser_of("carol").submit("/organizations/new", "/organizations", **(ASKED | sent))
    assert (answer.status_code, answer.page.title, faults(answer)) == (422, "Error: New organization", expected)
    assert held("lab") is None


def test_an_admin_revises_what_it_is_called(browser_of, given, cast, held):
    given.organization("lab", title="Forest Lab", members={cast.alice: "admin"})
    alice = browser_of("alice")
    answer = alice.submit("/organizations/lab/edit", title="Ämter & <b>Wälder</b>", description="")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/organizations/lab")
    page = alice.page("/organizations/lab")
    assert (page.heading, page.texts("p", "flash__words")) == ("Ämter & <b>Wälder</b>", ["The organization is saved."])
    assert (held("lab").folded, held("lab").description) == ("ämter & <b>wälder</b>", None)
    assert alice.page("/organizations?q=wälder").marked("data-key") == ["lab"]


def test_a_revision_without_a_title_is_refused(browser_of, given, cast, held):
    given.organization("lab", title="Forest Lab", members={cast.alice: "admin"})
    answer = browser_of("alice").submit("/organizations/lab/edit", title="", description="More")
    assert (answer.status_code, faults(answer)) == (422, {"Enter a title": "#title"})
    assert (held("lab").title, held("lab").description) == ("Forest Lab", None)
