"""The catalog in a browser."""

from flask import Flask
from flask_wtf import CSRFProtect

from catalog.pages import (
    account,
    assets,
    datasets,
    developers,
    door,
    editing,
    filters,
    founding,
    home,
    members,
    organizations,
    renaming,
    session,
    sessions,
    shares,
    styleguide,
    suggest,
    tokens,
    trash,
    users,
)
from catalog.pages.errors import refuse

__all__ = ["assets_index", "datasets_index", "protect", "refuse", "register"]

datasets_index = datasets.index
assets_index = assets.index


def register(app: Flask) -> None:
    """Open the pages on `app`."""
    filters.register(app)
    door.register(app)
    rooms = (
        home,
        datasets,
        editing,
        renaming,
        shares,
        trash,
        assets,
        founding,
        organizations,
        members,
        users,
        session,
        account,
        sessions,
        tokens,
        suggest,
        developers,
    )
    for room in rooms:
        app.register_blueprint(room.bp)
    if app.debug:
        app.register_blueprint(styleguide.bp)


def protect(app: Flask, *without_forms: str) -> None:
    """Refuse every post without a CSRF token, but to the blueprints `without_forms`, which take tokens alone."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # a form is good as long as its session, however long it stood open
    csrf = CSRFProtect(app)
    for name in without_forms:
        csrf.exempt(app.blueprints[name])
