"""PATCH /api/v1/org/{org}/datasets/{name}/visibility: a dataset opened to everybody who is signed in, or closed."""

import json

import pytest
from werkzeug.test import TestResponse

from catalog.db import db
from catalog.model import Change, Dataset
from tests.dialects.org.conftest import Asked
from tests.support.given import Given, Party, Thing
from tests.support.groups import EITHER

pytestmark = EITHER

VISIBILITY = "/org/acme/datasets/trees/visibility"


@pytest.fixture
def trees(given: Given, alice: Party, acme: Party) -> Thing:
    """A private dataset of Alice's in acme."""
    return given.dataset("trees", owner=alice, organization=acme, versions=["1.0", "2.0"])


def visibility_of(app, thing: Thing) -> str:
    with app.app_context():
        return db.session.get_one(Dataset, thing.id).visibility


def patch(asked: Asked, is_public: object = True, *, path: str = VISIBILITY, **more) -> TestResponse:
    return asked(path, method="PATCH", json={"is_public": is_public}, **({"scope": "write"} | more))


@pytest.mark.parametrize(
    ("was", "is_public", "becomes", "who"),
    [
        ("private", True, "internal", "everybody who is signed in can see it"),
        ("internal", True, "internal", "everybody who is signed in can see it"),
        ("public", True, "public", "everybody can see it"),
        ("private", False, "private", "only its owner, its organization and those it is shared with can see it"),
        ("internal", False, "private", "only its owner, its organization and those it is shared with can see it"),
        ("public", False, "private", "only its owner, its organization and those it is shared with can see it"),
    ],
)
def test_opens_to_the_signed_in_and_closes(app, given, alice, acme, asked: Asked, was, is_public, becomes, who):
    trees = given.dataset("trees", owner=alice, organization=acme, visibility=was)
    answer = patch(asked, is_public)
    assert (answer.status_code, answer.json) == (
        200,
        {"is_public": is_public, "message": f"acme/trees is {becomes}: {who}."},
    )
    assert visibility_of(app, trees) == becomes
    with app.app_context():
        kept = db.session.scalars(db.select(Change.what).where(Change.verb == "set visibility")).all()
    assert kept == ([{"visibility": [was, becomes]}] if was != becomes else [])


def test_nobody_keeps_the_answer(trees: Thing, asked: Asked):
    for answer in (patch(asked), patch(asked, "perhaps"), patch(asked, scope="read")):
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_all_versions_go_together(trees: Thing, asked: Asked):
    patch(asked)
    rows = asked("/org/acme/datasets").json["datasets"]
    assert [(row["version"], row["is_public"]) for row in rows] == [("1.0.0", True), ("2.0.0", True)]


def test_is_for_those_who_may_decide_who_sees_it(given: Given, alice: Party, bob: Party, carol: Party, asked: Asked):
    boss, editor = given.user("boss"), given.user("editor")
    crew = given.organization("crew", members={boss: "admin", editor: "editor"})
    given.dataset("maps", owner=alice, organization=crew, shared_with=[bob], role="editor")
    path = "/org/crew/datasets/maps/visibility"
    statuses = {who.name: patch(asked, by=who, path=path).status_code for who in (alice, boss, editor, bob, carol)}
    assert statuses == {"alice": 200, "boss": 200, "editor": 403, "bob": 403, "carol": 403}
    patch(asked, False, path=path)
    assert patch(asked, by=carol, path=path).status_code == 404


@pytest.mark.usefixtures("trees")
def test_a_token_that_only_reads_changes_nothing(asked: Asked):
    answer = patch(asked, scope="read")
    detail = "You do not have permission to do this."
    assert (answer.status_code, answer.json) == (403, {"code": 403, "detail": detail, "type": "authorization_error"})
    assert patch(asked, False, scope="read").status_code == 403


def test_what_one_may_not_see_is_not_there(trees: Thing, carol: Party, asked: Asked):
    assert patch(asked, by=carol).json["detail"] == "There is no dataset “acme/trees”."
    assert patch(asked, path="/org/acme/datasets/nothing/visibility").status_code == 404


@pytest.mark.usefixtures("trees")
@pytest.mark.parametrize(
    ("sent", "loc", "message", "type_"),
    [
        (b"", ["body"], "Field required", "missing"),
        (b"  ", ["body"], "Field required", "missing"),
        (b"{}", ["body", "is_public"], "Field required", "missing"),
        (b"{", ["body"], "JSON decode error", "json_invalid"),
        (b"\xff", ["body"], "JSON decode error", "json_invalid"),
        (b'{"is_public": "\\ud800"}', ["body"], "JSON decode error", "json_invalid"),
        (b"[" * 5000, ["body"], "JSON decode error", "json_invalid"),
        *(
            (
                text,
                ["body"],
                "Input should be a valid dictionary or object to extract fields from",
                "model_attributes_type",
            )
            for text in (b"[]", b"null", b"true", b"7")
        ),
        (b'{"is_public": null}', ["body", "is_public"], "Input should be a valid boolean", "bool_type"),
        (
            json.dumps({"is_public": 10**30}).encode(),
            ["body", "is_public"],
            "Input should be a valid boolean",
            "bool_type",
        ),
        (
            b'{"is_public": "\\u0000"}',
            ["body", "is_public"],
            "Input should be a valid boolean, unable to interpret input",
            "bool_parsing",
        ),
    ],
)
def test_refuses_what_pydantic_would(asked: Asked, sent: bytes, loc: list, message: str, type_: str):
    answer = asked(VISIBILITY, method="PATCH", scope="write", data=sent)
    assert (answer.status_code, answer.json) == (
        422,
        {
            "code": 422,
            "detail": f"{loc[-1]}: {message}",
            "type": "validation_error",
            "errors": [{"loc": loc, "msg": message, "type": type_}],
        },
    )


@pytest.mark.parametrize("value", [True, 1, "true", "on", "Yes"])
def test_takes_every_spelling_of_a_flag(app, trees: Thing, asked: Asked, value: object):
    assert patch(asked, value).json["is_public"] is True
    assert visibility_of(app, trees) == "internal"


def test_a_former_name_and_other_keys_will_do(app, given: Given, trees: Thing, asked: Asked):
    given.rename(trees, "woods")
    answer = asked(VISIBILITY, method="PATCH", scope="write", json={"is_public": True, "more": [1]})
    assert answer.json["message"].startswith("acme/woods is internal")


def test_needs_a_token(client, trees: Thing):
    assert client.open("PATCH", f"/api/v1{VISIBILITY}", json={"is_public": True}).status_code == 401
