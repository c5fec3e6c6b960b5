"""JSON for Flask, by orjson: keys stay in the order in which they were written."""

from typing import Any

import orjson
from flask.json.provider import JSONProvider


class OrJson(JSONProvider):
    """The JSON provider of the application."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """`obj` as JSON text."""
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value of the JSON text `s`; ValueError when it is none."""
        return orjson.loads(s)
