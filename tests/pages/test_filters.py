"""How numbers, sizes, moments and commands are written on a page."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from catalog.pages.filters import filesize, is_web_address, iso, moment, plural, register, snippet, steps, thousands


@pytest.mark.parametrize(("number", "written"), [(0, "0"), (999, "999"), (13636, "13,636"), (1234567, "1,234,567")])
def test_groups_thousands(number, written):
    assert thousands(number) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (3100, "3.1 kB"),
        (18_000, "18 kB"),
        (57_912_345, "57.9 MB"),
        (99_940, "99.9 kB"),
        (99_960, "100 kB"),
        (412_345, "412 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (3_200_000_000, "3.2 GB"),
        (10**15, "1 PB"),
        (9 * 10**18, "9 EB"),
        (9 * 10**22, "90000 EB"),
    ],
)
def test_writes_sizes_in_units_of_a_thousand(size, written):
    assert filesize(size) == written


@given(st.integers(min_value=0, max_value=10**21 - 10**18))
def test_never_writes_a_size_of_a_thousand_or_more_of_a_unit(size):
    assert float(filesize(size).split()[0]) < 1000


@pytest.mark.parametrize(
    ("when", "day", "machine"),
    [
        (date(2025, 5, 9), "9 May 2025", "2025-05-09"),
        (datetime(2025, 5, 9, 12, 30, tzinfo=UTC), "9 May 2025", "2025-05-09T12:30:00Z"),
        (datetime(2025, 12, 31, 12, 30, 15, 999), "31 Dec 2025", "2025-12-31T12:30:15Z"),
        (datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=2))), "31 Dec 2025", "2025-12-31T23:00:00Z"),
    ],
)
def test_writes_moments_in_utc(when, day, machine):
    assert (moment(when), iso(when)) == (day, machine)


@pytest.mark.parametrize(
    ("count", "words", "written"),
    [
        (0, ("dataset",), "0 datasets"),
        (1, ("dataset",), "1 dataset"),
        (13636, ("dataset",), "13,636 datasets"),
        (2, ("person", "people"), "2 people"),
    ],
)
def test_counts_agree_with_their_nouns(count, words, written):
    assert plural(count, *words) == written


@pytest.mark.parametrize(
    ("number", "last", "offered"),
    [
        (1, 1, [1]),
        (2, 3, [1, 2, 3]),
        (1, 14, [1, 2, 3, 4, None, 14]),
        (3, 14, [1, 2, 3, 4, None, 14]),
        (4, 14, [1, 2, 3, 4, 5, None, 14]),
        (117, 546, [1, None, 116, 117, 118, None, 546]),
        (12, 14, [1, None, 11, 12, 13, 14]),
        (14, 14, [1, None, 11, 12, 13, 14]),
        (3, 5, [1, 2, 3, 4, 5]),
    ],
)
def test_a_pager_offers_the_ends_and_the_neighbours(number, last, offered):
    assert steps(number, last) == offered


@given(st.integers(1, 500).flatmap(lambda last: st.tuples(st.integers(1, last), st.just(last))))
def test_a_pager_never_hides_a_single_page_or_repeats_one(place):
    number, last = place
    row = steps(number, last)
    pages = [page for page in row if page]
    assert pages == sorted(set(pages))
    assert {1, number, last} <= set(pages)
    hidden = [after - before - 1 for before, after in pairwise(pages)]
    assert [count for count in hidden if count] == [count for count in hidden if count > 1]
    assert row.count(None) == len([count for count in hidden if count])


def test_marks_strings_and_the_token_of_a_command():
    assert snippet('curl -H "Authorization: Bearer $CATALOG_TOKEN" \\\n  https://c.example/a?x=1&y=2') == Markup(
        'curl -H <span class="code__string">&#34;Authorization: Bearer '
        '<span class="code__token">$CATALOG_TOKEN</span>&#34;</span> \\\n  https://c.example/a?x=1&amp;y=2'
    )


def test_a_command_cannot_bring_markup_into_a_page():
    assert snippet('<b>"<i>') == Markup("&lt;b&gt;&#34;&lt;i&gt;")


@pytest.mark.parametrize(
    ("text", "can_be_followed"),
    [
        ("https://data.example/a.csv", True),
        ("HTTP://data.example", True),
        ("s3://bucket/key", False),
        ("javascript:alert(1)", False),
        ("https:///no-host", False),
        ("https://[broken", False),
        ("www.example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(text, can_be_followed):
    assert is_web_address(text) is can_be_followed


def test_templates_know_the_filters_by_name():
    app = Flask(__name__)
    register(app)
    with app.app_context():
        page = render_template_string(
            "{{ 13636 | thousands }}, {{ 3100 | filesize }}, {{ day | moment }}, {{ day | iso }}, "
            "{{ 2 | plural('asset') }}, {{ 1 | steps(2) }}, {{ '<' | snippet }}, {{ 's3://b' is web_address }}, "
            "{{ now().tzinfo }}",
            day=date(2025, 5, 9),
        )
    assert page == "13,636, 3.1 kB, 9 May 2025, 2025-05-09, 2 assets, [1, 2], &lt;, False, UTC"
