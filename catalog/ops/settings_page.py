"""Writes docs/settings.md, the page of all settings, from what Settings says of itself: `make settings`."""

import re
from collections.abc import Sequence
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from catalog.settings import Settings, variable

# What each group is called, by its first setting.
_GROUPS = {
    "instance": "Where things are",
    "public_url": "How it is reached",
    "public_access": "Who may do what",
    "gfw_meta_integers": "Dialects",
    "page_size": "Bounds",
    "threads": "The server",
}
_BEGINNING = """# Settings

Everything that an operator can set, as environment variables. `make settings` writes this page from
`catalog/settings.py`. `catalog check` says whether the settings in use are known and can be used; a misspelt name is
named there, and by `catalog serve` when it starts.
"""
_HEAD = "| Variable | Type | Default | Meaning |\n|---|---|---|---|"
_TYPES = {
    "Path": "path",
    "str": "text",
    "SecretStr": "text, kept secret",
    "int": "whole number",
    "float": "number",
    "bool": "`true` or `false`",
}
_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "min_length": "at least"}


def render() -> str:
    """The page, in Markdown: a table for each group of settings."""
    parts = [_BEGINNING.rstrip()]
    for name, field in Settings.model_fields.items():
        if name in _GROUPS:
            parts.append(f"\n## {_GROUPS[name]}\n\n{_HEAD}")
        parts.append(f"| `{variable(name)}` | {_type(field)} | {_default(field)} | {_cell(field.description or '')} |")
    return "\n".join(parts) + "\n"


def _type(field: FieldInfo) -> str:
    kind = _bare(field.annotation)
    if get_origin(kind) is tuple:
        return "texts, separated by commas"
    if issubclass(kind, StrEnum):
        return _one_of(list(kind))
    words = next(filter(None, map(_choices, field.metadata)), _TYPES[kind.__name__])
    unit = " characters" if issubclass(kind, (str, SecretStr)) else ""
    return ", ".join([words, *(f"{bound}{unit}" for bound in _bounds(field))])


def _bounds(field: FieldInfo) -> list[str]:
    given = [(words, getattr(one, key, None)) for one in field.metadata for key, words in _BOUNDS.items()]
    return [f"{words} {value:,}" for words, value in given if value is not None]


def _choices(given: Any) -> str | None:
    """The words that a pattern of nothing but alternatives admits."""
    found = re.fullmatch(r"\^\(([\w|]+)\)\$", getattr(given, "pattern", None) or "")
    return _one_of(found[1].split("|")) if found else None


def _one_of(words: Sequence[str]) -> str:
    *others, last = [f"`{word}`" for word in words]
    return f"{', '.join(others)} or {last}"


def _bare(annotation: Any) -> Any:
    """The type itself, without what is added to it and without None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation


def _default(field: FieldInfo) -> str:
    match field.default:
        case None | ():
            return "unset"
        case bool(value):
            return f"`{str(value).lower()}`"
        case float(value):
            return f"`{value:g}`"
        case value:
            return f"`{value}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(render(), end="")
