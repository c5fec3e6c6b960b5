"""Whoever belongs to a thousand organizations sees what is theirs and nothing else, at every entrance."""

from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from catalog.clock import now
from catalog.db import db
from catalog.model import Membership, Organization, Role
from tests.support.callers import Browser, Script
from tests.support.given import PASSWORD

NUMBER = 1_000
KEYS = [f"lab-{number:04}" for number in range(NUMBER)]
# What lies in the first and the last of them, and beside them.
OWN = ["rain_0", "rain_999"]


@pytest.fixture
def bob(app, given):
    """A member of all of them, to whom each of two shows a dataset of Alice's."""
    alice, bob = given.user("alice"), given.user("bob", password=PASSWORD)
    with app.app_context():
        made = {"description": None, "extra": None, "created_at": now(), "updated_at": now()}
        rows = [{"uuid": uuid4(), "key": key, "title": key, "folded": key, **made} for key in KEYS]
        db.session.execute(insert(Organization), rows)
        ids = db.session.scalars(select(Organization.id).order_by(Organization.key)).all()
        member = {"user_id": bob.id, "role": Role.VIEWER, "created_at": now()}
        db.session.execute(insert(Membership), [{"organization_id": id_, **member} for id_ in ids])
        db.session.commit()
        held = [db.session.get_one(Organization, id_) for id_ in (ids[0], ids[-1])]
    csv = [{"kind": "csv", "format": "csv", "uri": "https://files.example/rain.csv"}]
    for organization, slug in zip(held, OWN, strict=True):
        given.dataset(slug, owner=alice, organization=organization, assets=csv)
    other = given.organization("other", members={alice: "admin"})
    given.dataset("rain_elsewhere", owner=alice, organization=other, assets=csv)
    given.dataset("rain_alone", owner=alice, assets=csv)
    return bob


def test_scripts_are_shown_what_is_theirs(app, given, bob):
    script, token = Script(app), given.token(bob)
    headers = {"Authorization": f"Bearer {token}"}

    def asked(path):
        answer = script.get(path, headers=headers)
        assert answer.status_code == 200
        return answer.get_json()

    for path in ("/datasets", "/datasets?q=rain", "/datasets?page[size]=10", "/datasets?q=rain&page[size]=10"):
        assert sorted(record["dataset"] for record in asked(path)["data"]) == OWN
    for path in ("/assets", "/assets?q=rain&page[size]=10"):
        assert sorted(record["dataset"] for record in asked(path)["data"]) == OWN
    assert asked("/v2/datasets")["data"]["total"] == 2
    assert asked("/api/v1/org/lab-0000/datasets")["total"] == 1
    assert asked("/api/v1/org/lab-0500/datasets")["total"] == 0
    assert script.get("/dataset/rain_elsewhere", headers=headers).status_code == 404


def test_a_reader_is_shown_what_is_theirs_with_its_facets(app, bob):
    browser = Browser(app)
    browser.sign_in("bob", PASSWORD)
    for path in ("/datasets", "/datasets?q=rain", "/datasets?format=csv"):
        assert sorted(browser.page(path).marked("data-slug")) == OWN
        said = browser.get(path).text
        assert {key for key in KEYS if key in said} == {KEYS[0], KEYS[-1]}
        assert "rain_elsewhere" not in said
    assert browser.get("/datasets/rain_alone").status_code == 404
