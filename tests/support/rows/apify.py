"""The Apify dialect."""

from tests.support.rows import BY_TOKEN, JSON, SIGNED_IN, Row

ROWS = (Row("GET /v2/datasets", "/v2/datasets", SIGNED_IN, BY_TOKEN, accept=JSON, takes_cookie=False),)
