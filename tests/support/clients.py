"""Where the real clients lie that contract tests drive: each in an environment of its own, made by `make clients`."""

import sys
from pathlib import Path

_CLIENTS = Path(sys.prefix) / "clients"


def _installed(path: str) -> Path | None:
    return _CLIENTS / path if (_CLIENTS / path).exists() else None


OPENEPI = _installed("openepi/bin/python")
"""The Python that has openepi-client; None where it is not installed, as with each of these."""
DREADNODE = _installed("dreadnode/bin/python") if _installed("dreadnode/bin/dn") else None
"""The Python that has the Dreadnode library."""
DN = _installed("dreadnode/bin/dn")
"""The Dreadnode command line tool."""
APIFY_CLI = _installed("node/node_modules/.bin/apify")
"""The Apify command line tool."""
NODE_CLIENTS = _installed("node") if _installed("node/node_modules/apify-client") and APIFY_CLI else None
"""The folder whose node_modules hold the Apify client for JavaScript."""
