"""The org dialect as its OpenAPI document introduces it: what its answers hold, how it refuses, how callers come in."""

from catalog.dialects.describing import (
    FLAG,
    MOMENT,
    TEXT,
    THING,
    UUID,
    WHOLE,
    Dialect,
    Json,
    list_of,
    nullable,
    record_of,
    ref,
)
from catalog.dialects.org.errors import statuses_of

_TEXTS = nullable(list_of(TEXT))
SCHEMAS: dict[str, Json] = {
    "Dataset": record_of(
        id=UUID,
        name=TEXT,
        version=TEXT,
        created_at=MOMENT,
        download_count=WHOLE,
        format=TEXT,
        is_public=FLAG,
        origin=THING,
        summary=nullable(TEXT),
        license=nullable(TEXT),
        pretty_name=nullable(TEXT),
        size_category=nullable(TEXT),
        updated_at=MOMENT,
        tags=list_of(TEXT),
        task_categories=_TEXTS,
        language=_TEXTS,
        row_count=nullable(WHOLE),
        file_size_bytes=nullable(WHOLE),
    ),
    "DatasetList": record_of(
        datasets=list_of(ref("Dataset")),
        has_next=FLAG,
        has_previous=FLAG,
        limit=WHOLE,
        page=WHOLE,
        total=WHOLE,
        total_pages=WHOLE,
    ),
    "Error": record_of(code=WHOLE, detail=TEXT, type=TEXT),
    "Fault": record_of(loc=list_of({"type": ["string", "integer"]}), msg=TEXT, type=TEXT),
    "Faults": record_of(code=WHOLE, detail=TEXT, type=TEXT, errors=list_of(ref("Fault"))),
}
DIALECT = Dialect(
    key="org",
    title="Dreadnode",
    about="The datasets of organizations, a row a version, as the Dreadnode platform answers.",
    blueprints=("org",),
    schemas=SCHEMAS,
    security={
        "bearer": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        "basic": {"type": "http", "scheme": "basic", "description": "The name is `__token__`, the password a token."},
    },
    statuses_of=statuses_of,
    refusal=lambda status: ref("Faults" if status == 422 else "Error"),
)
