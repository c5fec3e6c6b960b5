"""What the operations of a dialect take and answer, as data: its OpenAPI document is made from nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from catalog.errors import CatalogError

Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter of an operation: its name, what it means, what it may be (a JSON schema)."""

    name: str
    about: str
    schema: Json
    place: str = "query"
    """`query`, `path` or `header`."""
    is_required: bool = False


@dataclass(frozen=True, kw_only=True)
class Body:
    """What is sent with a request: a JSON schema, how it is written, and whether it may be left out."""

    schema: Json
    media_type: str = "application/json"
    is_required: bool = True


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One way in which an operation succeeds."""

    about: str
    schema: Json | None = None
    """The JSON schema of its body; None where it has none."""
    others: Sequence[str] = ()
    """The media types, beside JSON, in which its body may come."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What each header of its own says."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What one view takes, how it answers, and which refusals it may raise."""

    summary: str
    parameters: Sequence[Parameter] = ()
    body: Body | None = None
    answers: Mapping[int, Answer] = field(default_factory=dict)
    refusals: Sequence[type[CatalogError]] = ()
    is_open: bool = False
    """Whether it is answered without a credential."""


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """A dialect as its document introduces it."""

    key: str
    title: str
    about: str
    blueprints: Sequence[str]
    """Whose routes speak it."""
    schemas: Mapping[str, Json]
    """The things that its answers hold, by the names under which schemas refer to them: see `ref`."""
    security: Mapping[str, Json]
    """How a caller says who they are: OpenAPI security schemes by name; any one of them will do."""
    statuses_of: Callable[[type[CatalogError]], Sequence[int]]
    """The statuses with which it may answer a refusal of that kind."""
    refusal: Callable[[int], Json]
    """The JSON schema of its envelope at a status."""


def described(operation: Operation) -> Callable[[Callable], Callable]:
    """A view that bears its description, for `catalog.dialects.openapi`; put it nearest to the function."""

    def bear(view: Callable) -> Callable:
        view.operation = operation  # type: ignore[attr-defined]
        return view

    return bear


def operation_of(view: Callable) -> Operation | None:
    """What `view` bears; None for one that no dialect describes."""
    return getattr(view, "operation", None)


def ref(name: str) -> dict[str, str]:
    """The schema called `name` in the dialect's `schemas`."""
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Json) -> dict[str, Any]:
    """`schema`, or null."""
    if isinstance(kind := schema.get("type"), str):
        return {**schema, "type": [kind, "null"], **({"enum": [*schema["enum"], None]} if "enum" in schema else {})}
    return {"anyOf": [schema, {"type": "null"}]}


def list_of(schema: Json) -> dict[str, Any]:
    """A list of things that are like `schema`."""
    return {"type": "array", "items": schema}


def record_of(**keys: Json) -> dict[str, Any]:
    """An object that always has all of `keys`, and may have others."""
    return {"type": "object", "required": list(keys), "properties": keys}


TEXT: Json = {"type": "string"}
WHOLE: Json = {"type": "integer"}
FLAG: Json = {"type": "boolean"}
MOMENT: Json = {"type": "string", "format": "date-time"}
UUID: Json = {"type": "string", "format": "uuid"}
ADDRESS: Json = {"type": "string", "format": "uri"}
THING: Json = {"type": "object"}
BASIC: Json = {"type": "http", "scheme": "basic", "description": "The name is `__token__`, the password a token."}
"""The security scheme of clients that know a name and a password alone."""


def parameters_of(model: type[BaseModel], place: str = "query") -> list[Parameter]:
    """The parameters that `model` reads, each field with its description, under its alias where it has one."""
    schema = model.model_json_schema(by_alias=True)
    required = set(schema.get("required", ()))
    return [
        Parameter(
            name=name,
            about=one.get("description", ""),
            schema=_plain(one),
            place=place,
            is_required=name in required,
        )
        for name, one in schema["properties"].items()
    ]


def _plain(schema: Json) -> dict[str, Any]:
    """A field's schema without its title and description, and without null, which no query can say."""
    kept = {key: value for key, value in schema.items() if key not in ("title", "description")}
    if kept.get("default", "") is None:
        del kept["default"]
    if "anyOf" in kept:
        stated = [one for one in kept["anyOf"] if one != {"type": "null"}]
        if len(stated) == 1:
            del kept["anyOf"]
            kept |= stated[0]
    return kept
