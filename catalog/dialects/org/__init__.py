"""The catalog as the Dreadnode platform speaks."""

from catalog.dialects.org import downloads, platform, routes
from catalog.dialects.org.description import DIALECT
from catalog.dialects.org.door import bp
from catalog.dialects.org.errors import refuse

# Each of these opens its addresses on `bp`.
ROOMS = (routes, downloads, platform)

__all__ = ["DIALECT", "bp", "refuse"]
