"""What the commands share: the application that they work in, and refusals in words instead of tracebacks."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from typing import Any

import click
from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from catalog import migrating
from catalog.db import db
from catalog.errors import CatalogError
from catalog.model import Organization, User
from catalog.settings import PREFIX, Settings, variable

# A command may take as long as it takes, says itself what it does, and signs nothing: it needs no key and makes none.
_FOR_COMMANDS = {"statement_timeout": 24 * 3600.0, "log_level": "warning", "secret_key": SecretStr("unused" * 4)}


def read_settings() -> Settings:
    """The settings; wrong ones end the command with a line each that names the variable."""
    try:
        return Settings()
    except ValidationError as wrong:
        lines = [f"{_variable(fault['loc'])} cannot be used: {_words(fault)}" for fault in wrong.errors()]
        raise click.ClickException("\n".join(lines)) from None


def in_catalog(*, needs_store: bool = True) -> Callable[[Callable], Callable]:
    """Run a command inside the application; one that `needs_store` is refused where the store is not up to date."""

    def wrap(command: Callable) -> Callable:
        @wraps(command)
        def run(*args: Any, **kwargs: Any) -> Any:
            settings = read_settings().model_copy(update=_FOR_COMMANDS)
            try:
                app = import_module("app").create_app(settings)
                with app.app_context(), _closing_connections():
                    if needs_store and migrating.present_revision() != migrating.newest_revision():
                        raise click.ClickException(
                            f"The store at {where(settings)} is not up to date. Run: catalog db upgrade"
                        )
                    return command(*args, **kwargs)
            except CatalogError as refused:
                raise click.ClickException(refused.message) from None
            except DBAPIError as failed:
                if not is_unreachable(failed):
                    raise
                raise click.ClickException(f"{where(settings)} cannot be used: {str(failed.orig).strip()}") from None
            except OSError as failed:
                raise click.ClickException(str(failed)) from None

        return run

    return wrap


@contextmanager
def _closing_connections() -> Iterator[None]:
    """At the end no connection is left open: what is opened before a server forks would be open in each worker."""
    try:
        yield
    finally:
        db.session.remove()
        db.engine.dispose()


def is_unreachable(failed: DBAPIError) -> bool:
    """Whether the database is at fault, and not what it was asked: it does not answer, or is none."""
    return isinstance(failed, OperationalError) or type(failed) is DatabaseError


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


def _variable(loc: tuple[int | str, ...]) -> str:
    """The variable at the place of a fault, which is named by its field or by itself."""
    name = str(loc[0])
    return name if name.startswith(PREFIX) else variable(name)


def _words(fault: ErrorDetails) -> str:
    words = fault["msg"].removeprefix("Value error, ").removeprefix("Input ").removeprefix("Value ")
    return words.replace("items after validation", "characters")  # of a secret
