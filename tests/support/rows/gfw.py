"""The GFW dialect."""

from tests.support.rows import JSON, OPEN, WHO_MAY_KNOW, Row, everybody

ROWS = (
    Row("GET /datasets", "/datasets", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /datasets", "/datasets?page[size]=5", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /datasets.json", "/datasets.json", OPEN, WHO_MAY_KNOW),
    Row("GET /datasets/", "/datasets/", everybody(307)),
    Row("GET /assets", "/assets", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /assets", "/assets?dataset=trees&version=v1.0.0", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /assets.json", "/assets.json", OPEN, WHO_MAY_KNOW),
    Row("GET /assets/", "/assets/", everybody(307)),
    Row("GET /ping", "/ping", everybody(200), accept=JSON),
)
