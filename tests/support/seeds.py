"""The JSON that a seed page shows, where the pages are there."""

import json
from typing import Any

from tests.support.groups import SHARED


def examples(name: str) -> list[Any]:
    """Every JSON object on the page whose file name begins with `name`, in order, keys in the order of the page."""
    (path,) = (SHARED / "seeds").glob(f"{name}_*.txt")
    page, found, at = path.read_text(), [], 0
    while (at := page.find("{", at)) >= 0:
        try:
            value, at = json.JSONDecoder().raw_decode(page, at)
            found.append(value)
        except json.JSONDecodeError:
            at += 1
    return found
