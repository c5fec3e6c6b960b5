"""How many rows there are, as one of a few sizes."""

import pytest

from catalog.vocabulary.sizes import size_category


@pytest.mark.parametrize(
    ("row_count", "expected"),
    [
        (None, None),
        (0, "n<1K"),
        (999, "n<1K"),
        (1_000, "1K<n<10K"),
        (9_999, "1K<n<10K"),
        (10_000, "10K<n<100K"),
        (100_000, "100K<n<1M"),
        (1_000_000, "1M<n<10M"),
        (10_000_000, "10M<n<100M"),
        (100_000_000, "100M<n<1B"),
        (1_000_000_000, "1B<n<10B"),
        (10_000_000_000, "10B<n<100B"),
        (100_000_000_000, "100B<n<1T"),
        (1_000_000_000_000, "n>1T"),
        (10**18, "n>1T"),
    ],
)
def test_names_the_size(row_count, expected):
    assert size_category(row_count) == expected
