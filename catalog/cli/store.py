"""Commands about what the store holds: its schema, imports, the demo catalogue."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app

from catalog import migrating
from catalog.access import OPERATOR
from catalog.changes.bulk import take_stock
from catalog.changes.puts import Outcome, Placing
from catalog.cli.base import first_administrator, in_catalog, organization_named, say, user_named
from catalog.cli.indexing import follow_all
from catalog.db import db
from catalog.demo import load_demo
from catalog.harvest.importing import Say, import_lines
from catalog.harvest.lines import opened
from catalog.memory import give_back
from catalog.model import Visibility

# After so many new datasets the database looks again at how large its tables are.
_MUCH = 1_000


@click.group("db")
def database() -> None:
    """The database."""


@database.command("upgrade")
@in_catalog(needs_store=False)
def upgrade() -> None:
    """Bring the database to the newest schema; make it where there is none."""
    current_app.extensions["catalog_settings"].folder.mkdir(parents=True, exist_ok=True)
    before = migrating.present_revision()
    migrating.upgrade()
    after = migrating.present_revision()
    print(f"The store is at {after}, as it was." if before == after else f"The store is now at {after}.")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--owner", metavar="USER", help="Who owns new datasets. Without it: the first administrator.")
@click.option("--org", metavar="SLUG", help="The organization that new datasets belong to.")
@click.option(
    "--orgs-from-records",
    is_flag=True,
    help="Put each new dataset into the organization that its record names, founding it where needed.",
)
@click.option(
    "--visibility",
    type=click.Choice([word.value for word in Visibility]),
    default=Visibility.INTERNAL.value,
    show_default=True,
    help="Who may read new datasets.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--overwrite", is_flag=True, help="Replace records that were edited here since their last import too.")
@in_catalog()
def import_(
    file: Path,
    owner: str | None,
    org: str | None,
    orgs_from_records: bool,
    visibility: str,
    dry_run: bool,
    overwrite: bool,
) -> None:
    """Import records from FILE in JSON Lines, plain or gzip, or from standard input (-): see docs/import.md.

    The last line says how many were created, updated, unchanged and refused. The exit status is 1 when any was refused.
    """
    if org and orgs_from_records:
        raise click.UsageError("--org and --orgs-from-records exclude each other.")
    owning = user_named(owner) if owner else first_administrator()
    if owning.is_disabled:
        raise click.ClickException(f"The account of {owner} is disabled; it cannot own new datasets.")
    placing = Placing(
        owner_id=owning.id,
        organization_id=organization_named(org).id if org else None,
        visibility=Visibility(visibility),
        is_by_record=orgs_from_records,
        with_overwrite=overwrite,
    )
    with (
        opened(None if str(file) == "-" else file, sys.stdin.buffer) as (lines, position, size),
        _progress(lines, position, size) as (shown, say_of),
    ):
        report = import_lines(OPERATOR, shown, placing, say=say_of, is_dry_run=dry_run)
    if dry_run:
        say("This was a dry run: nothing is changed.")
    else:
        if report.counts[Outcome.CREATED] >= _MUCH:
            take_stock()
            db.engine.dispose()
            give_back()  # indexes are built with as much again
        follow_all()
    print(report.line())
    if report.counts[Outcome.REFUSED]:
        sys.exit(1)


@click.command()
@in_catalog()
def demo() -> None:
    """Load the demo catalogue into an empty store: public datasets, three users with passwords, two organizations."""
    passwords = load_demo()
    for handle, password in passwords.items():
        print(f"Sign in as {handle} with the password {password}")
    if not passwords:
        print("The demo catalogue is there already. Its passwords were shown once; for a new one of alice:")
        print("catalog user password alice")


@contextmanager
def _progress(
    lines: Iterator[bytes], position: Callable[[], int], size: int | None
) -> Iterator[tuple[Iterator[bytes], Say]]:
    """The lines, followed by a bar on a terminal, and how to say something of one without breaking the bar."""

    def say_of(number: int, name: str, text: str) -> None:
        say(f"line {number}{f', {name}' if name else ''}: {text}")

    if size is None or not sys.stderr.isatty():
        yield lines, say_of
        return
    with click.progressbar(length=size, label="Importing", file=sys.stderr) as bar:

        def followed() -> Iterator[bytes]:
            for line in lines:
                bar.update(position() - bar.pos)
                yield line

        def say_above(number: int, name: str, text: str) -> None:
            sys.stderr.write("\r\033[K")
            say_of(number, name, text)
            bar.render_progress()

        yield followed(), say_above
