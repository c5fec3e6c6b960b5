"""Filling the catalog from elsewhere."""
