"""GET /ping: that the catalog is there."""

import pytest

from tests.support.callers import HTML
from tests.support.statements import Watch


@pytest.mark.parametrize(
    "headers", [{}, {"Accept": HTML}, {"Authorization": "Bearer wrong"}, {"X-API-Key": "catalog_x"}]
)
def test_answers_pong_whoever_asks_and_asks_nobody(client, headers, statements: Watch):
    with statements() as seen:
        answer = client.get("/ping", headers=headers)
    assert (answer.status_code, answer.text) == (200, '{"data":"pong","status":"success"}')
    assert answer.content_type == "application/json"
    assert seen == []


def test_a_head_is_answered(client):
    answer = client.head("/ping")
    assert (answer.status_code, answer.data) == (200, b"")


def test_answers_where_visitors_see_nothing(app_with):
    assert app_with(public_access=False).test_client().get("/ping").status_code == 200
