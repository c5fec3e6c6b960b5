"""Commands about the search indexes."""

import sys

import click

from catalog.cli.base import in_catalog
from catalog.listing.searching import search_indexes


@click.group("index")
def index() -> None:
    """The search indexes, of datasets and of assets. They follow the store, and may be deleted at any time."""


@index.command("status")
@in_catalog()
def status() -> None:
    """Say where each index is, what it holds, and how far it has followed. Exit status 1 when one is behind."""
    states = {form.noun: held.state() for form, held in search_indexes().items()}
    for noun, state in states.items():
        print(f"{noun}s: {state.documents}")
        print(f"  changes: {state.mark} of {state.last}")
        print(f"  folder: {state.folder or 'none yet'}")
    if not all(state.is_fresh for state in states.values()):
        sys.exit(1)


@index.command("rebuild")
@in_catalog()
def rebuild() -> None:
    """Build each index anew beside the present one, which answers until the new one is whole."""
    for form, held in search_indexes().items():
        held.rebuild()
        held.follow()
        print(f"The index holds {held.state().documents} {form.noun}s.")
