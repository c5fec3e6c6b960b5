"""How the database answers the statements of lists: `python -m bench.plans`, over the store of the present settings.

Prints, in Markdown, each statement once, under the first question that runs it, with the plan of the database. With
`--use` it is over a store that the bench kept.
"""

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from app import create_app
from bench.questions import ORDERS
from bench.stores import DATABASES, is_kept, opened
from catalog.access import VISITOR, Viewer
from catalog.db import db
from catalog.identity import viewer_of
from catalog.listing.assets import list_assets
from catalog.listing.criteria import AssetCriteria, AssetSort, DatasetCriteria
from catalog.listing.datasets import count_datasets, list_datasets
from catalog.listing.paging import Window
from catalog.listing.publishers import get_publisher
from catalog.listing.versions import VersionCriteria, VersionSort, list_versions
from catalog.model import Membership, Organization, User
from catalog.settings import Settings

Statement = tuple[str, Any]
_ROWS = 25
_COLUMNS = re.compile(r"^SELECT .*?\nFROM", re.DOTALL)
# Many values in a row: of a statement, of a plan.
_VALUES = re.compile(r"(?<=\()(\?|%\(\w+\)s(::\w+)?)(, (\?|%\(\w+\)s(::\w+)?))+(?=\))|(?<=\{)\d+(,\d+)+(?=\})")


def questions(viewer: Viewer) -> Iterator[tuple[str, Callable[[], object]]]:
    """What lists ask for `viewer`, each with its name."""
    first, middle = Window(0, _ROWS), Window(count_datasets(viewer) // 2, _ROWS)
    yield "datasets, total", partial(count_datasets, viewer)
    for sort in ORDERS:
        asked = partial(list_datasets, viewer, DatasetCriteria(), sort.order(is_descending=True))
        yield f"datasets by {sort}, page 1", partial(asked, first)
        yield f"datasets by {sort}, middle page", partial(asked, middle)
    for sort in AssetSort:
        order = sort.order(is_descending=True)
        yield f"assets by {sort}, page 1", partial(list_assets, viewer, AssetCriteria(), order, first)
    for organization_id in viewer.organization_ids[:1]:
        publisher = get_publisher(viewer, db.session.get_one(Organization, organization_id).key)
        wanted = VersionCriteria(publisher=publisher, with_public=True)
        asked = partial(list_versions, viewer, wanted, VersionSort.CREATED_AT, is_descending=True)
        yield "rows of an organization, page 1", partial(asked, window=first)


@contextmanager
def watched() -> Iterator[list[Statement]]:
    """The statements that read, with their values, as they are run in the block."""
    seen: list[Statement] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if statement.startswith(("SELECT", "WITH")):
            seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def plan(statement: str, parameters: Any) -> Sequence[str]:
    """The plan of a statement, a line each step."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        return [line for (line,) in connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", parameters)]
    depths = {0: -1}
    lines = []
    for id_, parent, _, detail in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
        depths[id_] = depths[parent] + 1
        lines.append(f"{'  ' * depths[id_]}{detail}")
    return lines


def shortened(line: str) -> str:
    """A line of a statement or a plan without its lists of values."""
    return _VALUES.sub("…", line)


def main() -> None:
    """Print the plans for a visitor, and for a member of an organization where there is one."""
    read = argparse.ArgumentParser(prog="python -m bench.plans", description=__doc__)
    read.add_argument("--use", type=Path, metavar="FOLDER", help="a folder that the bench kept its stores in")
    read.add_argument("--database", choices=DATABASES, default="sqlite", help="which of them")
    read.add_argument("--number", type=int, default=20_000, metavar="N", help="and of how many datasets")
    asked = read.parse_args()
    if asked.use is None:
        _explain(Settings())
        return
    if not is_kept(asked.use, asked.database, asked.number):
        read.error(f"{asked.use} holds no store of {asked.number} on {asked.database}")
    with opened(asked.use.absolute(), asked.database, asked.number) as store:
        _explain(Settings(instance=store.instance, database_url=store.url))


def _explain(settings: Settings) -> None:
    with create_app(settings).app_context():
        member = db.session.scalar(select(User).join(Membership, Membership.user_id == User.id).order_by(User.id))
        viewers = {"a visitor": VISITOR} | ({"a member": viewer_of(member)} if member else {})
        known: set[str] = set()
        for who, viewer in viewers.items():
            for name, ask in questions(viewer):
                with watched() as seen:
                    ask()
                first = {_short(one[0]): one for one in reversed(seen) if _short(one[0]) not in known}
                _print(f"{name}, for {who}", list(first.values())[::-1])
                known.update(first)
        db.session.remove()
        db.engine.dispose()


def _short(statement: str) -> str:
    """A statement without the columns that it reads: what is asked for differs, not how it is found."""
    return " ".join(_COLUMNS.sub("SELECT … FROM", statement).split())


def _print(title: str, statements: Sequence[Statement]) -> None:
    if not statements:
        return
    print(f"#### {title}\n")
    for statement, parameters in statements:
        lines = map(shortened, (_short(statement), "", *plan(statement, parameters)))
        print("```", *lines, "```\n", sep="\n")


if __name__ == "__main__":
    main()
