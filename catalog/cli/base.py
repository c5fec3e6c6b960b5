"""What the commands share: the application that they work in, and refusals in words instead of tracebacks."""

import sys
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

import click
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from catalog import migrating
from catalog.db import db
from catalog.errors import CatalogError
from catalog.model import Organization, User
from catalog.settings import Settings, variable

# A command may take as long as it takes; only requests are cut short.
_NO_HURRY = 24 * 3600.0


def read_settings() -> Settings:
    """The settings; a wrong one ends the command with a line that names its variable."""
    try:
        return Settings()
    except ValidationError as wrong:
        lines = [
            f"{variable(str(fault['loc'][0])) if fault['loc'] else 'settings'}: {fault['msg']}"
            for fault in wrong.errors()
        ]
        raise click.ClickException(
            "\n".join(
                ["Settings that cannot be used:", *(line.replace("CATALOG_CATALOG_", "CATALOG_") for line in lines)]
            )
        ) from None


def in_catalog(*, needs_store: bool = True) -> Callable[[Callable], Callable]:
    """Run a command inside the application; one that `needs_store` is refused where the store is not up to date."""

    def wrap(command: Callable) -> Callable:
        @wraps(command)
        def run(*args: Any, **kwargs: Any) -> Any:
            settings = read_settings().model_copy(update={"statement_timeout": _NO_HURRY, "log_level": "warning"})
            try:
                app = import_module("app").create_app(settings)
                with app.app_context():
                    if needs_store and migrating.present_revision() != migrating.newest_revision():
                        raise click.ClickException(
                            f"The store at {where(settings)} is not up to date. Run: catalog db upgrade"
                        )
                    return command(*args, **kwargs)
            except CatalogError as refused:
                raise click.ClickException(refused.message) from None
            except OperationalError as failed:
                raise click.ClickException(
                    f"The database at {where(settings)} does not answer: {failed.orig}"
                ) from None

        return run

    return wrap


def where(settings: Settings) -> str:
    """The database's address without its password."""
    return settings.database.render_as_string(hide_password=True)


def user_named(name: str) -> User:
    """The user with this handle; the command ends where there is none."""
    user = db.session.scalar(select(User).where(User.handle == name))
    if user is None:
        raise click.ClickException(f"There is no user “{name}”.")
    return user


def organization_named(key: str) -> Organization:
    """The organization with this key; the command ends where there is none."""
    organization = db.session.scalar(select(Organization).where(Organization.key == key))
    if organization is None:
        raise click.ClickException(f"There is no organization “{key}”.")
    return organization


def first_administrator() -> User:
    """The administrator who was enrolled first; the command ends with how to make one where there is none."""
    user = db.session.scalar(select(User).where(User.is_admin, ~User.is_disabled).order_by(User.id).limit(1))
    if user is None:
        raise click.ClickException(
            "There is no administrator who could own the records. Run: catalog user add NAME --admin, or give --owner."
        )
    return user


def say(text: str) -> None:
    """A line on standard error."""
    print(text, file=sys.stderr)
