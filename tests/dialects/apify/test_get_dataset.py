"""GET /v2/datasets/{dataset_id}: one dataset by every form of its id, key by key, and who is told what."""

from functools import cache
from urllib.parse import quote

import pytest
from flask import Flask

from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.db import db
from catalog.model import Dataset
from catalog.vocabulary.text import fold
from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given, Party, Thing
from tests.support.statements import Watch

NOT_FOUND = {"error": {"type": "record-not-found", "message": "The requested resource was not found."}}


@pytest.fixture
def trees(given: Given, alice: Party) -> Thing:
    """A dataset of Alice's of which everything is known."""
    return given.dataset(
        "trees",
        owner=alice,
        title="Trees",
        versions=["1", {"label": "2", "row_count": 12, "file_size_bytes": 4096}],
        assets=[
            {"kind": "csv", "uri": "https://files.example/1.csv", "version": "1", "fields": ["old"]},
            {"kind": "csv", "uri": "https://files.example/2.csv", "version": "2", "fields": ["height", "age"]},
        ],
    )


@pytest.fixture
def asked(client: Script, given: Given, alice: Party):
    """Asks for one dataset in somebody's name, Alice's where nobody is named; by one token for each scope."""
    token = cache(given.token)
    return lambda name, who=alice, scope="read", **more: client.get(
        f"/v2/datasets/{quote(name)}", token=token(who, scope=scope), **more
    )


# What is told


def test_tells_everything_key_by_key(given, alice, clock, asked):
    trees = given.dataset(
        "trees",
        owner=alice,
        title="Trees",
        versions=[{"label": "2", "row_count": 12, "file_size_bytes": 4096}],
        assets=[{"kind": "csv", "uri": "https://files.example/2.csv", "fields": ["height", "age"]}],
    )
    data = asked("~trees").json["data"]
    moment = clock.moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    whole = {
        "id": trees.public_id,
        "name": "trees",
        "userId": alice.public_id,
        "createdAt": moment,
        "modifiedAt": moment,
        "accessedAt": moment,
        "itemCount": 12,
        "cleanItemCount": 12,
        "actId": None,
        "actRunId": None,
        "title": "Trees",
        "username": "alice",
        "fields": ["height", "age"],
        "schema": None,
        "consoleUrl": "http://localhost/datasets/trees",
        "itemsPublicUrl": f"http://localhost/v2/datasets/{trees.public_id}/items",
        "urlSigningSecretKey": None,
        "generalAccess": "RESTRICTED",
        "stats": {"storageBytes": 4096, "s3StorageBytes": 4096},
    }
    assert (list(data), data) == (list(whole), whole)


def test_tells_nothing_made_up_of_one_of_which_nothing_is_known(given, alice, asked):
    thing = given.dataset("any", owner=alice, is_unnamed=True)
    data = asked(thing.public_id).json["data"]
    assert [data[key] for key in ("name", "title", "fields", "schema", "stats")] == [None, None, None, None, {}]
    assert (data["itemCount"], data["cleanItemCount"]) == (0, 0)


def test_tells_the_fields_of_the_latest_version(trees, asked):
    assert asked("~trees").json["data"]["fields"] == ["height", "age"]


@pytest.mark.parametrize(
    ("visibility", "word"),
    [
        ("public", "ANYONE_WITH_NAME_CAN_READ"),
        ("internal", "FOLLOW_USER_SETTING"),
        ("private", "RESTRICTED"),
    ],
)
def test_tells_who_may_read_it(given, alice, asked, visibility, word):
    given.dataset("trees", owner=alice, visibility=visibility)
    assert asked("~trees").json["data"]["generalAccess"] == word


def test_gives_addresses_under_which_the_reader_reaches_the_catalog(app_with, given, alice, trees):
    script = Script(app_with(public_url="https://data.example/catalog"))
    data = script.get("/v2/datasets/~trees", token=given.token(alice)).json["data"]
    assert data["consoleUrl"] == "https://data.example/catalog/datasets/trees"
    assert data["itemsPublicUrl"] == f"https://data.example/catalog/v2/datasets/{trees.public_id}/items"


# What it is called


def test_is_found_by_every_form_of_its_id(alice, trees, asked):
    forms = [trees.public_id, "alice~trees", "ALICE~TREES", f"{alice.public_id}~trees", "~trees", "~Trees"]
    assert [asked(form).json["data"]["id"] for form in forms] == [trees.public_id] * len(forms)


@pytest.mark.parametrize("name", ["My Trees", "Straße", "деревья", "木", "a~b", "50%"])
@pytest.mark.parametrize("form", ["~{}", "alice~{}"])
def test_is_found_by_any_name_regardless_of_case(app: Flask, given, alice, trees, asked, name, form):
    with app.app_context():
        called = {"name": name, "name_folded": fold(name)}
        db.session.execute(db.update(Dataset).where(Dataset.id == trees.id).values(called))
        db.session.commit()
    for spelled in (name, name.upper(), name.casefold()):
        assert asked(form.format(spelled)).json["data"]["name"] == name


@pytest.mark.parametrize(
    "form",
    [
        "trees",
        "alice",
        "alice~",
        "~",
        "~~",
        "bob~trees",
        "nobody~trees",
        "~roads",
        "alice~~trees",
        " alice~trees",
        "AAAAAAAAAAAAAAAAA",
        "x" * 5000,
        "1" * 400,
        "%",
        "\ud7ff\ufffd",
        "'",
        "me~trees",
    ],
)
def test_nothing_else_is_its_id(given, trees, asked, form):
    given.user("bob")
    answer = asked(form)
    assert (answer.status_code, answer.json) == (404, NOT_FOUND)


