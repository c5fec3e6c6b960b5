"""GET /v2/datasets/{dataset_id}/statistics: nothing is counted of the fields of items, and it says so."""

from tests.support.callers import Script
from tests.support.given import Given, Party
from tests.support.groups import EITHER

pytestmark = EITHER


def test_there_are_none(client: Script, given: Given, alice: Party):
    given.dataset("trees", owner=alice)
    answer = client.get("/v2/datasets/~trees/statistics", token=given.token(alice))
    assert (answer.status_code, answer.json) == (200, {"data": {"fieldStatistics": None}})
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_of_what_is_not_there_are_refused(client: Script, given: Given, alice: Party):
    given.dataset("secrets", owner=given.user("carol"))
    answers = [
        client.get(f"/v2/datasets/{name}/statistics", token=given.token(alice)) for name in ("carol~secrets", "x")
    ]
    assert [answer.json["error"]["type"] for answer in answers] == ["record-not-found"] * 2
    assert client.get("/v2/datasets/carol~secrets/statistics").status_code == 401
