"""The plans of lists are printed for the store of the settings: each statement once, under what asks it first."""

import subprocess
import sys

from bench.plans import shortened
from tests.support.given import Given
from tests.support.house import ROOT


def test_the_plan_of_each_statement_is_printed_once_by_the_index_that_answers_it(store):
    given = Given(store.app)
    alice = given.user("alice")
    given.dataset("trees", owner=alice, visibility="public")
    given.organization("forests", members={alice: "viewer"})
    command = [sys.executable, "-m", "bench.plans"]
    done = subprocess.run(command, cwd=ROOT, env=store.environment(), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    blocks = done.stdout.split("```\n")[1::2]
    statements = [block.partition("\n")[0] for block in blocks]
    assert "#### datasets by updated, page 1, for a visitor" in done.stdout
    assert "#### rows of an organization, page 1, for a member" in done.stdout
    assert len(set(blocks)) == len(blocks)
    assert all(block.partition("\n\n")[2].strip() for block in blocks)
    assert any("listed" in statement for statement in statements)


def test_long_lists_of_values_are_cut_short():
    cut = [shortened(line) for line in ("id IN (?, ?, ?)", "id IN (%(a)s::INTEGER, %(b)s)", "'{1,2,3}'", "(?)")]
    assert cut == ["id IN (…)", "id IN (…)", "'{…}'", "(?)"]
