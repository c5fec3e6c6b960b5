"""The OpenAPI 3.1 document of each dialect, made from the routes that answer and the descriptions that they bear."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Flask, Response, current_app
from werkzeug.routing import Rule

from catalog.dialects.describing import Answer, Dialect, Operation, Parameter, operation_of
from catalog.dialects.wire import answer, base_url
from catalog.errors import Broken, Busy, CatalogError, NoSuchAddress, TooMany

_VERSION = "3.1.0"
_ARGUMENT = re.compile(r"<(?:[^:<>]*:)?([^<>]*)>")
_SCHEMAS: dict[str, dict[str, Any]] = {
    "UUIDConverter": {"type": "string", "format": "uuid"},
    "IntegerConverter": {"type": "integer"},
}
# What any operation may be refused with.
_ALWAYS: tuple[type[CatalogError], ...] = (TooMany, Busy, Broken)
Json = dict[str, Any]


def open_documents(app: Flask, dialects: Sequence[Dialect]) -> None:
    """Serve `/openapi/KEY.json` for each of `dialects`; pages find the documents in `catalog_documents`."""
    by_key = {one.key: one for one in dialects}
    bp = Blueprint("openapi", __name__, url_prefix="/openapi")

    @bp.get("/<dialect>.json")
    def show(dialect: str) -> Response:
        """The document of one dialect, with the reader's own address."""
        if dialect not in by_key:
            raise NoSuchAddress
        response = answer(document(current_app, by_key[dialect], base_url()))
        response.cache_control.max_age = 0
        return response

    app.register_blueprint(bp)
    app.extensions["catalog_documents"] = {
        key: lambda one=one: document(current_app, one, base_url()) for key, one in by_key.items()
    }


def document(app: Flask, dialect: Dialect, base: str) -> Json:
    """The document of `dialect`, whose routes `app` answers under `base`."""
    paths: dict[str, Json] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = app.view_functions[rule.endpoint]
        operation = operation_of(view)
        if operation is None or not _speaks(rule, dialect):
            continue
        for method in sorted(rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            described = _operation(dialect, operation, rule, f"{method.lower()}_{view.__name__}")
            paths.setdefault(_ARGUMENT.sub(r"{\1}", rule.rule), {})[method.lower()] = described
    return {
        "openapi": _VERSION,
        "info": {"title": dialect.title, "description": dialect.about, "version": "1"},
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"schemas": dict(dialect.schemas), "securitySchemes": dict(dialect.security)},
    }


def _speaks(rule: Rule, dialect: Dialect) -> bool:
    return rule.endpoint.partition(".")[0] in dialect.blueprints


def _operation(dialect: Dialect, operation: Operation, rule: Rule, name: str) -> Json:
    credentials = [{name: []} for name in dialect.security]
    described: Json = {
        "operationId": f"{name}_{len(rule.arguments)}",
        "summary": operation.summary,
        "parameters": [*_path_parameters(operation, rule), *map(_parameter, _others(operation))],
        "responses": _answers(dialect, operation),
        "security": [*([{}] if operation.is_open else []), *credentials],
    }
    if operation.body:
        described["requestBody"] = {
            "required": operation.body.is_required,
            "content": {operation.body.media_type: {"schema": operation.body.schema}},
        }
    return described


def _path_parameters(operation: Operation, rule: Rule) -> list[Json]:
    """The arguments of the address, as the operation describes them, else as their converters read them."""
    said = {one.name: one for one in operation.parameters if one.place == "path"}
    return [
        _parameter(
            said.get(name)
            or Parameter(name=name, about="", schema=_SCHEMAS.get(type(converter).__name__, {"type": "string"})),
            place="path",
        )
        for name, converter in rule._converters.items()
    ]


def _others(operation: Operation) -> list[Parameter]:
    return [one for one in operation.parameters if one.place != "path"]


def _parameter(parameter: Parameter, place: str | None = None) -> Json:
    place = place or parameter.place
    return {
        "name": parameter.name,
        "in": place,
        "description": parameter.about,
        "required": parameter.is_required or place == "path",
        "schema": dict(parameter.schema),
    }


def _answers(dialect: Dialect, operation: Operation) -> Json:
    answers = {str(status): _answer(one) for status, one in sorted(operation.answers.items())}
    for refusal in (*operation.refusals, *_ALWAYS):
        for status in dialect.statuses_of(refusal):
            answers.setdefault(str(status), {"description": refusal.message, "content": _json(dialect.refusal(status))})
    return answers


def _answer(one: Answer) -> Json:
    described: Json = {"description": one.about}
    if one.schema is not None:
        described["content"] = _json(one.schema) | {media_type: {} for media_type in one.others}
    if one.headers:
        described["headers"] = {
            name: {"description": about, "schema": {"type": "string"}} for name, about in one.headers.items()
        }
    return described


def _json(schema: Mapping[str, Any]) -> Json:
    return {"application/json": {"schema": dict(schema)}}
