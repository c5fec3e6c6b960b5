"""What the GFW Data API serves and a catalog does not: refused in its own envelope, in a sentence."""

import pytest

from tests.support.callers import Script
from tests.support.given import Given
from tests.support.groups import EITHER

pytestmark = EITHER

ASSET = "/asset/00000000-0000-4000-8000-000000000000"
WRITES = [
    ("PUT", "/dataset/trees"),
    ("PATCH", "/dataset/nothing"),
    ("DELETE", "/dataset/trees/v1"),
    ("POST", "/dataset/trees/v1/assets"),
    ("PATCH", ASSET),
    ("POST", f"{ASSET}/metadata"),
]
WORK = [
    ("GET", "/dataset/trees/v1/query?sql=SELECT 1"),
    ("POST", "/dataset/trees/v1/query/json"),
    ("GET", "/dataset/nothing/v1/download/csv"),
    ("GET", "/dataset/trees/v1/features?lat=1&lng=2&z=3"),
    ("GET", f"{ASSET}/tiles_info"),
    ("POST", "/geostore"),
    ("GET", "/geostore/x"),
    ("POST", "/analysis/zonal/x"),
    ("GET", "/land/tree-cover-loss-by-driver/x"),
    ("POST", "/land/tree_cover_loss_by_driver"),
    ("GET", "/political/geoencode"),
]


@pytest.fixture(autouse=True)
def trees(given: Given, alice):
    given.dataset("trees", owner=alice, visibility="public", versions=["v1"])


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_write_is_refused_as_there_and_with_a_right_to_write_as_not_served(
    client: Script, given, alice, method, path
):
    def message(**more):
        answer = client.open(method, path, json={"metadata": {}}, **more)
        return answer.status_code, answer.json["status"], answer.json["message"]

    assert message() == (401, "failed", "Not authenticated")
    wrong = "Unauthorized access - this operation requires user authentication via a token"
    assert message(token="wrong") == (401, "failed", wrong)
    reading = "Unauthorized write access to a dataset/version/asset by a user who is not an admin or data manager"
    assert message(token=given.token(alice)) == (401, "failed", reading)
    refused = "This catalog takes no changes by this API yet. Datasets are registered and edited on its pages."
    assert message(token=given.token(alice, scope="write")) == (501, "error", refused)


@pytest.mark.parametrize(("method", "path"), WORK)
def test_work_on_the_data_is_refused_to_everybody_alike(client: Script, given, alice, method, path):
    said = {
        "status": "error",
        "message": "This catalog runs no queries, analyses or tiles. The data lies at the addresses of its assets.",
    }
    for token in (None, given.token(alice, scope="write")):
        answer = client.open(method, path, token=token)
        assert (answer.status_code, answer.json) == (501, said)


@pytest.mark.parametrize("path", ["/dataset/trees/latest", "/dataset/trees/latest/assets", "/dataset/nothing/latest"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_changed_by_the_name_of_the_latest(client: Script, path, method):
    sentence = "You must list version name explicitly for this operation."
    answer = client.open(method, path, json={})
    assert (answer.status_code, answer.json) == (400, {"status": "failed", "message": sentence, "detail": sentence})


@pytest.mark.parametrize("rest", ["query/json?sql=x", "download/csv", "query"])
def test_queries_and_downloads_are_led_to_the_version(client: Script, rest):
    answer = client.post(f"/dataset/trees/latest/{rest}")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/dataset/trees/v1/{rest}")
    assert client.post(answer.headers["Location"]).status_code == 501


def test_features_of_the_latest_version_are_those_of_the_version(client: Script):
    answer = client.get("/dataset/trees/latest/features?lat=1&lng=2&z=3")
    assert (answer.status_code, answer.headers["Location"]) == (307, "/dataset/trees/v1/features?lat=1&lng=2&z=3")
    assert client.get(answer.headers["Location"]).status_code == 501


def test_accounts_are_made_elsewhere(client: Script):
    answer = client.post("/auth/sign-up", json={"name": "x", "email": "x@example.org"})
    sentence = "This catalog opens no accounts by this API. Please ask whoever operates it for one."
    assert (answer.status_code, answer.json) == (501, {"status": "error", "message": sentence})


def test_being_led_to_the_version_costs_one_request(app_with):
    client = Script(app_with(rate_limit=1, rate_limit_loopback=True))
    answers = [client.post("/dataset/trees/latest/query") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [307, 307, 429]
