"""How many rows there are, as one of a few sizes."""

from bisect import bisect_right

_BOUNDS = [10**power for power in range(3, 13)]
_LABELS = (
    *("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M"),
    *("100M<n<1B", "1B<n<10B", "10B<n<100B", "100B<n<1T", "n>1T"),
)


def size_category(row_count: int | None) -> str | None:
    """The size label that Hugging Face gives to `row_count` rows ("1K<n<10K"); None when the count is unknown."""
    return None if row_count is None else _LABELS[bisect_right(_BOUNDS, row_count)]
