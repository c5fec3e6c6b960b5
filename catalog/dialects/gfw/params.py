"""What a request asks of the GFW lists, read as the original reads it, with all faults at once in its order."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from werkzeug.datastructures import MultiDict

from catalog.dialects.describing import Parameter
from catalog.dialects.gfw.parameters import (
    ASSET_FILTERS,
    ASSET_ORDER,
    ASSET_TYPE,
    ASSET_URI,
    DATASET,
    DATASET_ORDER,
    DEFAULT_SIZE,
    FALSE,
    IS_DEFAULT,
    IS_LATEST,
    NUMBER,
    OURS,
    SIZE,
    TRUE,
    VERSION,
    VERSION_FORM,
)
from catalog.errors import CatalogError, Fault, Invalid
from catalog.listing.asking import ask_assets, ask_datasets
from catalog.listing.criteria import AssetCriteria, DatasetCriteria
from catalog.listing.paging import Order
from catalog.settings import GfwAssetTypes, Settings
from catalog.vocabulary.asset_types import GFW_TYPES
from catalog.vocabulary.versions import normalize_gfw

C = TypeVar("C")

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
    asked = ask_datasets(_lists(args), default=DATASET_ORDER, text_limit=settings.text_limit)
    _refuse([*reading.faults, *_of_ours(asked.faults)])
    return Wanted(asked.criteria, asked.order, paging, _kept(args, OURS))


def read_assets(
    args: MultiDict[str, str],
    settings: Settings,
    *,
    own_pages: str,
    are_known: AreKnown,
    is_of_version: bool = False,
) -> Wanted[AssetCriteria]:
    """What `args` ask of `/assets`, or of the assets of a version that the address names; Invalid with all faults.

    An asset without an address is shown with that of its own page, which is its uuid after `own_pages`.
    """
    reading = _Reading(args)
    is_narrow = settings.gfw_asset_types is GfwAssetTypes.KNOWN
    named = AssetCriteria(
        dataset=None if is_of_version else reading.matching(DATASET),
        version=None if is_of_version else reading.last(VERSION),
        asset_type=reading.last(ASSET_TYPE),
        only_gfw_known=is_narrow,
        within=DatasetCriteria(with_unnamed=is_of_version),
    )
    reading.known(named, are_known)
    uri = reading.last(ASSET_URI)
    flags = {one.name: reading.flag(one) for one in (IS_LATEST, IS_DEFAULT)}
    paging = reading.paging()
    asked = ask_assets(_lists(args), default=ASSET_ORDER, text_limit=settings.text_limit, with_unnamed=is_of_version)
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
    return Wanted(
        criteria,
        asked.order,
        paging,
        _kept(args, (*(one.name for one in ASSET_FILTERS if not (is_of_version and one in (DATASET, VERSION))), *OURS)),
    )


@dataclass
class _Reading:
    """The parameters of one request, and what was wrong with them so far."""

    args: MultiDict[str, str]
    faults: list[Fault] = field(default_factory=list)

    def last(self, parameter: Parameter) -> str | None:
        """The value of a parameter, the last one of several; what no store can hold reads as illegible."""
        values = self.args.getlist(parameter.name)
        return values[-1].replace("\0", "\ufffd") if values else None

    def matching(self, parameter: Parameter) -> str | None:
        """A text of a certain form."""
        text = self.last(parameter)
        if text is not None and not re.fullmatch(parameter.schema["pattern"], text):
            self.faults.append(not_of_form("query", parameter.name, parameter.schema["pattern"]))
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
            self.faults.append(not_of_form("query", VERSION.name, VERSION_FORM))
        if not has_type:
            words = ", ".join(f"'{word}'" for word in GFW_TYPES)
            message = f"value is not a valid enumeration member; permitted: {words}"
            self._refuse(ASSET_TYPE.name, message, "type_error.enum", {"enum_values": list(GFW_TYPES)})

    def flag(self, parameter: Parameter) -> bool | None:
        """A truth value, in any of the words for it."""
        text = self.last(parameter)
        if text is None:
            return None
        if text.lower() not in (*TRUE, *FALSE):
            self._refuse(parameter.name, "value could not be parsed to a boolean", "type_error.bool")
        return text.lower() in TRUE

    def paging(self) -> Paging | None:
        """The page, as soon as any spelling of its number or its size is there."""
        number, size = self._whole(NUMBER, "page"), self._whole(SIZE, "size")
        if number is None and size is None:
            return None
        return Paging(number or 1, size or DEFAULT_SIZE)

    def _whole(self, bracketed: Parameter, plain: str) -> int | None:
        """A whole number from 1 on, by either name in any case; the one in brackets counts before the other."""
        spellings = [
            (name, value)
            for wanted in (plain, bracketed.name)
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
        if number < (least := bracketed.schema["minimum"]):
            message, limit = f"ensure this value is greater than or equal to {least}", {"limit_value": least}
            self._refuse(name, message, "value_error.number.not_ge", limit)
        return number

    def _refuse(self, name: str, message: str, kind: str, context: dict[str, Any] | None = None) -> None:
        self.faults.append(Fault(("query", name), message, kind, context))


def read_paging(args: MultiDict[str, str]) -> Paging | None:
    """The page that `args` ask for, None for all; Invalid with all that is wrong in it."""
    reading = _Reading(args)
    paging = reading.paging()
    _refuse(reading.faults)
    return paging


def read_flag(args: MultiDict[str, str], parameter: Parameter) -> bool:
    """Whether `args` say so; Invalid for what is no truth value."""
    reading = _Reading(args)
    is_said = reading.flag(parameter)
    _refuse(reading.faults)
    return bool(is_said)


def together(*reads: Callable[[], Any]) -> list[Any]:
    """What each of `reads` gives. Invalid with the faults of all of them comes first, then whatever else is wrong."""
    read, faults, others = [], [], []
    for one in reads:
        try:
            read.append(one())
        except CatalogError as error:
            of_values = error.faults if isinstance(error, Invalid) else ()
            faults += of_values
            others += [] if of_values else [error]
    _refuse(faults)
    if others:
        raise others[0]
    return read


def not_of_form(place: str, name: str, pattern: str) -> Fault:
    """A text that has not the form that it has to have, in the original's words."""
    message = f'string does not match regex "{pattern}"'
    return Fault((place, name), message, "value_error.str.regex", {"pattern": pattern})


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
