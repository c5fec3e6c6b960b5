"""What the addresses of datasets, versions, assets and credentials in the GFW dialect take and answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from catalog.dialects.describing import (
    TEXT,
    THING,
    Answer,
    Body,
    Operation,
    Parameter,
    list_of,
    nullable,
    record_of,
    ref,
)
from catalog.dialects.gfw.bodies import KeyBody
from catalog.dialects.gfw.parameters import (
    ASSET_ID,
    DATASET,
    OF_A_VERSIONS_ASSETS,
    OF_TASKS,
    ORIGIN,
    REFERRER,
    VERSION,
    WITH_DATASET,
)
from catalog.errors import Invalid, NotFound, NotPermitted, NotSignedIn, TooLarge

_IN_PATH = {one.name: replace(one, place="path") for one in (DATASET, VERSION, ASSET_ID)}
_FIELD = Parameter(name="field_name", about="A column by its name.", schema=TEXT, place="path")
_KEY = Parameter(name="api_key", about="An API key, or its beginning as the list shows it.", schema=TEXT, place="path")
_REFUSED = (Invalid, NotSignedIn, NotFound)
_LED_ON = {
    307: Answer(
        about="The dataset is called otherwise now.",
        headers={"Location": "The same under its present name, what follows in the address and its query kept."},
    )
}


def _of(
    names: Sequence[str],
    summary: str,
    schema: Mapping[str, Any],
    *,
    parameters: Sequence[Parameter] = (),
) -> Operation:
    """A read of what `names` in the address mean; a dataset may be called by a former name, which leads on."""
    shown = Answer(about=f"{summary}.", schema=record_of(data=schema, status={"const": "success"}))
    return Operation(
        summary=summary,
        parameters=(*(_IN_PATH[name] for name in names), *parameters),
        answers={200: shown, **(_LED_ON if "dataset" in names else {})},
        refusals=_REFUSED,
        is_open=True,
    )


_ONE, _VERSION, _ASSET = ("dataset",), ("dataset", "version"), ("asset_id",)
_COLUMNS = list_of({"anyOf": [ref("Field"), ref("Band")]})
_CHANGES = list_of(ref("ChangeLog"))

DATASET_READ = _of(_ONE, "One dataset", ref("Dataset"))
DATASET_METADATA = _of(_ONE, "What is said of one dataset", ref("DatasetMetadata"))
LATEST_VERSION = Operation(
    summary="The way to the latest version, what follows in the address and its query kept",
    parameters=(_IN_PATH["dataset"],),
    answers={307: Answer(about="There it is.", headers={"Location": "The address of the latest version."})},
    refusals=_REFUSED,
    is_open=True,
)
VERSION_READ = _of(_VERSION, "One version", ref("Version"))
_VERSION_SAID = ref("VersionMetadataWithDataset")
VERSION_METADATA = _of(_VERSION, "What is said of one version", _VERSION_SAID, parameters=(WITH_DATASET,))
FIELDS = _of(_VERSION, "The columns of a version's default asset, or its bands", _COLUMNS)
STATS = _of(_VERSION, "What is counted of a version's default asset", nullable(THING))
EXTENT = _of(_VERSION, "Where the data of a version lies", nullable(THING))
CHANGE_LOG = _of(_VERSION, "What happened to the dataset of a version", _CHANGES)
CREATION_OPTIONS = _of(_VERSION, "How a version's default asset was made", THING)
VERSION_ASSETS = replace(
    _of(_VERSION, "The assets of a version", THING, parameters=OF_A_VERSIONS_ASSETS),
    answers={200: Answer(about="Assets.", schema=ref("AssetList")), **_LED_ON},
)

ASSET_READ = _of(_ASSET, "One asset", ref("Asset"))
ASSET_METADATA = _of(_ASSET, "What is said of one asset", ref("AssetMetadata"))
ASSET_FIELDS = _of(_ASSET, "The columns of an asset, or its bands", _COLUMNS)
ASSET_FIELD = _of(_ASSET, "One column of an asset", {"anyOf": [ref("Field"), ref("Band")]}, parameters=(_FIELD,))
ASSET_STATS = _of(_ASSET, "What is counted of an asset", nullable(THING))
ASSET_EXTENT = _of(_ASSET, "Where the data of an asset lies", nullable(THING))
ASSET_CHANGE_LOG = _of(_ASSET, "What happened to the dataset of an asset", _CHANGES)
ASSET_CREATION_OPTIONS = _of(_ASSET, "How an asset was made", THING)
ASSET_TASKS = replace(
    _of(_ASSET, "The tasks that make an asset: none, since a catalog runs none", THING, parameters=OF_TASKS),
    answers={200: Answer(about="No tasks.", schema=ref("TaskList"))},
)

TOKEN = Operation(
    summary="A token for a handle or an e-mail address and a password",
    body=Body(
        schema=record_of(username=TEXT, password=TEXT),
        media_type="application/x-www-form-urlencoded",
    ),
    answers={
        200: Answer(about="It lasts a day.", schema=record_of(data=ref("Token"), status={"const": "success"})),
    },
    refusals=(Invalid, NotSignedIn, TooLarge),
    is_open=True,
)
KEYS = Operation(
    summary="The caller's own API keys",
    answers={
        200: Answer(about="The keys.", schema=record_of(data=list_of(ref("ApiKey")), status={"const": "success"}))
    },
    refusals=(NotSignedIn,),
)
NEW_KEY = Operation(
    summary="A new API key, shown this once",
    body=Body(schema=KeyBody.model_json_schema()),
    answers={201: Answer(about="The key.", schema=record_of(data=ref("ApiKey"), status={"const": "success"}))},
    refusals=(Invalid, NotSignedIn, NotPermitted, TooLarge),
)
ONE_KEY = Operation(
    summary="One of the caller's API keys",
    parameters=(_KEY,),
    answers={200: Answer(about="The key.", schema=record_of(data=ref("ApiKey"), status={"const": "success"}))},
    refusals=(NotSignedIn, NotFound),
)
END_OF_KEY = Operation(
    summary="The end of an API key of the caller",
    parameters=(_KEY,),
    answers={
        200: Answer(about="The key that is no more.", schema=record_of(data=ref("ApiKey"), status={"const": "success"}))
    },
    refusals=(NotSignedIn, NotPermitted, NotFound),
)
VALID_KEY = Operation(
    summary="Whether an API key may be used, and from where",
    parameters=(_KEY, ORIGIN, REFERRER),
    answers={
        200: Answer(about="Whether.", schema=record_of(data=ref("Validity"), status={"const": "success"})),
    },
    refusals=(NotSignedIn,),
    is_open=True,
)
