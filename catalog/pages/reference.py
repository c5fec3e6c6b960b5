"""An OpenAPI document as tables to read: operations in groups, parameters, answers, and the things in answers."""

import json
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

Json = Mapping[str, Any]
Words = list[tuple[str, str | None]]
"""Pieces of a type in words, each with the anchor of the thing that it names, or None."""
_METHODS = ("get", "post", "put", "patch", "delete")
_BOUNDS = {
    "minimum": "from {}",
    "maximum": "to {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "pattern": "like {}",
}


def groups_of(document: Json) -> dict[str, list[dict[str, Any]]]:
    """The operations by the first part of their address that tells them apart, in the order of the document."""
    parts = [path.strip("/").split("/")[:-1] for path in document["paths"]]
    shared = len(list(takewhile(lambda level: len(set(level)) == 1, zip(*parts, strict=False))))
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, item in document["paths"].items():
        name = path.strip("/").split("/")[shared]
        for method in filter(item.__contains__, _METHODS):
            groups.setdefault(name.removesuffix(".json"), []).append(_operation(path, method, item[method]))
    return groups


def things_of(document: Json) -> list[dict[str, Any]]:
    """What the answers hold: each thing with its name, anchor and keys; one without keys with its type in words."""
    return [
        {
            "name": name,
            "anchor": _anchor(name),
            "keys": _keys(schema),
            "words": words_of(schema),
        }
        for name, schema in document["components"]["schemas"].items()
    ]


def words_of(schema: Json) -> Words:
    """What a value may be, in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return [(name, _anchor(name))]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return _joined(map(words_of, schema[key]), " and " if key == "allOf" else " or ")
    if "const" in schema:
        return [(json.dumps(schema["const"], ensure_ascii=False), None)]
    if "enum" in schema:
        return [("one of " + ", ".join(json.dumps(one, ensure_ascii=False) for one in schema["enum"]), None)]
    kinds = schema.get("type", "anything")
    if isinstance(kinds, list):
        return _joined((words_of({**schema, "type": kind}) for kind in kinds), " or ")
    if kinds == "array":
        return [("list of ", None), *words_of(schema.get("items", {}))]
    if kinds == "null":
        return [("null", None)]
    said = [kinds, *([schema["format"]] if "format" in schema else [])]
    said += [words.format(schema[key]) for key, words in _BOUNDS.items() if key in schema]
    if "default" in schema:
        said.append(f"else {json.dumps(schema['default'], ensure_ascii=False)}")
    return [(", ".join(said), None)]


def _operation(path: str, method: str, operation: Json) -> dict[str, Any]:
    return {
        "anchor": f"operation-{operation['operationId'].replace('_', '-')}",
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "is_open": {} in operation.get("security", ()),
        "parameters": [
            {
                "name": one["name"],
                "place": one["in"],
                "is_required": one.get("required", False),
                "about": one.get("description", ""),
                "words": words_of(one["schema"]),
            }
            for one in operation.get("parameters", ())
        ],
        "body": _body(operation.get("requestBody")),
        "answers": [
            {"status": status, "about": one["description"], "words": _content(one)}
            for status, one in sorted(operation["responses"].items())
        ],
    }


def _body(body: Json | None) -> dict[str, Any] | None:
    if body is None:
        return None
    media_type, content = next(iter(body["content"].items()))
    schema = content["schema"]
    return {"media_type": media_type, "keys": _keys(schema), "words": words_of(schema)}


def _content(answer: Json) -> Words:
    return [piece for one in answer.get("content", {}).values() for piece in words_of(one.get("schema", {}))]


def _keys(schema: Json) -> list[dict[str, Any]]:
    required = schema.get("required", ())
    return [
        {"name": name, "is_required": name in required, "about": one.get("description", ""), "words": words_of(one)}
        for name, one in schema.get("properties", {}).items()
    ]


def _anchor(name: str) -> str:
    return f"thing-{name}"


def _joined(all_words: Iterable[Words], between: str) -> Words:
    joined: Words = []
    for words in all_words:
        joined += [(between, None), *words] if joined else words
    return joined
