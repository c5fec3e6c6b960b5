"""The Apify dialect as its OpenAPI document introduces it: what its answers hold, how it refuses, who may call."""

from catalog.dialects.apify.errors import statuses_of
from catalog.dialects.describing import FLAG, MOMENT, TEXT, WHOLE, Dialect, Json, list_of, nullable, record_of, ref

SCHEMAS: dict[str, Json] = {
    "DatasetItem": record_of(
        id=TEXT,
        name=TEXT,
        userId=TEXT,
        createdAt=MOMENT,
        modifiedAt=MOMENT,
        accessedAt=MOMENT,
        itemCount=WHOLE,
        cleanItemCount=WHOLE,
        actId=nullable(TEXT),
        actRunId=nullable(TEXT),
    ),
    "DatasetList": record_of(
        data=record_of(
            total=WHOLE, offset=WHOLE, limit=WHOLE, desc=FLAG, count=WHOLE, items=list_of(ref("DatasetItem"))
        )
    ),
    "Error": record_of(error=record_of(type=TEXT, message=TEXT)),
}
DIALECT = Dialect(
    key="apify",
    title="Apify API v2",
    about="Datasets as storages: one's own and those shared with one, as the Apify API answers.",
    blueprints=("apify",),
    schemas=SCHEMAS,
    security={
        "bearer": {"type": "http", "scheme": "bearer"},
        "token": {"type": "apiKey", "in": "query", "name": "token"},
    },
    statuses_of=statuses_of,
    refusal=lambda status: ref("Error"),
)
