"""Files as they come: plain, packed, cut short, longer than memory."""

import gzip
import io

import pytest

from catalog.harvest.lines import Unreadable, opened
from catalog.harvest.parsing import LINE_LIMIT

TEXT = b'{"dataset": "oak"}\n{"dataset": "elm"}'


def read(path=None, standard_input=b""):
    with opened(path, io.BufferedReader(io.BytesIO(standard_input))) as (lines, _, _):
        return list(lines)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("name", ["records.jsonl", "records.gz"])
def test_a_file_is_known_to_be_packed_by_what_is_in_it(tmp_path, pack, name):
    (tmp_path / name).write_bytes(pack(TEXT))
    assert read(tmp_path / name) == TEXT.splitlines(keepends=True)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_standard_input_may_be_packed_too(pack):
    assert read(standard_input=pack(TEXT)) == TEXT.splitlines(keepends=True)


def test_a_file_that_was_packed_in_parts_is_read_whole(tmp_path):
    (tmp_path / "records.gz").write_bytes(gzip.compress(TEXT + b"\n") + gzip.compress(TEXT))
    assert len(read(tmp_path / "records.gz")) == 4


def test_an_empty_file_has_no_lines(tmp_path):
    (tmp_path / "empty").touch()
    assert read(tmp_path / "empty") == read() == []


def test_a_line_without_end_does_not_fill_the_memory(tmp_path):
    (tmp_path / "records").write_bytes(b"x" * (3 * LINE_LIMIT) + b"\n" + TEXT)
    first, *others = read(tmp_path / "records")
    assert (len(first), others) == (LINE_LIMIT + 2, TEXT.splitlines(keepends=True))


def test_progress_is_told_in_bytes_of_the_file(tmp_path):
    path = tmp_path / "records.gz"
    path.write_bytes(gzip.compress(TEXT))
    with opened(path, io.BufferedReader(io.BytesIO())) as (lines, position, size):
        list(lines)
        assert (position(), size) == (path.stat().st_size, path.stat().st_size)


@pytest.mark.parametrize("damage", [lambda packed: packed[:-6], lambda packed: packed[:-6] + b"\0" * 6])
def test_a_damaged_file_is_read_up_to_the_damage(tmp_path, damage):
    (tmp_path / "records.gz").write_bytes(damage(gzip.compress(TEXT)))
    with opened(tmp_path / "records.gz", io.BufferedReader(io.BytesIO())) as (lines, _, _):
        assert next(lines) == TEXT.splitlines(keepends=True)[0]
        with pytest.raises(Unreadable) as raised:
            list(lines)
    assert raised.value.line == 2
