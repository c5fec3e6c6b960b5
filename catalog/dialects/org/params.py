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

    name: Text | None = Field(None, description="The exact name, with or without the organization before it.")
    search: Text | None = Field(None, description="Part of the name or the summary, whatever the case.")
    tags: tuple[Text, ...] = Field((), description="Tags, any of which will do.")
    license: tuple[Text, ...] = Field((), description="Licences, any of which will do.")
    task_categories: tuple[Text, ...] = Field((), description="Tasks, any of which will do.")
    format: tuple[Text, ...] = Field((), description="Formats, any of which will do.")
    size_category: tuple[Text, ...] = Field((), description="Sizes such as `1K<n<10K`, any of which will do.")
    sort_by: Literal["name", "created_at", "updated_at", "row_count", "file_size_bytes"] = Field(
        "created_at", description="What rows are sorted by; those that do not state it come last."
    )
    sort_dir: Literal["asc", "desc"] = Field("desc", description="Which way rows are sorted.")
    page: int = Field(1, ge=1, description="The page, counted from 1; one past the end is empty.")
    limit: int = Field(50, ge=1, le=200, description="Rows on a page.")
    include_public: bool = Field(False, description="Whether public and internal datasets of everybody come along.")

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
