"""The store's schema: which migration it has, which there are, and how to bring it up to date."""

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from catalog.db import db

_FOLDER = Path(str(files("catalog"))).parent / "migrations"


def upgrade(to: str = "head") -> None:
    """Bring the database of the current application to the newest schema, or to that revision; a new one gets all."""
    command.upgrade(_config(), to)


def present_revision() -> str | None:
    """The revision that the database has; None for an empty one."""
    with db.engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    """The revision of the database behind `connection`; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The revision that this program knows as the newest."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
