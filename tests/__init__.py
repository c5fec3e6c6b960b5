"""The tests of the catalog: each speaks through the door that people use."""

import pytest

pytest.register_assert_rewrite("tests.support")
