"""Commands about the search indexes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from catalog.cli.base import in_catalog
from catalog.listing.searching import search_indexes
from catalog.memory import rarely_collected
from catalog.search.forms import DATASETS, FORMS
from catalog.search.index import SearchIndex

_NOUN = click.argument("noun", required=False, type=click.Choice([f"{form.noun}s" for form in FORMS]))
_PROGRAM = "from app import main; main()"
# Of more datasets each index is built by a process of its own; fewer are not worth its memory.
_LARGE = 15_000


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
@_NOUN
@in_catalog()
def rebuild(noun: str | None) -> None:
    """Build each index anew, or one, beside the present one, which answers until the new one is whole."""
    with _others_beside("rebuild", noun) as here, rarely_collected():
        for held in here:
            held.rebuild()
            held.follow()
            print(f"The index holds {held.state().documents} {held.form.noun}s.")


@index.command("follow")
@_NOUN
@in_catalog()
def follow(noun: str | None) -> None:
    """Bring each index, or one, to the last change; servers do so by themselves, before a search."""
    follow_all(noun)


def follow_all(noun: str | None = None) -> None:
    """Bring the indexes that outlive this process to the last change, or the one of `noun`."""
    with _others_beside("follow", noun) as here, rarely_collected():
        for held in here:
            held.follow()


@contextmanager
def _others_beside(verb: str, noun: str | None) -> Iterator[list[SearchIndex]]:
    """The indexes that are to be worked on here; where they are large, a process does the others meanwhile."""
    kept = [held for held in search_indexes().values() if held.is_kept and noun in (None, f"{held.form.noun}s")]
    others = kept[1:] if DATASETS.count(_LARGE + 1) > _LARGE else []
    processes = [_beside(verb, held) for held in others]
    try:
        yield [held for held in kept if held not in others]
        for held, process in zip(others, processes, strict=True):
            if process.wait():
                raise click.ClickException(f"The index of {held.form.noun}s could not be written.")
    finally:
        for process in processes:
            process.kill()


def _beside(verb: str, held: SearchIndex) -> subprocess.Popen:
    words = [sys.executable, "-c", _PROGRAM, "index", verb, f"{held.form.noun}s"]
    return subprocess.Popen(words, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
