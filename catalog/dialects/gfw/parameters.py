"""The parameters of the GFW dialect: what each is called, what it means, what it may be."""

from collections.abc import Mapping
from typing import Any

from catalog.access import Ownership
from catalog.dialects.describing import FLAG, TEXT, UUID, Parameter
from catalog.listing.asking import MANY, PERIOD_FORM, SHARED, VALUES_LIMIT, YEAR_FORM, sort_words
from catalog.listing.criteria import AssetSort, DatasetSort
from catalog.model import Visibility
from catalog.vocabulary.asset_types import GFW_TYPES

# Patterns as the original prints them in its refusals.
DATASET = Parameter(
    name="dataset", about="A dataset by its name.", schema={"type": "string", "pattern": r"^[a-z][a-z0-9_-]{2,}$"}
)
VERSION_FORM = r"^v\d{1,8}(\.\d{1,3}){0,2}?$|^latest$"
VERSION = Parameter(
    name="version",
    about=f"A version by any of its names, or `latest`; what is no name of one has the form `{VERSION_FORM}`.",
    schema=TEXT,
)
ASSET_ID = Parameter(name="asset_id", about="An asset by its id.", schema=UUID)
ASSET_TYPE = Parameter(
    name="asset_type", about=f"A type of asset: {', '.join(GFW_TYPES)}, or any other that is there.", schema=TEXT
)
ASSET_URI = Parameter(name="asset_uri", about="The address of an asset, exactly.", schema=TEXT)
IS_LATEST = Parameter(name="is_latest", about="Whether the asset is of its dataset's latest version.", schema=FLAG)
IS_DEFAULT = Parameter(name="is_default", about="Whether the asset is its version's default one.", schema=FLAG)
WITH_DATASET = Parameter(
    name="include_dataset_metadata", about="Whether what is said of the dataset comes along.", schema=FLAG
)
ORIGIN = Parameter(name="origin", about="The origin of the page that would use the key.", schema=TEXT)
REFERRER = Parameter(name="referrer", about="The address of that page, where it tells no origin.", schema=TEXT)
_FROM_ONE = {"type": "integer", "minimum": 1}
NUMBER = Parameter(
    name="page[number]", about="The page, counted from 1. Without it and a size, all rows come.", schema=_FROM_ONE
)
SIZE = Parameter(name="page[size]", about="Rows on a page, 10 when only the number is given.", schema=_FROM_ONE)
TRUE = ("1", "on", "t", "true", "y", "yes")
FALSE = ("0", "off", "f", "false", "n", "no")
DEFAULT_SIZE = 10
DATASET_ORDER, ASSET_ORDER = DatasetSort.SLUG, AssetSort.CREATED

ASSET_FILTERS = (DATASET, VERSION, ASSET_TYPE, ASSET_URI, IS_LATEST, IS_DEFAULT)
_PAGING = (NUMBER, SIZE)
OURS = (*SHARED, "sort")
"""The names of what the pages' lists take as well."""
_VALUES = {
    "visibility": {"type": "string", "enum": list(Visibility)},
    "year": {"type": "string", "pattern": f"^{YEAR_FORM.pattern}$"},
    "ownership": {"type": "string", "enum": list(Ownership)},
    "updated": {"type": "string", "pattern": PERIOD_FORM},
}


def _same_as_pages(sorts: type[DatasetSort] | type[AssetSort], default: str) -> tuple[Parameter, ...]:
    """The parameters that narrow and order a list as the pages' own list; it comes by `default` when none is asked."""
    narrowing = (
        Parameter(name=name, about=f"Narrows as `{name}` does in the browser's list.", schema=_schema_of(name))
        for name in SHARED
    )
    words = {"type": "string", "enum": list(sort_words(sorts)), "default": default}
    return (*narrowing, Parameter(name="sort", about="The order; a word with - before it is reversed.", schema=words))


def _schema_of(name: str) -> Mapping[str, Any]:
    value = _VALUES.get(name, TEXT)
    return {"type": "array", "items": value, "maxItems": VALUES_LIMIT} if name in MANY else value


_OF_DATASET_LIST = _same_as_pages(DatasetSort, DATASET_ORDER)
_OF_ASSET_LIST = _same_as_pages(AssetSort, ASSET_ORDER)
OF_DATASETS = (*_PAGING, *_OF_DATASET_LIST)
OF_ASSETS = (*ASSET_FILTERS, *_PAGING, *_OF_ASSET_LIST)
OF_TASKS = _PAGING
OF_A_VERSIONS_ASSETS = (ASSET_TYPE, ASSET_URI, IS_LATEST, IS_DEFAULT, *_PAGING, *_OF_ASSET_LIST)
"""The parameters of the lists, as `catalog.dialects.gfw.params` reads them."""
