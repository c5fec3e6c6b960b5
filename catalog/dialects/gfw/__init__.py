"""The catalog as the GFW Data API speaks: datasets, versions and assets, lists of them, and credentials."""

from catalog.dialects.gfw import absent, assets, auth, datasets  # noqa: F401 (their routes stand on the blueprint)
from catalog.dialects.gfw.description import DIALECT
from catalog.dialects.gfw.door import bp
from catalog.dialects.gfw.errors import refuse
from catalog.dialects.gfw.routes import get_assets, get_datasets

BLUEPRINTS = (bp, absent.bp)
PREFIXES = ("/dataset", "/asset", "/auth", "/ping", "/datasets.json", "/assets.json", *absent.PREFIXES)
"""Where this dialect alone answers."""

__all__ = ["BLUEPRINTS", "DIALECT", "PREFIXES", "get_assets", "get_datasets", "refuse"]
