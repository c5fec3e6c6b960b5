"""The catalog as the Apify API v2 speaks."""

from catalog.dialects.apify.description import DIALECT
from catalog.dialects.apify.errors import refuse
from catalog.dialects.apify.routes import bp

__all__ = ["DIALECT", "bp", "refuse"]
