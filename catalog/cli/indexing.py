"""Commands about the search index."""

import sys

import click

from catalog.cli.base import in_catalog
from catalog.listing.searching import search_index


@click.group("index")
def index() -> None:
    """The search index, which follows the store on its own: it may be deleted at any time and is built anew."""


@index.command("status")
@in_catalog()
def status() -> None:
    """Say where the index is, what it holds, and how far it has followed the store. Exit status 1 when it is behind."""
    state = search_index().state()
    print(f"folder: {state.folder or 'none yet'}")
    print(f"datasets: {state.documents}")
    print(f"changes: {state.mark} of {state.last}")
    if not state.is_fresh:
        sys.exit(1)


@index.command("rebuild")
@in_catalog()
def rebuild() -> None:
    """Build the index anew beside the present one, which answers until the new one is whole."""
    search_index().rebuild()
    search_index().follow()
    print(f"The index holds {search_index().state().documents} datasets.")
