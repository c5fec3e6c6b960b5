"""Dates as sources write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.vocabulary.dates import as_known, parse_moment

MANY = settings(max_examples=20 * settings.default.max_examples)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020", (2020, 1, 1)),
        ("2026-07", (2026, 7, 1)),
        ("2025-05-09", (2025, 5, 9)),
        (" 2025-05-09\n", (2025, 5, 9)),
        ("20201117", (2020, 11, 17)),
        ("2016-09-05T18:25:21.249967", (2016, 9, 5, 18, 25, 21, 249967)),
        ("2019-06-27 12:41:27", (2019, 6, 27, 12, 41, 27)),
        ("2024-01-02T00:00:00.00Z", (2024, 1, 2)),
        ("2025-02-04T15:58:08-05:00", (2025, 2, 4, 20, 58, 8)),
        ("Mittwoch, 26. Juni 2013 - 13:25", (2013, 6, 26, 13, 25)),
        ("Donnerstag, 6. März 2014 - 8:58", (2014, 3, 6, 8, 58)),
        ("9 May 2025", (2025, 5, 9)),
        ("May 9, 2025", (2025, 5, 9)),
        ("Juli 2020", (2020, 7, 1)),
    ],
)
def test_reads_the_moment_that_is_certain(text, moment):
    assert parse_moment(text) == datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "R/P1D", "latest", "None", "2020-2024", "1 December 2023 - present", "02/03/2020", "1 Foo 2020"),
        *("2020-13", "2020-02-30", "30 February 2020", "2020-01-01T25:00:00", "0000", "0000-01-01", "12020", "٢٠٢٠"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2015-W05", "1467072000000", "9 May 2025 - 25:00"),
    ],
)
def test_what_names_no_moment_for_certain_is_none(text):
    assert parse_moment(text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2020", "2020"),
        ("2026-07", "Jul 2026"),
        ("2025-05-09", "9 May 2025"),
        ("2025-12-31T23:59:59-05:00", "31 Dec 2025"),
        ("20201117", "17 Nov 2020"),
        ("Mittwoch, 26. Juni 2013 - 13:25", "Mittwoch, 26. Juni 2013 - 13:25"),
        ("R/P1D", "R/P1D"),
        ("2020-13", "2020-13"),
        (" latest\u200b ", "latest"),
    ],
)
def test_shows_no_more_than_is_known(text, shown):
    assert as_known(text) == shown


@pytest.mark.long
@given(st.one_of(st.text(), st.from_regex(r"\A[0-9]{4}-?[0-9]{2}-?[0-9]{2}([T ][0-9:.+Z-]{0,20})?\Z")))
@MANY
def test_no_text_is_a_fault(text):
    moment = parse_moment(text)
    assert moment is None or moment.tzinfo is UTC
    assert isinstance(as_known(text), str)


@pytest.mark.real_records
def test_real_dates_are_read_but_for_those_that_are_none(records):
    stated = {record[key] for record in records for key in ("created_on", "updated_on")} - {None}
    assert {text for text in stated if parse_moment(text) is None} == {"R/P1D"}
