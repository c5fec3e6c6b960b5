"""The catalog in a browser."""

from flask import Flask


def register(app: Flask) -> None:
    """Open the pages on `app`."""


def datasets_index():
    return "datasets"


def assets_index():
    return "assets"


def refuse(error):
    return error.message, 500
