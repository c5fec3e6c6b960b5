"""The catalog as the Dreadnode platform speaks."""

from catalog.dialects.org.description import DIALECT
from catalog.dialects.org.errors import refuse
from catalog.dialects.org.routes import bp

__all__ = ["DIALECT", "bp", "refuse"]
