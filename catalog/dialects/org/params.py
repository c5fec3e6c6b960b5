"""What a request may ask of the list of datasets, read as pydantic reads it, which the original is made with."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from werkzeug.datastructures import MultiDict

from catalog.errors import Fault, Invalid
from catalog.listing.paging import Window
from catalog.listing.versions import Publisher, VersionCriteria, VersionSort

# No text of the store holds the null character, and PostgreSQL takes none: what is asked with one is found nowhere.
Text = Annotated[str, AfterValidator(lambda text: text.replace("\0", "\ufffd"))]


class ListParams(BaseModel):
    """The query of `GET /api/v1/org/{org}/datasets`: several values of one filter are alternatives, filters add up."""

    model_config = ConfigDict(frozen=True)

    name: Text | None = None
    search: Text | None = None
    tags: tuple[Text, ...] = ()
    license: tuple[Text, ...] = ()
    task_categories: tuple[Text, ...] = ()
    format: tuple[Text, ...] = ()
    size_category: tuple[Text, ...] = ()
    sort_by: Literal["name", "created_at", "updated_at", "row_count", "file_size_bytes"] = "created_at"
    sort_dir: Literal["asc", "desc"] = "desc"
    page: int = Field(1, ge=1)
    limit: int = Field(50, ge=1, le=200)
    include_public: bool = False

    @classmethod
    def parse(cls, args: MultiDict[str, str]) -> "ListParams":
        """What `args` ask for; Invalid with every value that cannot be used. Of a repeated scalar the last counts."""
        given = {name: values if name in _LISTS else values[-1] for name, values in args.lists() if name in _NAMES}
        try:
            return cls.model_validate(given)
        except ValidationError as wrong:
            faults = [Fault(("query", *fault["loc"]), fault["msg"], fault["type"]) for fault in wrong.errors()]
            raise Invalid(faults=faults) from None

    def criteria(self, publisher: Publisher, *, text_limit: int) -> VersionCriteria:
        """Which rows; a search text longer than `text_limit` is cut there."""
        return VersionCriteria(
            publisher=publisher,
            with_public=self.include_public,
            name=self.name,
            search=self.search[:text_limit] if self.search else None,
            tags=self.tags,
            licenses=self.license,
            task_categories=self.task_categories,
            formats=self.format,
            size_categories=self.size_category,
        )

    def sort(self) -> VersionSort:
        """What the rows are sorted by."""
        return VersionSort(self.sort_by)

    def window(self) -> Window:
        """Which rows."""
        return Window.of_page(self.page, self.limit)


_NAMES = frozenset(ListParams.model_fields)
_LISTS = frozenset(("tags", "license", "task_categories", "format", "size_category"))
