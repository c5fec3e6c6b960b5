"""The GFW dialect as its OpenAPI document introduces it: what its answers hold, how it refuses, how callers come in."""

from catalog.dialects.describing import TEXT, Dialect, Json, list_of, record_of, ref
from catalog.dialects.gfw.errors import statuses_of

_FAULT = record_of(loc=list_of({"type": ["string", "integer"]}), msg=TEXT, type=TEXT)
SCHEMAS: dict[str, Json] = {
    "Refusal": record_of(status={"const": "failed"}, message=TEXT, detail=TEXT),
    "Faults": record_of(
        status={"const": "failed"}, message={"anyOf": [TEXT, list_of(ref("Fault"))]}, detail=list_of(ref("Fault"))
    ),
    "Fault": _FAULT,
    "Error": record_of(status={"const": "error"}, message=TEXT),
}
DIALECT = Dialect(
    key="gfw",
    title="GFW Data API",
    about="Datasets, their versions and assets, as the Global Forest Watch Data API answers.",
    blueprints=("gfw", "front_desk", "datasets", "assets"),
    schemas=SCHEMAS,
    security={
        "bearer": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
    },
    statuses_of=statuses_of,
    refusal=lambda status: ref("Error" if status >= 500 else "Faults" if status == 422 else "Refusal"),
)
