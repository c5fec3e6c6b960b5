"""`python -m bench N`: makes a catalogue of N datasets, imports it, serves it, and prints what it measured."""

import argparse
import platform
import shutil
import tempfile
from pathlib import Path

from bench.asking import Figures, Request, ask, fetch, memory
from bench.making import write
from bench.placing import OWNERS, place
from bench.questions import questions
from bench.running import Serving, catalog, floor, run, surroundings, writing
from bench.table import table

_MEGABYTE = 2**20


def main() -> None:
    """Measure, and print a table in Markdown."""
    read = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    read.add_argument("number", type=int, help="how many datasets")
    read.add_argument("--seconds", type=float, default=3, help="how long each question is asked")
    asked = read.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="catalog-bench-"))
    try:
        _measure(folder, asked.number, asked.seconds)
    finally:
        shutil.rmtree(folder)


def _measure(folder: Path, number: int, seconds: float) -> None:
    environment = surroundings(folder / "instance")
    tokens = _filled(folder, number, environment)
    with catalog(environment) as served, writing(environment, number):
        some = fetch(served.port, "/datasets?page[size]=200")
        total, slugs = int(some["meta"]["total_items"]), [record["dataset"] for record in some["data"]]
        print(f"A server with two workers answered after {served.start:.1f} s; a visitor sees {total:,} datasets.\n")
        with floor(environment, f"sqlite:///{folder}/instance/catalog.db") as bare:
            core, jinja = (_asked(bare, [Request(path)], seconds) for path in ("/core", "/jinja"))
        rows = [("bare Core view", core, None), ("bare Jinja page", jinja, None)]
        for name, requests in questions(tokens, slugs, total).items():
            under = jinja.cpu if requests[0].accept == "text/html" else core.cpu
            rows.append((name, _tried(served, requests, seconds), under))
        print(table(rows))
        print(f"\nMemory of the server after all that: {memory(served.process) / _MEGABYTE:.0f} MB (PSS).")


def _filled(folder: Path, number: int, environment: dict[str, str]) -> list[str]:
    """Import and place the catalogue; tokens of some of its owners."""
    file = folder / "catalogue.jsonl"
    write(file, number)
    run(["db", "upgrade"], environment)
    run(["user", "add", "curator", "--admin"], environment)
    took = run(["import", str(file), "--orgs-from-records", "--visibility", "public"], environment)
    file.unlink()
    print(f"{number:,} datasets on SQLite, {platform.machine()}, Python {platform.python_version()}.")
    print(
        f"Imported in {took.seconds:.0f} s ({number / took.seconds:.0f} a second, {took.cpu:.0f} s of processor, "
        f"{took.memory / _MEGABYTE:.0f} MB at most): {took.line}"
    )
    return _placed(folder, min(OWNERS, max(10, number // 100)))


def _placed(folder: Path, owners: int) -> list[str]:
    from app import create_app
    from catalog.db import db
    from catalog.settings import Settings

    app = create_app(Settings(instance=folder / "instance", log_level="error"))
    with app.app_context():
        tokens = place(owners)
        db.session.remove()
        db.engine.dispose()
    return tokens


def _asked(served: Serving, requests: list[Request], seconds: float) -> Figures:
    ask(served.port, served.process, requests, min(1, seconds))  # whatever is made once is made now
    return ask(served.port, served.process, requests, seconds)


def _tried(served: Serving, requests: list[Request], seconds: float) -> Figures | str:
    try:
        return _asked(served, requests, seconds)
    except RuntimeError as failed:
        return f"failed: {failed}"


if __name__ == "__main__":
    main()