@pytest.mark.parametrize("path", ["%00", "~%00", "alice~trees%00", "tr%00ees"])
def test_no_address_holds_a_null_character(client, given, alice, trees, path):
    answer = client.get(f"/v2/datasets/{path}", token=given.token(alice))
    assert (answer.status_code, answer.json["error"]["type"]) == (404, "page-not-found")


@pytest.mark.parametrize("path", ["%FF", "~%F0%9F", "%ED%A0%80", "~trees%C3"])
def test_bytes_that_are_no_text_are_the_name_of_nothing(client, given, alice, trees, path):
    answer = client.get(f"/v2/datasets/{path}", token=given.token(alice))
    assert (answer.status_code, answer.json) == (404, NOT_FOUND)


def test_an_id_differs_by_case(trees, asked):
    assert asked(trees.public_id.swapcase()).status_code == 404


def test_who_is_called_like_somebodys_id_hides_nobody(given, alice, trees, app: Flask, asked):
    given.user("bob")
    with app.app_context():
        db.session.execute(db.text("UPDATE \"user\" SET handle = :id WHERE handle = 'bob'"), {"id": alice.public_id})
        db.session.commit()
    assert asked(f"{alice.public_id}~trees").json["data"]["id"] == trees.public_id


# Whom it is shown to


@pytest.fixture
def cast(given: Given, alice: Party) -> dict[str, Party]:
    """Somebody who stands to Alice's dataset in each way."""
    cast = {name: given.user(name) for name in ("viewer", "editor", "member", "publisher", "stranger")}
    lab = given.organization("lab", members={cast["member"]: "viewer", cast["publisher"]: "editor"})
    thing = given.dataset("trees", owner=alice, organization=lab)
    given.share(thing, cast["viewer"])
    given.share(thing, cast["editor"], "editor")
    return cast | {"alice": alice}


@pytest.mark.parametrize(
    ("who", "scope", "status", "is_given_key"),
    [
        ("alice", "write", 200, True),
        ("alice", "read", 200, False),
        ("editor", "write", 200, True),
        ("editor", "read", 200, False),
        ("publisher", "write", 200, True),
        ("member", "write", 200, False),
        ("viewer", "write", 200, False),
        ("stranger", "write", 404, False),
    ],
)
def test_the_key_goes_to_those_who_may_revise_it(cast, asked, who, scope, status, is_given_key):
    answer = asked("alice~trees", cast[who], scope)
    assert answer.status_code == status
    if status == 200:
        data = answer.json["data"]
        assert (data["urlSigningSecretKey"] is not None) == is_given_key
        assert ("?signature=" in data["itemsPublicUrl"]) == is_given_key
    else:
        assert answer.json == NOT_FOUND


def test_each_dataset_has_a_key_of_its_own_that_stays(given, alice, asked):
    given.dataset("trees", owner=alice)
    given.dataset("roads", owner=alice)
    keys = [asked(name, scope="write").json["data"]["urlSigningSecretKey"] for name in ("~trees", "~roads", "~trees")]
    assert keys[0] == keys[2] != keys[1]


def test_what_is_open_to_everybody_is_shown_to_the_signed_in_alone(client, given, alice, asked):
    given.dataset("maps", owner=alice, visibility="public")
    assert client.get("/v2/datasets/alice~maps").status_code == 401
    assert asked("alice~maps", given.user("bob")).status_code == 200


def test_what_was_withdrawn_is_not_there(app: Flask, trees, asked):
    with app.app_context():
        datasets.withdraw(OPERATOR, db.session.get_one(Dataset, trees.id))
    assert [asked(form).json for form in (trees.public_id, "~trees")] == [NOT_FOUND, NOT_FOUND]


# Reading leaves a trace, and costs little


def test_reading_it_moves_the_moment_of_the_last_access(app: Flask, given, alice, trees, clock: Clock, asked):
    clock.tick(hours=1)
    asked("~trees")
    with app.app_context():
        app.extensions["catalog_tally"].flush()
    read = asked("~trees").json["data"]["accessedAt"]
    assert read == clock.moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_nobody_else_may_keep_the_answer_and_nothing_is_sent_twice(given, alice, trees, asked):
    asked("~trees", scope="write")  # what issues a token is a change
    answer = asked("~trees")
    assert answer.headers["Cache-Control"] == "private, max-age=0"
    held = {"If-None-Match": answer.headers["ETag"]}
    assert asked("~trees", headers=held).status_code == 304
    assert asked("~trees", scope="write", headers=held).status_code == 200
    given.dataset("roads", owner=alice)
    assert asked("~trees", headers=held).status_code == 200


def test_costs_the_same_few_statements_however_much_is_in_it(given, alice, asked, statements: Watch):
    counted = []
    for slug, number in (("small", 1), ("large", 60)):
        files = [
            {"kind": "csv", "uri": f"https://files.example/{slug}/{n}", "fields": [f"f{m}" for m in range(40)]}
            for n in range(number)
        ]
        given.dataset(slug, owner=alice, versions=[f"{n}" for n in range(1, number + 1)], assets=files)
        asked(f"~{slug}", scope="write")
        with statements() as seen:
            assert len(asked(f"~{slug}", scope="write").json["data"]["fields"]) == 40
        counted.append(len(seen))
    assert counted[1] <= counted[0] <= 14
