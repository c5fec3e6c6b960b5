"""What requests may ask and send, read as pydantic reads it, which the original is made with."""

from typing import Annotated, Any, Literal, Self

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from werkzeug.datastructures import MultiDict

from catalog.errors import Fault, Invalid
from catalog.listing.paging import Window
from catalog.listing.publishers import Publisher
from catalog.listing.versions import VersionCriteria, VersionSort

# No text of the store holds the null character, and PostgreSQL takes none: what is asked with one is found nowhere.
Text = Annotated[str, AfterValidator(lambda text: text.replace("\0", "\ufffd"))]


class Query(BaseModel):
    """The query of a request. Of a repeated scalar the last value counts; what has no name here is ignored."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def parse(cls, args: MultiDict[str, str]) -> Self:
        """What `args` ask for; Invalid with every value that cannot be used."""
        lists = {name for name, field in cls.model_fields.items() if field.default == ()}
        given = {name: values if name in lists else values[-1] for name, values in args.lists()}
        return _validated(cls, given, "query")


class Filters(Query):
    """Filters of the list of datasets: several values of one are alternatives, different ones add up."""

    search: Text | None = Field(None, description="Part of the name or the summary, whatever the case.")
    tags: tuple[Text, ...] = Field((), description="Tags, any of which will do.")
    license: tuple[Text, ...] = Field((), description="Licences, any of which will do.")
    task_categories: tuple[Text, ...] = Field((), description="Tasks, any of which will do.")
    format: tuple[Text, ...] = Field((), description="Formats, any of which will do.")
    size_category: tuple[Text, ...] = Field((), description="Sizes such as `1K<n<10K`, any of which will do.")

    def _criteria(self, publisher: Publisher, text_limit: int, **more: Any) -> VersionCriteria:
        return VersionCriteria(
            publisher=publisher,
            search=self.search[:text_limit] if self.search else None,
            tags=self.tags,
            licenses=self.license,
            task_categories=self.task_categories,
            formats=self.format,
            size_categories=self.size_category,
            **more,
        )


_INCLUDE_PUBLIC = "Whether public and internal datasets of everybody come along."


class FacetParams(Filters):
    """The query of `GET /api/v1/org/{org}/datasets/facets`."""

    include_public: bool = Field(False, description=_INCLUDE_PUBLIC)

    def criteria(self, publisher: Publisher, *, text_limit: int) -> VersionCriteria:
        """Which rows; a search text longer than `text_limit` is cut there."""
        return self._criteria(publisher, text_limit, with_public=self.include_public)


class ListParams(Filters):
    """The query of `GET /api/v1/org/{org}/datasets`."""

    name: Text | None = Field(None, description="The exact name, with or without the organization before it.")
    sort_by: Literal["name", "created_at", "updated_at", "row_count", "file_size_bytes"] = Field(
        "created_at", description="What rows are sorted by; those that do not state it come last."
    )
    sort_dir: Literal["asc", "desc"] = Field("desc", description="Which way rows are sorted.")
    page: int = Field(1, ge=1, description="The page, counted from 1; one past the end is empty.")
    limit: int = Field(50, ge=1, le=200, description="Rows on a page.")
    include_public: bool = Field(False, description=_INCLUDE_PUBLIC)

    def criteria(self, publisher: Publisher, *, text_limit: int) -> VersionCriteria:
        """Which rows; a search text longer than `text_limit` is cut there."""
        return self._criteria(publisher, text_limit, with_public=self.include_public, name=self.name)

    def sort(self) -> VersionSort:
        """What the rows are sorted by."""
        return VersionSort(self.sort_by)

    def window(self) -> Window:
        """Which rows."""
        return Window.of_page(self.page, self.limit)


class ActivityParams(Query):
    """The query of `GET /api/v1/org/{org}/datasets/activity`."""

    limit: int = Field(50, ge=1, le=200, description="Most downloads in the answer.")
    offset: int = Field(0, ge=0, description="Newest downloads that are passed over.")
    user_id: Text | None = Field(None, description="Who asked for the download, by id.")
    dataset_name: Text | None = Field(None, description="Of which dataset, with or without the organization before it.")

    def window(self) -> Window:
        """Which downloads."""
        return Window(self.offset, self.limit)


class Body(BaseModel):
    """What is sent as JSON; keys that have no name here are ignored."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def parse(cls, sent: bytes) -> Self:
        """What was `sent`; Invalid with every value that cannot be used."""
        if not sent.strip():
            raise Invalid(faults=[Fault(("body",), "Field required", "missing")])
        try:
            given = orjson.loads(sent)
        except ValueError:
            raise Invalid(faults=[Fault(("body",), "JSON decode error", "json_invalid")]) from None
        return _validated(cls, given, "body")


class VisibilityBody(Body):
    """The body of `PATCH /api/v1/org/{org}/datasets/{name}/visibility`."""

    is_public: bool = Field(description="Whether everybody who is signed in may see the dataset.")


class DownloadBody(Body):
    """The body of `POST /api/v1/org/{org}/datasets/{name}/{version}/download`, which may be left out."""

    format: Literal["raw", "parquet", "csv", "jsonl"] = Field(
        "raw", description="The format wanted; `raw` is the version's default file, whatever it is."
    )
    split: Text | None = Field(None, description="The split wanted, by the name that the version gives it.")

    @classmethod
    def parse(cls, sent: bytes) -> Self:
        """What was `sent`; the defaults when nothing was."""
        return cls() if sent.strip() in (b"", b"null") else super().parse(sent)


def _validated(model: type[BaseModel], given: Any, place: str) -> Any:
    try:
        return model.model_validate(given, from_attributes=place == "body")
    except ValidationError as wrong:
        faults = [Fault((place, *fault["loc"]), fault["msg"], fault["type"]) for fault in wrong.errors()]
        raise Invalid(faults=faults) from None
