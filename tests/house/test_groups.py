"""Groups of tests that cannot run: told at the end, and a failure where every group is required."""

import os
import subprocess
import sys

import pytest

from tests.support.house import ROOT

TINY = """
import pytest

@pytest.mark.{mark}
def test_tiny():
    pass
"""
# As on a machine where everything is there but the real records.
WITHOUT_REAL_RECORDS = """
from dataclasses import replace
from tests.support import groups

groups.GROUPS = tuple(replace(group, can_run=group.mark != "real_records") for group in groups.GROUPS)
"""


@pytest.fixture
def run(tmp_path):
    """What a run of one tiny test says and its exit status, under variables of its own."""

    def run(mark: str, conftest: str = "", **variables: str) -> tuple[int, str]:
        (tmp_path / "conftest.py").write_text(conftest)
        (tmp_path / "test_tiny.py").write_text(TINY.format(mark=mark))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_TEST_")}
        plugins = ["-p", "tests.support.groups", "-p", "no:cacheprovider"]
        command = [sys.executable, "-m", "pytest", *plugins, "--rootdir", str(tmp_path), str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, env=kept | variables, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout

    return run


@pytest.mark.parametrize("required", ["all", ""])
def test_a_group_that_cannot_run_is_told_and_fails_where_all_are_required(run, tmp_path, required):
    status, said = run("chromium", PATH=str(tmp_path), CATALOG_TEST_REQUIRE=required)
    assert "NOT RUN: 1 tests of the group browser. To enable them: apt-get install chromium" in said
    failed = [line for line in said.splitlines() if line.startswith("FAILED: every group has to run here")]
    assert (status, len(failed)) == ((1, 1) if required else (0, 0))
    assert all("browser" in line and "node" in line for line in failed)


def test_real_records_are_skipped_with_a_reason_also_where_all_are_required(run):
    status, said = run("real_records", WITHOUT_REAL_RECORDS, CATALOG_TEST_REQUIRE="all")
    assert (status, "1 skipped" in said, "FAILED" in said) == (0, True, False)
    assert "NOT RUN: 1 tests of the group real records. To enable them: ln -s FOLDER ../shared" in said
