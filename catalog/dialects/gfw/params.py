"""What a request asks of the GFW lists, read as the original reads it, with all faults at once in its order."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from werkzeug.datastructures import MultiDict

from catalog.errors import Fault, Invalid
from catalog.listing.asking import SHARED, ask_assets, ask_datasets
from catalog.listing.criteria import AssetCriteria, DatasetCriteria
from catalog.listing.paging import Order
from catalog.settings import GfwAssetTypes, Settings
from catalog.vocabulary.asset_types import GFW_TYPES
from catalog.vocabulary.versions import normalize_gfw

C = TypeVar("C")

# As the original prints them in its refusals.
DATASET = r"^[a-z][a-z0-9_-]{2,}$"
VERSION = r"^v\d{1,8}(\.\d{1,3}){0,2}?$|^latest$"
TRUE = ("1", "on", "t", "true", "y", "yes")
FALSE = ("0", "off", "f", "false", "n", "no")
DEFAULT_SIZE = 10

_OF_ASSETS = ("dataset", "version", "asset_type", "asset_uri", "is_latest", "is_default")
_OURS = (*SHARED, "sort")
# What is wrong with a parameter of ours, in the original's way of naming such things.
_TYPES = {
    "too_long": "value_error.any_str.max_length",
    "too_many": "value_error.list.max_items",
}


@dataclass(frozen=True)
class Paging:
    """The page that was asked for: its number, counted from 1, and how many rows it has."""

    number: int
    size: int


@dataclass(frozen=True)
class Wanted(Generic[C]):
    """What a request asks for; without `paging` it is the whole list."""

    criteria: C
    order: Order
    paging: Paging | None
    filters: Sequence[tuple[str, str]]
    """The parameters, other than those of paging, that links have to repeat."""


# Which of the type and the version that criteria name exist for the viewer.
AreKnown = Callable[[AssetCriteria], tuple[bool, bool]]


def read_datasets(args: MultiDict[str, str], settings: Settings) -> Wanted[DatasetCriteria]:
    """What `args` ask of `/datasets`; Invalid with all that is wrong in them."""
    reading = _Reading(args)
    paging = reading.paging()
    asked = ask_datasets(_lists(args), default="slug", text_limit=settings.text_limit)
    _refuse([*reading.faults, *_of_ours(asked.faults)])
    return Wanted(asked.criteria, asked.order, paging, _kept(args, _OURS))


def read_assets(
    args: MultiDict[str, str], settings: Settings, *, own_pages: str, are_known: AreKnown
) -> Wanted[AssetCriteria]:
    """What `args` ask of `/assets`; Invalid with all that is wrong in them.

    An asset without an address is shown with that of its own page, which is its uuid after `own_pages`.
    """
    reading = _Reading(args)
    is_narrow = settings.gfw_asset_types is GfwAssetTypes.KNOWN
    named = AssetCriteria(
        dataset=reading.matching("dataset", DATASET),
        version=reading.last("version"),
        asset_type=reading.last("asset_type"),
        only_gfw_known=is_narrow,
    )
    reading.known(named, are_known)
    uri = reading.last("asset_uri")
    flags = {name: reading.flag(name) for name in ("is_latest", "is_default")}
    paging = reading.paging()
    asked = ask_assets(_lists(args), default="created", text_limit=settings.text_limit)
    _refuse([*reading.faults, *_of_ours(asked.faults)])
    if (named.dataset is None) != (named.version is None):
        raise Invalid("Must provide dataset and version")
    criteria = replace(
        asked.criteria,
        dataset=named.dataset,
        version=named.version,
        asset_type=named.asset_type,
        only_gfw_known=is_narrow,
        uri=uri,
        own_page=_uuid_after(own_pages, uri or ""),
        **flags,
    )
    return Wanted(criteria, asked.order, paging, _kept(args, (*_OF_ASSETS, *_OURS)))


@dataclass
class _Reading:
    """The parameters of one request, and what was wrong with them so far."""

    args: MultiDict[str, str]
    faults: list[Fault] = field(default_factory=list)

    def last(self, name: str) -> str | None:
        """The value of a parameter, the last one of several; what no store can hold reads as illegible."""
        values = self.args.getlist(name)
        return values[-1].replace("\0", "\ufffd") if values else None

    def matching(self, name: str, pattern: str) -> str | None:
        """A text of a certain form."""
        text = self.last(name)
        if text is not None and not re.fullmatch(pattern, text):
            self._refuse_form(name, pattern)
        return text

    def known(self, named: AssetCriteria, are_known: AreKnown) -> None:
        """The version and the type: each has the original's form, or is one that the viewer can see."""
        version, asset_type = named.version, named.asset_type
        if version == "latest" or normalize_gfw(version or "") is not None:
            version = None
        if asset_type in GFW_TYPES:
            asset_type = None
        if version is None and asset_type is None:
            return
        has_type, has_version = are_known(replace(named, version=version, asset_type=asset_type))
        if not has_version:
            self._refuse_form("version", VERSION)
        if not has_type:
            words = ", ".join(f"'{word}'" for word in GFW_TYPES)
            message = f"value is not a valid enumeration member; permitted: {words}"
            self._refuse("asset_type", message, "type_error.enum", {"enum_values": list(GFW_TYPES)})

    def flag(self, name: str) -> bool | None:
        """A truth value, in any of the words for it."""
        text = self.last(name)
        if text is None:
            return None
        if text.lower() not in (*TRUE, *FALSE):
            self._refuse(name, "value could not be parsed to a boolean", "type_error.bool")
        return text.lower() in TRUE

    def paging(self) -> Paging | None:
        """The page, as soon as any spelling of its number or its size is there."""
        number, size = self._whole("page[number]", "page"), self._whole("page[size]", "size")
        if number is None and size is None:
            return None
        return Paging(number or 1, size or DEFAULT_SIZE)

    def _whole(self, bracketed: str, plain: str) -> int | None:
        """A whole number from 1 on, by either name in any case; the one in brackets counts before the other."""
        spellings = [
            (name, value)
            for wanted in (plain, bracketed)
            for name, values in self.args.lists()
            if name.lower() == wanted
            for value in values
        ]
        if not spellings:
            return None
        name, text = spellings[-1]
        try:
            number = int(text)
        except ValueError:
            self._refuse(name, "value is not a valid integer", "type_error.integer")
            return 1
        if number < 1:
            message, limit = "ensure this value is greater than or equal to 1", {"limit_value": 1}
            self._refuse(name, message, "value_error.number.not_ge", limit)
        return number

    def _refuse_form(self, name: str, pattern: str) -> None:
        message = f'string does not match regex "{pattern}"'
        self._refuse(name, message, "value_error.str.regex", {"pattern": pattern})

    def _refuse(self, name: str, message: str, kind: str, context: dict[str, Any] | None = None) -> None:
        self.faults.append(Fault(("query", name), message, kind, context))


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise Invalid(faults=faults)


def _of_ours(faults: Sequence[Fault]) -> list[Fault]:
    return [replace(fault, loc=("query", *fault.loc), kind=_TYPES.get(fault.kind, "value_error")) for fault in faults]


def _lists(args: MultiDict[str, str]) -> Mapping[str, Sequence[str]]:
    return dict(args.lists())


def _kept(args: MultiDict[str, str], names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in args.items(multi=True) if name in names]


def _uuid_after(own_pages: str, uri: str) -> UUID | None:
    """The uuid of the asset whose own page `uri` is; None for any other address."""
    try:
        return UUID(uri.removeprefix(own_pages)) if uri.startswith(own_pages) else None
    except ValueError:
        return None
