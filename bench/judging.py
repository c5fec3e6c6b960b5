"""How good the search is: 60 queries over the real catalogue, with the records that a person expects.

`python -m bench.judging` asks the catalogue of the present settings, into which the real records were imported, and
prints a table in Markdown.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app import create_app
from catalog.access import OPERATOR
from catalog.db import db
from catalog.listing.searching import found_ids, meant, search_index
from catalog.model import SourceRecord

FILE = Path(__file__).with_name("judged.jsonl")
Record = tuple[str, str]
"""The source of a record and its id there."""


@dataclass(frozen=True)
class Query:
    """A search text, what has to be among the first five, and what else is good."""

    text: str
    kind: str
    must: frozenset[Record]
    good: frozenset[Record]

    def is_met(self, found: Sequence[Record]) -> bool:
        """Whether one of those that have to be among the first five is."""
        return bool(self.must.intersection(found[:5]))

    def gain(self, found: Sequence[Record]) -> float:
        """nDCG@10: 1 where the first ten could not be better, 0 where nothing of them is any good."""
        grades = {**dict.fromkeys(self.good, 1), **dict.fromkeys(self.must, 3)}
        best = _discounted(sorted(grades.values(), reverse=True)[:10])
        return _discounted([grades.get(one, 0) for one in found[:10]]) / best


def queries() -> list[Query]:
    """The judged queries."""
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    return [
        Query(one["q"], one["kind"], frozenset(map(tuple, one["must"])), frozenset(map(tuple, one["good"])))
        for one in lines
    ]


def judge(find: Callable[[str], Sequence[Record]]) -> dict[str, list[tuple[Query, bool, float]]]:
    """Of each query by its kind whether it is met, and its gain; `find` tells what a text finds, the best first."""
    judged = defaultdict(list)
    for query in queries():
        found = find(query.text)
        judged[query.kind].append((query, query.is_met(found), query.gain(found)))
    return judged


def find(text: str) -> list[Record]:
    """What a text finds in the present catalogue; where it is taken for a slip, what was meant finds."""
    ids = found_ids(OPERATOR, meant(OPERATOR, text) or text)[:10]
    records = select_records(ids)
    return [records[id_] for id_ in ids if id_ in records]


def select_records(ids: Sequence[int]) -> dict[int, Record]:
    """The records that datasets came from, by the id of the dataset."""
    held = db.select(SourceRecord).where(SourceRecord.dataset_id.in_(ids))
    return {record.dataset_id: (record.source, record.native_id) for record in db.session.scalars(held)}


def main() -> None:
    """Judge, and print the table."""
    with create_app().app_context():
        search_index().follow()
        judged = judge(find)
    everything = [one for kind in judged.values() for one in kind]
    print("| kind | queries | success@5 | nDCG@10 |\n|---|---|---|---|")
    for kind, those in (*judged.items(), ("all", everything)):
        met, gain = (sum(one[at] for one in those) / len(those) for at in (1, 2))
        print(f"| {kind} | {len(those)} | {met:.2f} | {gain:.2f} |")
    for query, is_met, _ in everything:
        if not is_met:
            print(f"\nnot met: {query.kind}: {query.text}")


def _discounted(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))


if __name__ == "__main__":
    main()
