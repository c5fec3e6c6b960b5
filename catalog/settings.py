"""Everything that an operator can set: its type, its default, its meaning; the only reader of the environment."""

import os
import re
import secrets
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "CATALOG_"
# Container platforms describe linked services in variables of this form; they are not ours.
_INJECTED = re.compile(
    r"CATALOG_(ENV_.*|NAME|TEST_.*|(\w+_)?(SERVICE_.*|PORT=(tcp|udp)://.*|PORT_\d+_(TCP|UDP)(_.*)?))(=|$)"
)


class Register(StrEnum):
    """Who may register datasets."""

    EVERYONE = "everyone"
    MANAGERS = "managers"
    ADMINS = "admins"


class GfwAssetTypes(StrEnum):
    """Which assets the GFW dialect shows."""

    ALL = "all"
    KNOWN = "known"


class IndexPlace(StrEnum):
    """Where the search indexes are kept."""

    FOLDER = "folder"
    MEMORY = "memory"


class Settings(BaseSettings):
    """The settings of one running catalog, read from `CATALOG_…` variables; a wrong value raises ValidationError."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    # Where things are
    instance: Path = Field(
        Path("instance"),
        description="Folder of this catalog's own files: the database (unless CATALOG_DATABASE_URL names another) and the secret key. Relative to the folder in which the command runs.",
    )
    database_url: str | None = Field(
        None,
        description="Database to use: `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`. Unset: `catalog.db` in the instance folder.",
    )
    index_place: IndexPlace = Field(
        IndexPlace.FOLDER,
        description="Where the search indexes are kept: `folder` is `search` in the instance folder, for all processes of this machine; `memory` is in each process, built by its first search, for instances whose folder cannot be written to.",
    )
    secret_key: SecretStr | None = Field(
        None,
        min_length=16,
        description="Key that signs sessions and forms, at least 16 characters. Unset: made once and kept in the instance folder, readable by its owner alone.",
    )

    # How it is reached
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/?#@\s]+[^?#\s]*$",
        description="Address under which readers reach the catalog, for links in answers and code to copy. Unset: the address of the request. An https address makes cookies Secure.",
    )
    trusted_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Host names that requests may name, separated by commas; a leading dot admits subdomains. Loopback names are always admitted, with any port, and so is the host of CATALOG_PUBLIC_URL. Requests that name another host are refused.",
    )
    proxy_hops: int = Field(
        0,
        ge=0,
        le=10,
        description="Number of reverse proxies in front whose X-Forwarded-… headers, and names of requests in X-Request-Id, are believed. Behind a proxy that is not counted here all callers have one address, and what one of them does too often everybody has to wait for.",
    )

    # Who may do what
    public_access: bool = Field(
        True,
        description="Whether visitors who are not signed in see public datasets. Off: pages lead to sign-in, the GFW dialect answers 401.",
    )
    register_: Register = Field(
        Register.EVERYONE,
        validation_alias="CATALOG_REGISTER",
        description="Who may register datasets: `everyone` who is signed in, `managers` (editors and admins of any organization) or `admins`.",
    )
    session_days: int = Field(14, ge=1, le=365, description="Days after which a browser has to sign in again.")
    sign_in_attempts: int = Field(
        5,
        ge=1,
        le=1000,
        description="Wrong passwords for one account from one address that cost nothing. After each one more, the next sign-in has to wait: 1 second, then 2, 4 and so on. Other accounts and other addresses wait for nothing.",
    )
    sign_in_network_attempts: int = Field(
        0,
        ge=0,
        le=100_000,
        description="Wrong passwords from one address, for whatever accounts, that cost nothing; they are forgotten as below, and not by right ones. After each one more, the next sign-in from that address has to wait as above, also of others who share it, and from no other; 0 for no such wait. Callers on this machine are not counted so.",
    )
    sign_in_delay: int = Field(
        900, ge=1, le=86_400, description="Longest wait between two wrong passwords, in seconds."
    )
    sign_in_memory_hours: int = Field(
        24, ge=1, le=8_760, description="Hours without another wrong password after which those before are forgotten."
    )
    password_memory_kib: int = Field(
        65536, ge=8, le=4_194_304, description="Memory of one password hash (argon2id), in KiB."
    )
    password_passes: int = Field(3, ge=1, le=100, description="Passes of one password hash (argon2id).")

    # Dialects
    gfw_meta_integers: bool = Field(
        False,
        description="Write the numbers in `meta` of the GFW lists as integers, as the real service does, instead of strings as its published page shows them.",
    )
    gfw_asset_types: GfwAssetTypes = Field(
        GfwAssetTypes.ALL,
        description="`known` leaves assets whose kind is none of the 13 GFW asset types out of the GFW dialect, for clients that refuse others.",
    )
    apify_unnamed_hides_empty: bool = Field(
        False,
        description="With `unnamed=1`, leave empty datasets out of the Apify list, as an older page of its documentation says.",
    )
    apify_may_publish: bool = Field(
        False,
        description="Whether a caller of the Apify dialect may open a dataset to anonymous readers; otherwise such a request makes it internal.",
    )
    apify_list_extras: bool = Field(
        False,
        description="Add `title`, `username`, `generalAccess` and `stats` to the items of the Apify list; the stock command line tool gets them always.",
    )

    # Downloads
    download_minutes: int = Field(
        15, ge=1, le=1440, description="Minutes for which the address of a download leads to its file."
    )

    # Bounds
    page_size: int = Field(25, ge=1, le=200, description="Rows on a page of a list in the browser.")
    page_size_max: int = Field(
        200, ge=1, le=1000, description="Most rows that a reader may ask for on one page in the browser."
    )
    body_limit: int = Field(16_000_000, ge=1_000, description="Largest request body, in bytes.")
    text_limit: int = Field(
        500, ge=10, le=10_000, description="Longest search text, in characters; what is beyond is not used."
    )
    statement_timeout: float = Field(
        30.0, gt=0, le=86_400, description="Seconds after which a database statement of a request is given up."
    )
    rate_limit: float = Field(
        60.0,
        ge=0,
        description="Requests a second that one caller, known by token, else by address, may send to one API dialect, with bursts as below; 0 for no limit. Links to downloads count as the Dreadnode dialect does, and unknown addresses below those of a dialect count too; `/ping`, for which nothing is read, does not. Each server process counts by itself: with several a caller may send up to so many times as much.",
    )
    rate_limit_burst: float = Field(
        2.0, gt=0, le=3_600, description="Seconds whose requests a caller who sent none meanwhile may send at once."
    )
    rate_limit_loopback: bool = Field(
        False, description="Whether the rate limit counts for callers on this machine too."
    )

    # The server
    threads: int = Field(32, ge=2, le=256, description="Threads of one server process.")
    stream_readers: int = Field(
        24,
        ge=1,
        le=255,
        description="Readers of whole, unpaged lists that one server process serves at a time; must be below CATALOG_THREADS. Others are asked to come back.",
    )
    batch_rows: int = Field(
        100, ge=1, le=10_000, description="Rows that a whole, unpaged list reads from the database at a time."
    )
    answer_memory: int = Field(
        24_000_000, ge=0, description="Bytes of answers and their rows that a process keeps until they change; 0: none."
    )
    log_level: str = Field(
        "info",
        pattern="^(debug|info|warning|error)$",
        description="Least severe messages that are logged: debug, info, warning or error.",
    )
    log_format: str = Field(
        "auto",
        pattern="^(auto|json|text)$",
        description="How a message is logged: `json`, an object a line for machines, or `text`; `auto` writes text on a terminal, else JSON.",
    )

    @field_validator("trusted_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(host.strip() for host in value.split(",") if host.strip()) if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            url = make_url(value)
        except ArgumentError:  # it quotes the address, password and all
            raise ValueError("is not the address of a database") from None
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
            raise ValueError("must name a file")
        return value

    @field_validator("page_size_max")
    @classmethod
    def _hold_a_page(cls, value: int, info) -> int:
        if value < info.data.get("page_size", value):
            raise ValueError("must not be below CATALOG_PAGE_SIZE")
        return value

    @field_validator("stream_readers")
    @classmethod
    def _leave_a_thread(cls, value: int, info) -> int:
        if "threads" in info.data and value >= info.data["threads"]:
            raise ValueError("must be below CATALOG_THREADS, or readers of whole lists could stop everybody else")
        return value

    @property
    def folder(self) -> Path:
        """The instance folder, absolute."""
        return self.instance.absolute()

    @property
    def database(self) -> URL:
        """The database to use: PostgreSQL always through psycopg 3, a file of SQLite by its absolute path."""
        if self.database_url is None:
            return URL.create("sqlite", database=str(self.folder / "catalog.db"))
        url = make_url(self.database_url)
        if url.get_backend_name() == "postgresql":
            return url.set(drivername="postgresql+psycopg")
        return url.set(database=str(Path(url.database).absolute()))

    @property
    def database_file(self) -> Path | None:
        """The file of a database of SQLite."""
        return Path(self.database.database) if self.database.get_backend_name() == "sqlite" else None

    @property
    def is_https(self) -> bool:
        """Whether readers reach the catalog by https."""
        return bool(self.public_url and self.public_url.startswith("https://"))

    def signing_key(self) -> str:
        """The secret key: the one set, else the one kept in the instance folder, made there when there is none."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        return _kept_key(self.folder / "secret_key")


def variable(field: str) -> str:
    """The environment variable of a settings field."""
    return PREFIX + field.rstrip("_").upper()


def unknown_variables(environ: Mapping[str, str] = os.environ) -> dict[str, str | None]:
    """Names in `environ` that look like settings and are none, each with the nearest known name, or None."""
    known = {variable(field) for field in Settings.model_fields}
    strangers = sorted(
        name
        for name, value in environ.items()
        if name.startswith(PREFIX) and name not in known and not _INJECTED.match(f"{name}={value}")
    )
    return {name: _nearest(name, known) for name in strangers}


def _nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is most like `name` in what follows the prefix, where one is."""
    endings = [one.removeprefix(PREFIX) for one in known]
    found = get_close_matches(name.removeprefix(PREFIX), endings, n=1, cutoff=0.5)
    return PREFIX + found[0] if found else None


def _kept_key(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under another name and linked into place, so that no process can read half a key.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    return path.read_text().strip()
