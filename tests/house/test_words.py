"""What no file of the project says: what was left for later, whose machine it was, where packages came from."""

import re

import pytest

from tests.support.house import ROOT, files

# Binary files and records of other people's words are not read.
NOT_READ = {".woff2", ".png", ".ico", ".gz", ".jsonl", ".pyc"}
BANNED = {
    r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b": "left for later: do it, or say it in docs/decisions",
    r"\bNot" + r"ImplementedError\b": "a stub",
    r"(?<![\w.])/(work|farm|root|home/\w+|Users/\w+|tmp/\w+)/": "a path of one machine",
    r"\bbash_" + r"jobs\b": "a path of one machine",
    r"\b(Clau"
    + r"de|Chat"
    + r"GPT|GP"
    + r"T-\d|LL"
    + r"M|AI[- ]gener"
    + r"ated|Copi"
    + r"lot|language mo"
    + r"del)\b": "how it was made",
    r"\b[Ii]ss" + r"ue #?\d+\b": "a number that means nothing to a reader: say what it was about",
    r'"resolved": *"' + r"http|--(extra-)?index" + r"-url": "where packages came from",
}
LOCKS = {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "yarn.lock", "pdm.lock"}


def texts():
    for path in files():
        if path.suffix not in NOT_READ:
            yield path, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("pattern", BANNED)
def test_no_file_says(pattern):
    found = [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}"
        for path, text in texts()
        for hit in re.finditer(pattern, text)
    ]
    assert found == [], BANNED[pattern]


def test_no_lock_file_is_kept():
    assert [path.name for path in files() if path.name in LOCKS] == [], "lock files hold addresses of one package index"
