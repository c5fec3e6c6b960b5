"""The peer: Datasette over the same rows and columns, where it is installed (`make peer`) and can read the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.floor import COLUMNS
from bench.running import ROOT, Serving, free_port, serving
from bench.wire import HTML, Request

PROGRAM = ROOT / ".venv" / "peers" / "datasette" / "bin" / "datasette"
# Facets may take their time, or they would be left out; looking for what could be one would cost it most of its time.
_SETTINGS = {"facet_time_limit_ms": "60000", "sql_time_limit_ms": "60000", "suggest_facets": "off"}
_TABLE = "/catalog/dataset"
_ROWS = [("_size", 25), *(("_col", column) for column in COLUMNS)]
REQUESTS = {
    "Datasette, JSON of 25 rows": Request(f"{_TABLE}.json?{urlencode(_ROWS)}"),
    "Datasette, page of 25 rows": Request(f"{_TABLE}?{urlencode(_ROWS)}", accept=HTML),
    "Datasette, page with a facet": Request(f"{_TABLE}?{urlencode([*_ROWS, ('_facet', 'license_id')])}", accept=HTML),
}
"""What it is asked, by what that is called."""


@contextmanager
def datasette(file: Path, environment: dict[str, str]) -> Iterator[Serving]:
    """Datasette over a file of SQLite called `catalog.db`."""
    port = free_port()
    words = [str(PROGRAM), "serve", str(file), "--port", str(port)]
    for name, value in _SETTINGS.items():
        words += ["--setting", name, value]
    with serving(words, environment, port, "/-/versions.json") as served:
        yield served
