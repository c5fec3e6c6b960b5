"""The bench measures a small catalogue, and says of what it measured whether it meets the targets."""

import os
import subprocess
import sys

import pytest

from bench.asking import Figures
from bench.report import Fact, Report, Row
from bench.table import put, written
from bench.targets import Beside, Measured, Target
from tests.support.groups import DATABASES
from tests.support.house import ROOT
from tests.support.profiles import is_long

MARKED = "# Figures\n\n<!-- figures: `make bench` writes from here -->\nold\n<!-- figures: to here -->\n\nMore.\n"
MEASURED = Measured(Figures(rate=300, p50=20, p99=90, cpu=3), Figures(rate=100, p50=8, p99=12, cpu=3), first=11)
DETAILS = ["GFW one dataset", "Apify one dataset", "org one dataset", "HTML one dataset", "HTML one asset"]
QUESTIONS = [
    *("GFW datasets, page 1, visitor", "GFW datasets, next page by items", "GFW datasets, last page", *DETAILS),
    *("Apify datasets, any page", "org datasets, page 1", "org facets", "GFW assets, any page"),
    *("HTML datasets, page 1, signed in", "search, a rare word", "search, a slip", "suggestions"),
]
FACTS = ["import, time", "index, built anew", "server, first page after start", "unpaged list, first byte"]
FACTS += ["/ping beside 20 slow readers of it", "server, PSS", "server, RSS"]


@pytest.mark.long
@pytest.mark.parametrize("database", DATABASES[-1:] if is_long() else DATABASES[:1])
def test_a_small_catalogue_is_measured(tmp_path, database):
    (tmp_path / "page.md").write_text(MARKED)
    part, names = ([], QUESTIONS) if is_long() else (["--only", " one "], DETAILS)
    done = bench(300, "--seconds", "0.1", "--database", database, "--write", str(tmp_path / "page.md"), *part)
    assert done.returncode == 0, done.stderr
    rows = {cells[0]: cells[1:] for cells in map(cells_of, done.stdout.splitlines()) if cells}
    assert [name for name in [*FACTS, *names] if name not in rows] == []
    assert "created 300" in rows["import"][0]
    assert rows["import, found by a search right after"][0] == "everything"
    assert all(float(figure) > 0 for name in names for figure in rows[name][:5])
    assert done.stdout.strip() in (tmp_path / "page.md").read_text()


def test_what_is_kept_is_not_made_again_and_what_is_not_there_is_not_used(tmp_path):
    (tmp_path / "sqlite-300").mkdir()
    (tmp_path / "sqlite-300" / "made.json").write_text("{}")
    kept, used = bench(300, "--keep", str(tmp_path)), bench(400, "--use", str(tmp_path))
    assert (kept.returncode, "holds a store of 300" in kept.stderr) == (1, True)
    assert (used.returncode, "holds no store of 400" in used.stderr) == (1, True)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (Target(floor=1.5), "CPU ≤ 1.5 × floor: ok"),
        (Target(floor=1), "CPU ≤ 1 × floor: missed"),
        (Target(peer=30), "≥ 30 × Datasette: ok"),
        (Target(first_page=1.5), "CPU ≤ 1.5 × page 1: missed"),
        (Target(p50=10), "p50 ≤ 10 ms: ok by one at a time"),
        (Target(p99=10), "p99 ≤ 10 ms: missed"),
        (Target(growth=1.5), ""),
        (Target(floor=2, p99=100), "CPU ≤ 2 × floor: ok; p99 ≤ 100 ms: ok"),
    ],
)
def test_a_target_says_whether_it_is_met_and_nothing_where_that_cannot_be_known(target, said):
    beside = Beside(floor=2, peer=10, first_page=1)
    assert "; ".join(target.verdicts(MEASURED, beside)) == said


def test_growth_is_shown_where_a_small_catalogue_was_measured():
    small, large = (
        Report("store", rows=[Row("question", MEASURED, Beside(floor=2, small=one))]) for one in (None, 1.5)
    )
    assert "growth" not in written("make bench", [small])
    assert "| 3.00 | 1.5         | 2.0    |" in written("make bench", [large])


def test_a_question_that_was_not_answered_is_a_row_that_says_so():
    report = Report("store", [Fact("import", "all")], [Row("question", "failed: 503")])
    assert report.rows[0].has_failed
    assert report.cpu_of("question") is None
    assert "| question | failed: 503 |" in written("make bench", [report])


def test_figures_take_the_place_of_older_ones_in_a_page_and_nothing_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(MARKED)
    put(page, "new")
    assert page.read_text() == MARKED.replace("\nold\n", "\n\nnew\n\n")
    page.write_text("no marks")
    with pytest.raises(ValueError, match="lacks the lines"):
        put(page, "new")


def bench(number, *words):
    """What the bench said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_")}
    command = [sys.executable, "-m", "bench", str(number), *words]
    return subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=600)


def cells_of(line):
    """The cells of a row of a table; none of another line."""
    return [cell.strip() for cell in line.strip().split("|")[1:-1]]
