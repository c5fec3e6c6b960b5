"""What whoever runs the catalog asks it, and those who write scripts for it."""

from tests.support.rows import JSON, OPEN, Row, everybody

ROWS = (
    Row("GET /healthz", "/healthz", everybody(200), accept=JSON),
    Row("GET /readyz", "/readyz", everybody(200), accept=JSON),
    Row("GET /developers", "/developers", OPEN),
    Row("GET /developers/<dialect>", "/developers/gfw", OPEN),
    Row("GET /developers/<dialect>", "/developers/nowhere", everybody(404, bad=401)),
)
