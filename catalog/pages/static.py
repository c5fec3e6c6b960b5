"""Static files under addresses that change with their content, and the style sheets as one."""

import hashlib
from pathlib import Path

from flask import Response, send_from_directory

_YEAR = 365 * 24 * 3600
ALL_SHEETS = "css/all.css"
# Generic first, specific last; what prints stands apart.
SHEETS = (
    "tokens",
    "base",
    "layout",
    "components/bar",
    "components/search_box",
    "components/search_notes",
    "components/hits",
    "components/suggestions",
    "components/button",
    "components/foot",
    "components/flash",
    "components/badge",
    "components/format",
    "components/tag",
    "components/filters",
    "components/facet",
    "components/histogram",
    "components/chips",
    "components/pager",
    "components/sort_menu",
    "components/density",
    "components/list_head",
    "components/dataset_card",
    "components/table",
    "components/reference",
    "components/dataset_table",
    "components/asset_row",
    "components/asset_table",
    "components/field_table",
    "components/version_table",
    "components/fact_row",
    "components/why",
    "components/page_head",
    "components/sections",
    "components/tabs",
    "components/entry",
    "components/secret",
    "components/code_tabs",
    "components/copy_button",
    "components/form",
    "components/dataset_form",
    "components/empty",
    "components/notes",
    "components/breadcrumbs",
    "components/prose",
    "components/record",
    "components/party_list",
    "components/value_list",
    "components/home",
    "components/error",
    "utilities",
)


class StaticFiles:
    """The files of one folder; `build` is a short hash of them all, part of their addresses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sheets = "\n".join((folder / "css" / f"{name}.css").read_text() for name in SHEETS).encode()
        self.build = self._hash()

    def answer(self, build: str, path: str) -> Response:
        """The file at `path`; under the present `build` it can be kept for good. 404 where there is none."""
        if path == ALL_SHEETS:
            response = Response(self._sheets, mimetype="text/css")
            response.cache_control.max_age = _YEAR
        else:
            response = send_from_directory(self._folder, path, max_age=_YEAR)
        response.cache_control.public = True
        if build == self.build:
            response.cache_control.immutable = True
        else:  # another build's address: its files may be others than these
            response.cache_control.max_age = None
            response.cache_control.no_cache = True
        return response

    def _hash(self) -> str:
        seen = hashlib.sha256(self._sheets)
        for file in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            seen.update(str(file.relative_to(self._folder)).encode())
            seen.update(file.read_bytes())
        return seen.hexdigest()[:12]
