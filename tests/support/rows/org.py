"""The org dialect."""

from tests.support.rows import BY_TOKEN, JSON, SIGNED_IN, Row

ROWS = (
    Row(
        "GET /api/v1/org/<org>/datasets",
        "/api/v1/org/forest-team/datasets",
        {**SIGNED_IN, "carol": 403, "administrator": 403},
        BY_TOKEN,
        accept=JSON,
        takes_cookie=False,
    ),
    Row(
        "GET /api/v1/org/<org>/datasets",
        "/api/v1/org/forest-team/datasets?include_public=true",
        SIGNED_IN,
        BY_TOKEN,
        accept=JSON,
        takes_cookie=False,
    ),
    Row(
        "GET /api/v1/org/<org>/datasets",
        "/api/v1/org/alice/datasets",
        {**SIGNED_IN, "bob": 403, "carol": 403, "administrator": 403},
        accept=JSON,
        takes_cookie=False,
    ),
)
