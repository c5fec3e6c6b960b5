"""`python -m bench N`: makes a catalogue of N datasets, imports it, serves it, and prints what it measured."""

import argparse
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.asking import Callers
from bench.measuring import measure
from bench.progress import progress
from bench.report import Report
from bench.stores import DATABASES, is_kept, opened
from bench.table import put, written

_SMALL = 10_000
# From so many datasets on it is also measured how the time of an answer grows.
_LARGE = 50_000
_QUICK, _SLOW = 0.3, 3.0


def main() -> None:
    """Measure, and print tables in Markdown."""
    asked = _asked()
    databases = DATABASES if asked.database == "both" else (asked.database,)
    with Callers() as callers, _folder(asked, databases) as folder:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # who is told to end ends what was begun
        reports = [_measured(folder, database, asked, callers) for database in databases]
    text = written(f"make bench N={asked.number} DATABASE={asked.database}", reports)
    print(text)
    if asked.write:
        put(asked.write, text)
    if failed := [row.name for report in reports for row in report.rows if row.has_failed]:
        raise SystemExit(f"Not answered: {', '.join(failed)}")


def _asked() -> argparse.Namespace:
    read = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    read.add_argument("number", type=int, help="how many datasets")
    read.add_argument("--database", choices=(*DATABASES, "both"), default="sqlite", help="what the store is kept in")
    read.add_argument("--seconds", type=float, help=f"how long each question is asked; {_QUICK}, for many {_SLOW}")
    read.add_argument("--only", default="", metavar="TEXT", help="ask the questions with this in their names alone")
    read.add_argument("--write", type=Path, metavar="FILE", help="put the tables between the marks of this file, too")
    where = read.add_mutually_exclusive_group()
    where.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the stores in this folder")
    where.add_argument("--use", type=Path, metavar="FOLDER", help="measure the stores that were kept in this folder")
    asked = read.parse_args()
    if asked.number < 100:
        read.error("fewer than 100 datasets say nothing")
    return asked


@contextmanager
def _folder(asked: argparse.Namespace, databases: tuple[str, ...]) -> Iterator[Path]:
    """The folder of the stores, which goes at the end unless it is to be kept.

    SystemExit where it holds what is to be made, or lacks what is to be used.
    """
    if (kept := asked.keep or asked.use) is not None:
        for database in databases:
            if is_kept(kept, database, asked.number) is not (asked.use is not None):
                raise SystemExit(f"{kept} holds {'no' if asked.use else 'a'} store of {asked.number} on {database}.")
        yield kept.absolute()
        return
    folder = Path(tempfile.mkdtemp(prefix="catalog-bench-"))
    folder.chmod(0o755)  # what serves a database may be another user's
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _measured(folder: Path, database: str, asked: argparse.Namespace, callers: Callers) -> Report:
    seconds, small = asked.seconds or (_SLOW if asked.number >= _LARGE else _QUICK), None
    if asked.number >= _LARGE:
        progress(f"a small catalogue first, on {database}")
        with opened(folder, database, _SMALL) as store:
            small = measure(store, callers, min(1.0, seconds), only=asked.only)
    with opened(folder, database, asked.number) as store:
        return measure(store, callers, seconds, only=asked.only, small=small)


if __name__ == "__main__":
    main()
