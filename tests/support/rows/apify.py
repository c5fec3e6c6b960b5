"""The Apify dialect."""

from dataclasses import replace

from tests.support.rows import BY_TOKEN, JSON, OPEN, SIGNED_IN, Row

_VISIBLE = {**SIGNED_IN, "carol": 404, "administrator": 404}
_OWN = {**_VISIBLE, "bob": 404}
_ROWS = (
    Row("GET /v2/datasets", "/v2/datasets", SIGNED_IN, BY_TOKEN),
    Row("GET /v2/datasets/<dataset_id>", "/v2/datasets/{dataset}", _VISIBLE, BY_TOKEN),
    Row("GET /v2/datasets/<dataset_id>", "/v2/datasets/alice~trees", _VISIBLE, BY_TOKEN),
    Row("GET /v2/datasets/<dataset_id>", "/v2/datasets/{alice}~trees", _VISIBLE, BY_TOKEN),
    Row("GET /v2/datasets/<dataset_id>", "/v2/datasets/~trees", _OWN, BY_TOKEN - {"bob"}),
    Row("GET /v2/datasets/<dataset_id>/items", "/v2/datasets/{dataset}/items", _VISIBLE),
    Row("GET /v2/datasets/<dataset_id>/items", "/v2/datasets/{dataset}/items?signature=MC4wLjA", _VISIBLE),
    Row("GET /v2/datasets/<dataset_id>/items", "/v2/datasets/{dataset}/items?signature={signature}", OPEN),
    Row("GET /v2/datasets/<dataset_id>/statistics", "/v2/datasets/{dataset}/statistics", _VISIBLE),
    Row("GET /v2/users/<user_id>", "/v2/users/me", SIGNED_IN),
    Row("GET /v2/users/<user_id>", "/v2/users/alice", SIGNED_IN),
)
ROWS = tuple(replace(row, accept=JSON, takes_cookie=False) for row in _ROWS)
