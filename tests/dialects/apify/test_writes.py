"""Writing is not served: every address of a dataset says which methods it takes, with a token or without."""

import pytest

from tests.support.callers import Script
from tests.support.given import Given, Party
from tests.support.groups import EITHER

pytestmark = EITHER

SENTENCE = "This API end-point can only be accessed using the following HTTP methods: OPTIONS,GET"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v2/datasets?name=new"),
        ("PUT", "/v2/datasets/~trees"),
        ("DELETE", "/v2/datasets/~trees"),
        ("POST", "/v2/datasets/~trees"),
        ("POST", "/v2/datasets/~trees/items"),
        ("PUT", "/v2/datasets/~secrets/items"),
        ("DELETE", "/v2/datasets/nothing"),
        ("PUT", "/v2/datasets/~trees/statistics"),
        ("DELETE", "/v2/users/me"),
    ],
)
@pytest.mark.parametrize("body", [{}, {"json": {"title": "Other"}}, {"data": b"\x00\xff"}, {"data": {"a": "b"}}])
def test_is_told_the_methods_that_there_are(client: Script, given: Given, alice: Party, method: str, path: str, body):
    given.dataset("trees", owner=alice)
    for token in (None, given.token(alice, scope="write")):
        answer = client.open(method, path, token=token, **body)
        expected = {"error": {"type": "method-not-allowed", "message": SENTENCE}}
        assert (answer.status_code, answer.json) == (405, expected)
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
