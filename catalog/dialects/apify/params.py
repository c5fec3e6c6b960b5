"""What requests of the Apify dialect may ask for: parameters declared once, read and described from that."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from catalog.access import Ownership
from catalog.dialects.apify.reading import Element, Flag, Number, Params, one_of
from catalog.listing.criteria import DatasetCriteria, DatasetSort
from catalog.listing.paging import Order, Window

# The most datasets of one answer, and how many there are when the request does not say.
MOST = 1000
# How many items there may be when the request does not say.
ALL = 999_999_999_999


def _at_most(limit: int) -> AfterValidator:
    """A larger number is cut, and 0 stands for none."""
    return AfterValidator(lambda number: min(number or limit, limit))


class ListParams(Params):
    """The parameters of `GET /v2/datasets`."""

    offset: Number = Field(0, description="How many datasets are skipped; past the end the page is empty.")
    limit: Annotated[Number, _at_most(MOST)] = Field(
        MOST, description="The most datasets of one answer; a larger number is cut there, and 0 stands for it."
    )
    desc: Flag = Field(False, description="Newest first instead of oldest first.")
    unnamed: Flag = Field(False, description="Whether datasets without a name are listed too.")
    ownership: Annotated[Ownership | None, *one_of(Ownership)] = Field(
        None, description="One's own datasets alone, or those alone that reach one in another way."
    )

    def criteria(self, *, unnamed_hides_empty: bool) -> DatasetCriteria:
        """Which datasets: those that reach the viewer otherwise than by being open to everybody."""
        return DatasetCriteria(
            ownership=self.ownership,
            only_reaching=True,
            with_unnamed=self.unnamed,
            only_with_items=self.unnamed and unnamed_hides_empty,
        )

    def order(self) -> Order:
        """By age, oldest first unless `desc`."""
        return DatasetSort.CREATED.order(is_descending=self.desc)

    def window(self) -> Window:
        """Which rows."""
        return Window(self.offset, self.limit)


class Format(StrEnum):
    """How items can be written."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"
    XLSX = "xlsx"
    XML = "xml"
    RSS = "rss"


class ItemsParams(Params):
    """The parameters of `GET /v2/datasets/{dataset_id}/items`."""

    offset: Number = Field(0, description="How many items are skipped.")
    limit: Annotated[Number, AfterValidator(lambda number: number or ALL)] = Field(
        ALL, description="The most items of the answer; 0 stands for all of them."
    )
    desc: Flag = Field(False, description="Newest first instead of oldest first.")
    clean: Flag = Field(False, description="The same as `skipHidden` and `skipEmpty` together.")
    fields: str = Field("", description="Names of fields, separated by commas: these alone, in this order.")
    omit: str = Field("", description="Names of fields, separated by commas: these are left out.")
    unwind: str = Field("", description="Names of fields, separated by commas, that are unwound into items.")
    flatten: str = Field("", description="Names of fields, separated by commas, whose objects are flattened.")
    view: str = Field("", description="The view of the dataset that says what is shown.")
    skip_empty: Flag = Field(False, description="Whether empty items are left out.")
    skip_hidden: Flag = Field(False, description="Whether fields whose names begin with `#` are left out.")
    format: Annotated[Format, *one_of(Format)] = Field(Format.JSON, description="How the items are written.")
    attachment: Flag = Field(False, description="Whether a browser is to save the answer as a file.")
    bom: Annotated[bool | None, *Flag.__metadata__] = Field(
        None,
        description="Whether the text begins with a byte order mark; only csv does when this is not said. "
        "With json the answer is not JSON as it stands then: readers have to skip the mark.",
    )
    delimiter: str = Field(",", description="What separates the values of csv.")
    skip_header_row: Flag = Field(False, description="Whether csv comes without its first row, the names of fields.")
    xml_root: Element = Field("items", description="The name of the outermost element of xml.")
    xml_row: Element = Field("item", description="The name of the element of each item of xml.")
    signature: str = Field("", description="Opens the items without a token: see `urlSigningSecretKey`.")
