"""How many examples randomized tests draw: a few in every run, more in the long form (CATALOG_TEST_LONG=1).

CATALOG_TEST_EXAMPLES says how many there: some hundred make a search of hours.

A failing example is told at once, by its blob; it is made as small as it can be, which may take minutes, where
CATALOG_TEST_SHRINK=1.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

_ALIKE = {
    "database": None,
    "print_blob": True,
    "deadline": None,
    "phases": [
        Phase.explicit,
        Phase.generate,
        *([Phase.shrink] if os.environ.get("CATALOG_TEST_SHRINK") == "1" else []),
    ],
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
settings.register_profile("ordinary", max_examples=2, **_ALIKE)
_WHOLE = 10
settings.register_profile("long", max_examples=int(os.environ.get("CATALOG_TEST_EXAMPLES", _WHOLE)), **_ALIKE)


def is_long() -> bool:
    """Whether this is a run of the long forms."""
    return os.environ.get("CATALOG_TEST_LONG") == "1"


def is_whole() -> bool:
    """Whether this is a run of the long forms with as many examples as they have when nothing is said, or more."""
    return is_long() and int(os.environ.get("CATALOG_TEST_EXAMPLES", _WHOLE)) >= _WHOLE


def times(number: int) -> settings:
    """The profile with so many times its examples, for tests whose examples cost little."""
    return settings(max_examples=settings.default.max_examples * number)


def draws(ordinary: int, *, long: int = 1) -> settings:
    """So many examples in an ordinary run, in the long form so many times those of the profile."""
    return settings(max_examples=settings.default.max_examples * long if is_long() else ordinary)


def pytest_configure(config: pytest.Config) -> None:
    """Choose the profile, before any test is read."""
    config.addinivalue_line("markers", "long: has a long form, which `make test-long` runs")
    settings.load_profile("long" if is_long() else "ordinary")
