"""The catalog as the GFW Data API speaks: lists of datasets and assets."""

from catalog.dialects.gfw.description import DIALECT
from catalog.dialects.gfw.errors import refuse
from catalog.dialects.gfw.routes import bp, get_assets, get_datasets

__all__ = ["DIALECT", "bp", "get_assets", "get_datasets", "refuse"]
