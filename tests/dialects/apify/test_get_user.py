"""GET /v2/users/{user_id}: oneself by `me`, everybody by id or username, and nobody's e-mail but one's own."""

import pytest

from tests.support.callers import Script
from tests.support.clock import Clock
from tests.support.given import Given, Party
from tests.support.groups import EITHER

pytestmark = EITHER


@pytest.fixture
def alice(given: Given, clock: Clock) -> Party:
    """Somebody of whom everything is known."""
    return given.user("alice", email="alice@example.org", title="Alice Archer")


def told(client: Script, token: str, name: str) -> dict:
    answer = client.get(f"/v2/users/{name}", token=token)
    assert answer.status_code == 200
    return answer.json


def test_tells_one_everything_of_oneself(client: Script, given: Given, alice: Party, clock: Clock):
    whole = {
        "data": {
            "id": alice.public_id,
            "username": "alice",
            "profile": {"name": "Alice Archer"},
            "email": "alice@example.org",
            "createdAt": clock.moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
    }
    token = given.token(alice)
    came = [told(client, token, name) for name in ("me", "alice", "ALICE", alice.public_id)]
    assert came == [whole] * 4


def test_tells_others_no_more_than_who_one_is(client: Script, given: Given, alice: Party):
    whole = {"data": {"id": alice.public_id, "username": "alice", "profile": {"name": "Alice Archer"}}}
    for bob in (given.user("bob"), given.user("olga", is_admin=True)):
        assert [told(client, given.token(bob), name) for name in ("alice", alice.public_id)] == [whole] * 2


def test_absent_is_null(client: Script, given: Given):
    data = told(client, given.token(given.user("bob")), "me")["data"]
    assert (data["profile"], data["email"]) == ({"name": None}, None)


@pytest.mark.parametrize("name", ["nobody", "alice@example.org", "Alice Archer", "x" * 5000, "%FF", "'", "ME", "lab"])
def test_nobody_else_is_there(client: Script, given: Given, alice: Party, name: str):
    given.organization("lab", members={alice: "admin"})
    answer = client.get(f"/v2/users/{name}", token=given.token(alice))
    assert (answer.status_code, answer.json["error"]["type"]) == (404, "record-not-found")


@pytest.mark.parametrize("name", ["me", "alice", "nobody"])
def test_is_for_the_signed_in(client: Script, alice: Party, name: str):
    answer = client.get(f"/v2/users/{name}")
    assert (answer.status_code, answer.json["error"]["type"]) == (401, "token-not-valid")


def test_nobody_may_keep_it(client: Script, given: Given, alice: Party):
    headers = client.get("/v2/users/me", token=given.token(alice)).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert {"Authorization", "X-API-Key"} <= set(headers["Vary"].split(", "))
