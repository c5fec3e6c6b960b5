"""The GFW dialect as its OpenAPI document introduces it: what its answers hold, how it refuses, how callers come in."""

from catalog.dialects.describing import (
    BASIC,
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
from catalog.dialects.gfw.errors import statuses_of
from catalog.dialects.gfw.present import BLOCK_SIZES
from catalog.model import AssetStatus

_SOME_TEXT = nullable(TEXT)
_DAY = nullable({"type": "string", "format": "date"})
_SUCCESS: Json = {"const": "success"}
_DATES = {"created_on": MOMENT, "updated_on": MOMENT}
# What a dataset says of itself, and a version may say otherwise.
_SAID = dict.fromkeys(
    ("resolution_description", "geographic_coverage", "update_frequency", "scale", "citation"), _SOME_TEXT
)
_COUNT = {"anyOf": [TEXT, WHOLE]}
_NUMBER = nullable({"type": "number"})
_SOME_WHOLE = nullable(WHOLE)
_SOME_THING = nullable(THING)


def _list(of: str) -> Json:
    """A list of things called `of`: whole, or a page with its links and its size."""
    return _with_some(record_of(data=list_of(ref(of)), status=_SUCCESS), links=ref("Links"), meta=ref("Meta"))


def _with_some(record: Json, **keys: Json) -> Json:
    """`record`, which may have `keys` too."""
    return {**record, "properties": {**record["properties"], **keys}}


def _of_asset(**keys: Json) -> Json:
    """What is said of an asset of some types."""
    return record_of(tags=list_of(TEXT), **keys, id=UUID)


_FIELDS = nullable(list_of(ref("Field")))
_OF_ASSETS = {
    "TableMetadata": _of_asset(fields=_FIELDS),
    "TilesMetadata": _of_asset(min_zoom=_SOME_WHOLE, max_zoom=_SOME_WHOLE, fields=_FIELDS),
    "RasterMetadata": _of_asset(bands=nullable(list_of(ref("Band"))), resolution=_SOME_WHOLE),
    "CogMetadata": _of_asset(block_size=nullable({**WHOLE, "enum": list(BLOCK_SIZES)}), resampling=_SOME_TEXT),
}


_VERSION_METADATA = record_of(
    **_DATES,
    **_SAID,
    spatial_resolution=_NUMBER,
    content_date=_DAY,
    content_date_range=nullable(record_of(start_date=_DAY, end_date=_DAY)),
    content_date_description=_SOME_TEXT,
    last_update=_DAY,
    id=UUID,
)
SCHEMAS: dict[str, Json] = {
    "Ping": record_of(data={"const": "pong"}, status=_SUCCESS),
    "DatasetList": _list("Dataset"),
    "Dataset": record_of(
        **_DATES,
        dataset=TEXT,
        is_downloadable=FLAG,
        metadata=ref("DatasetMetadata"),
        versions=list_of(TEXT),
    ),
    "DatasetMetadata": record_of(
        **_DATES,
        **_SAID,
        **dict.fromkeys(
            (
                *("title", "subtitle", "source", "license", "data_language", "overview", "cautions", "learn_more"),
                *("function", "key_restrictions", "why_added"),
            ),
            _SOME_TEXT,
        ),
        spatial_resolution=_NUMBER,
        tags=list_of(TEXT),
        id=UUID,
    ),
    "Version": record_of(
        **_DATES,
        dataset=TEXT,
        version=TEXT,
        is_latest=FLAG,
        is_mutable=FLAG,
        metadata=ref("VersionMetadata"),
        status=ref("Status"),
        assets=list_of(list_of(TEXT)),
    ),
    "VersionMetadata": _VERSION_METADATA,
    "VersionMetadataWithDataset": _with_some(_VERSION_METADATA, dataset_metadata=ref("DatasetMetadata")),
    "Status": {"enum": [status.value for status in AssetStatus]},
    "AssetList": _list("Asset"),
    "Asset": record_of(
        **_DATES,
        asset_id=UUID,
        dataset=TEXT,
        version=TEXT,
        asset_type=TEXT,
        asset_uri=TEXT,
        status=ref("Status"),
        is_managed=FLAG,
        is_downloadable=FLAG,
        metadata=ref("AssetMetadata"),
    ),
    "AssetMetadata": {"anyOf": [ref(name) for name in _OF_ASSETS]},
    **_OF_ASSETS,
    "Field": record_of(
        name=TEXT,
        alias=_SOME_TEXT,
        description=_SOME_TEXT,
        data_type=_SOME_TEXT,
        unit=_SOME_TEXT,
        is_feature_info=FLAG,
        is_filter=FLAG,
    ),
    "Band": record_of(
        pixel_meaning=_SOME_TEXT,
        unit=_SOME_TEXT,
        description=_SOME_TEXT,
        statistics=_SOME_THING,
        values_table=_SOME_THING,
        data_type=_SOME_TEXT,
        compression=_SOME_TEXT,
        no_data_value=_SOME_TEXT,
    ),
    "ChangeLog": record_of(date_time=MOMENT, status=_SUCCESS, message=TEXT, detail=_SOME_TEXT),
    "TaskList": _list("Task"),
    "Task": THING,
    "Links": record_of(**dict.fromkeys(("self", "first", "last", "prev", "next"), TEXT)),
    "Meta": record_of(size=_COUNT, total_items=_COUNT, total_pages=_COUNT),
    "Token": record_of(access_token=TEXT, token_type={"const": "bearer"}),
    "ApiKey": record_of(
        **_DATES,
        alias=TEXT,
        user_id=TEXT,
        api_key=TEXT,
        organization=TEXT,
        email=TEXT,
        domains=list_of(TEXT),
        expires_on=MOMENT,
    ),
    "Validity": record_of(is_valid=FLAG),
    "Refusal": record_of(status={"const": "failed"}, message=TEXT, detail=TEXT),
    "Faults": record_of(
        status={"const": "failed"}, message={"anyOf": [TEXT, list_of(ref("Fault"))]}, detail=list_of(ref("Fault"))
    ),
    "Fault": _with_some(record_of(loc=list_of({"type": ["string", "integer"]}), msg=TEXT, type=TEXT), ctx=THING),
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
        "key_in_query": {"type": "apiKey", "in": "query", "name": "x-api-key"},
        "basic": BASIC,
    },
    statuses_of=statuses_of,
    refusal=lambda status: ref("Error" if status >= 500 else "Faults" if status == 422 else "Refusal"),
)
