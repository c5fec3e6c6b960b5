"""The Apify dialect as its OpenAPI document introduces it: its operations, what their answers hold, how it refuses."""

from catalog.dialects.apify.errors import statuses_of
from catalog.dialects.apify.items import MEDIA_TYPES
from catalog.dialects.apify.params import Format, ItemsParams, ListParams
from catalog.dialects.describing import (
    ADDRESS,
    BASIC,
    FLAG,
    MOMENT,
    TEXT,
    THING,
    Answer,
    Dialect,
    Json,
    Operation,
    Parameter,
    list_of,
    nullable,
    parameters_of,
    record_of,
    ref,
)
from catalog.errors import Invalid, NotFound, NotSignedIn

_COUNT: Json = {"type": "integer", "minimum": 0}
_ITEM: dict[str, Json] = {
    "id": TEXT,
    "name": TEXT,
    "userId": TEXT,
    "createdAt": MOMENT,
    "modifiedAt": MOMENT,
    "accessedAt": MOMENT,
    "itemCount": _COUNT,
    "cleanItemCount": _COUNT,
    "actId": nullable(TEXT),
    "actRunId": nullable(TEXT),
}
_GENERAL_ACCESS: Json = {"type": "string", "enum": ["ANYONE_WITH_NAME_CAN_READ", "FOLLOW_USER_SETTING", "RESTRICTED"]}
_STATS: Json = {"type": "object", "properties": {"storageBytes": _COUNT, "s3StorageBytes": _COUNT}}
_USER = record_of(id=TEXT, username=TEXT, profile=record_of(name=nullable(TEXT)))
SCHEMAS: dict[str, Json] = {
    "DatasetItem": {
        "type": "object",
        "required": list(_ITEM),
        "properties": {
            **_ITEM,
            "title": nullable(TEXT),
            "username": TEXT,
            "generalAccess": _GENERAL_ACCESS,
            "stats": _STATS,
        },
    },
    "DatasetList": record_of(
        data=record_of(
            total=_COUNT,
            offset=_COUNT,
            limit={"type": "integer", "minimum": 1, "maximum": 1000},
            desc=FLAG,
            count=_COUNT,
            items=list_of(ref("DatasetItem")),
        )
    ),
    "Dataset": record_of(
        data=record_of(
            **{
                **_ITEM,
                "name": nullable(TEXT),
                "title": nullable(TEXT),
                "username": TEXT,
                "fields": nullable(list_of(TEXT)),
                "schema": nullable(THING),
                "consoleUrl": ADDRESS,
                "itemsPublicUrl": ADDRESS,
                "urlSigningSecretKey": nullable(TEXT),
                "generalAccess": _GENERAL_ACCESS,
                "stats": _STATS,
            }
        )
    ),
    "Items": list_of(THING),
    "Statistics": record_of(data=record_of(fieldStatistics=nullable(THING))),
    "User": record_of(
        data={
            **_USER,
            "properties": {**_USER["properties"], "email": nullable(TEXT), "createdAt": MOMENT},
        }
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
        "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        "basic": BASIC,
    },
    statuses_of=statuses_of,
    refusal=lambda status: ref("Error"),
)

_DATASET_ID = Parameter(
    name="dataset_id",
    about="The id, `username~name`, `userId~name`, or `~name` for one of one's own; names are the same in any case.",
    schema=TEXT,
    place="path",
)
LIST = Operation(
    summary="The caller's own datasets and those shared with them",
    parameters=parameters_of(ListParams),
    answers={200: Answer(about="A page of datasets.", schema=ref("DatasetList"))},
    refusals=(Invalid, NotSignedIn),
)
DATASET = Operation(
    summary="One dataset",
    parameters=(_DATASET_ID,),
    answers={200: Answer(about="The dataset.", schema=ref("Dataset"))},
    refusals=(NotSignedIn, NotFound),
)
ITEMS = Operation(
    summary="The items of a dataset; none are stored yet",
    parameters=(_DATASET_ID, *parameters_of(ItemsParams)),
    answers={
        200: Answer(
            about="The items, written as `format` says.",
            schema=ref("Items"),
            others=[media_type.partition(";")[0] for one, media_type in MEDIA_TYPES.items() if one is not Format.JSON],
            headers={
                "X-Apify-Pagination-Total": "How many items there are in all.",
                "X-Apify-Pagination-Offset": "How many were skipped.",
                "X-Apify-Pagination-Limit": "How many there may be at most.",
                "X-Apify-Pagination-Count": "How many were read for this answer.",
                "X-Apify-Pagination-Desc": "Whether the newest come first: `true` or `false`.",
            },
        )
    },
    refusals=(Invalid, NotSignedIn, NotFound),
    is_open=True,  # to whoever bears a signature
)
STATISTICS = Operation(
    summary="What is counted of the fields of a dataset's items; nothing yet",
    parameters=(_DATASET_ID,),
    answers={200: Answer(about="The counts, null where there are none.", schema=ref("Statistics"))},
    refusals=(NotSignedIn, NotFound),
)
USER = Operation(
    summary="One user",
    parameters=(
        Parameter(
            name="user_id", about="The id or the username; `me` stands for the caller.", schema=TEXT, place="path"
        ),
    ),
    answers={200: Answer(about="The user; e-mail and age of the account for that user alone.", schema=ref("User"))},
    refusals=(NotSignedIn, NotFound),
)
